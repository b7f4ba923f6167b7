package dev.frostline.agent;

/** A StackMapTable whose frames follow their instructions to their new places. */
final class StackMap {
  private static final int SAME_EXTENDED = 251;
  private static final int ONE_ITEM_EXTENDED = 247;
  private static final int FULL = 255;
  private static final int OBJECT = 7;
  private static final int UNINITIALIZED = 8;

  private final byte[] file;
  private final Instructions code;
  private final Bytes out;
  private int at;
  private int pc = -1;
  private int movedPc = -1;

  StackMap(byte[] file, Instructions code, Bytes out) {
    this.file = file;
    this.code = code;
    this.out = out;
  }

  /** Writes the table's content, with one more frame where {@code handlerPc} is not negative. */
  void write(int start, int end, int handlerPc, int throwable) {
    at = start;
    int count = start == end ? 0 : u2();
    out.u2(count + (handlerPc < 0 ? 0 : 1));
    for (int i = 0; i < count; i++) {
      frame();
    }
    if (at != end) {
      throw new UnpatchableException("stack map of an unexpected length");
    }
    if (handlerPc >= 0) {
      out.u1(FULL);
      out.u2(handlerPc - movedPc - 1);
      out.u2(0);
      out.u2(1);
      out.u1(OBJECT);
      out.u2(throwable);
    }
  }

  private void frame() {
    int type = Bytes.u1(file, at++);
    if (type < 64) {
      shortFrame(type, 0, SAME_EXTENDED);
    } else if (type < 128) {
      shortFrame(type - 64, 64, ONE_ITEM_EXTENDED);
      types(1);
    } else if (type >= ONE_ITEM_EXTENDED) {
      out.u1(type);
      out.u2(moved(u2()));
      rest(type);
    } else {
      throw new UnpatchableException("stack map frame of an unknown kind");
    }
  }

  private void shortFrame(int delta, int base, int extended) {
    int moved = moved(delta);
    if (moved < 64) {
      out.u1(base + moved);
    } else {
      out.u1(extended);
      out.u2(moved);
    }
  }

  private void rest(int type) {
    if (type == ONE_ITEM_EXTENDED) {
      types(1);
    } else if (type == FULL) {
      types(counted());
      types(counted());
    } else if (type > SAME_EXTENDED) {
      types(type - SAME_EXTENDED);
    }
  }

  private int counted() {
    int count = u2();
    out.u2(count);
    return count;
  }

  private void types(int count) {
    for (int i = 0; i < count; i++) {
      int tag = Bytes.u1(file, at++);
      out.u1(tag);
      if (tag == OBJECT) {
        out.u2(u2());
      } else if (tag == UNINITIALIZED) {
        out.u2(code.moved(u2()));
      } else if (tag > UNINITIALIZED) {
        throw new UnpatchableException("verification type of an unknown kind");
      }
    }
  }

  /** The distance to the frame before, at the new places. */
  private int moved(int delta) {
    pc += delta + 1;
    int before = movedPc;
    movedPc = code.moved(pc);
    return movedPc - before - 1;
  }

  private int u2() {
    at += 2;
    return Bytes.u2(file, at - 2);
  }
}
