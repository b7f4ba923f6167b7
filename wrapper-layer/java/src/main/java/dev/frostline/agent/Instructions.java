package dev.frostline.agent;

import java.util.Arrays;

/**
 * The instructions of one method: where it returns, and where each of them stands once calls are
 * put before its returns. All that is put in is a multiple of four bytes, so that the padding of
 * switches stays right.
 */
final class Instructions {
  static final int CALL_SIZE = 8;
  private static final int RETURN = 0xb1;
  private static final int TABLESWITCH = 0xaa;
  private static final int LOOKUPSWITCH = 0xab;
  private static final int WIDE = 0xc4;
  private static final int IINC = 0x84;
  private static final byte[] SIZES = sizes();

  private final byte[] file;
  private final int start;
  private final int length;
  private int[] returns = new int[1];
  private int returnCount;
  private final boolean uniform;

  Instructions(byte[] file, int start, int length) {
    this.file = file;
    this.start = start;
    this.length = length;
    int pc = 0;
    while (pc < length) { // at first interpreted, and some initialisers are long
      int op = file[start + pc] & 0xff;
      if (op == RETURN) {
        addReturn(pc);
      }
      int size = op < SIZES.length ? SIZES[op] : 0;
      pc += size > 0 ? size : variableSize(pc, op);
    }
    if (pc != length) {
      throw new UnpatchableException("instructions end outside of their method");
    }
    uniform = returnCount == 0 || (returnCount == 1 && returns[0] == length - 1);
  }

  /** Whether every instruction moves by the size of one call. */
  boolean isUniform() {
    return uniform;
  }

  /** Where the instruction at {@code pc} stands behind the first call and those before returns. */
  int moved(int pc) {
    if (uniform && pc < length) {
      return pc + CALL_SIZE;
    }
    int before = 0;
    while (before < returnCount && returns[before] < pc) {
      before++;
    }
    return pc + CALL_SIZE * (before + 1);
  }

  /** The code with {@code enter} before it and {@code exit} before each return. */
  void write(Bytes out, int id, int enter, int exit) {
    int base = out.length();
    call(out, id, enter);
    int copied = 0;
    for (int i = 0; i < returnCount; i++) {
      out.copy(file, start + copied, returns[i] - copied);
      call(out, id, exit);
      copied = returns[i];
    }
    out.copy(file, start + copied, length - copied);
    if (!uniform) {
      moveTargets(out, base);
    }
  }

  private static void call(Bytes out, int id, int method) {
    out.u1(0x11); // sipush
    out.u2(id);
    out.u1(0xb8); // invokestatic
    out.u2(method);
    out.u2(0); // nop, nop
  }

  private void addReturn(int pc) {
    if (returnCount == returns.length) {
      returns = Arrays.copyOf(returns, 2 * returnCount);
    }
    returns[returnCount++] = pc;
  }

  private void moveTargets(Bytes out, int base) {
    for (int pc = 0; pc < length; pc += size(pc)) {
      int op = Bytes.u1(file, start + pc);
      int at = base + moved(pc);
      boolean near = (op >= 0x99 && op <= 0xa8) || op == 0xc6 || op == 0xc7;
      if (near) {
        out.setU2(at + 1, near(pc));
      } else if (op == 0xc8 || op == 0xc9) {
        out.setU4(at + 1, far(pc, pc + 1));
      } else if (op == TABLESWITCH || op == LOOKUPSWITCH) {
        moveSwitch(out, pc, op, at - pc);
      }
    }
  }

  private int near(int pc) {
    int target = pc + (short) Bytes.u2(file, start + pc + 1);
    int distance = moved(target) - moved(pc);
    if (distance != (short) distance) {
      throw new UnpatchableException("branch too far");
    }
    return distance;
  }

  private int far(int pc, int at) {
    return moved(pc + Bytes.u4(file, start + at)) - moved(pc);
  }

  private void moveSwitch(Bytes out, int pc, int op, int shift) {
    int operands = (pc + 4) & ~3;
    out.setU4(operands + shift, far(pc, operands));
    int step = op == TABLESWITCH ? 4 : 8;
    int first = operands + 12;
    for (int at = first; at < pc + size(pc); at += step) {
      out.setU4(at + shift, far(pc, at));
    }
  }

  private int size(int pc) {
    int op = Bytes.u1(file, start + pc);
    return SIZES[op] > 0 ? SIZES[op] : variableSize(pc, op);
  }

  private int variableSize(int pc, int op) {
    int operands = (pc + 4) & ~3;
    long size = 0;
    if (op == WIDE) {
      size = Bytes.u1(file, start + pc + 1) == IINC ? 6 : 4;
    } else if (op == TABLESWITCH) {
      long low = Bytes.u4(file, start + operands + 4);
      long high = Bytes.u4(file, start + operands + 8);
      size = operands - pc + 12 + 4 * (high - low + 1);
    } else if (op == LOOKUPSWITCH) {
      size = operands - pc + 8 + 8L * Bytes.u4(file, start + operands + 4);
    }
    if (size <= 0 || size > length - pc) {
      throw new UnpatchableException("instruction of an unknown kind or length");
    }
    return (int) size;
  }

  private static byte[] sizes() {
    byte[] sizes = new byte[202];
    Arrays.fill(sizes, (byte) 1);
    set(sizes, 0, TABLESWITCH, LOOKUPSWITCH); // by their content
    set(sizes, 0, WIDE, WIDE);
    set(sizes, 2, 0x10, 0x10); // bipush
    set(sizes, 3, 0x11, 0x11); // sipush
    set(sizes, 2, 0x12, 0x12); // ldc
    set(sizes, 3, 0x13, 0x14); // ldc_w, ldc2_w
    set(sizes, 2, 0x15, 0x19); // loads
    set(sizes, 2, 0x36, 0x3a); // stores
    set(sizes, 3, IINC, IINC);
    set(sizes, 3, 0x99, 0xa8); // branches
    set(sizes, 2, 0xa9, 0xa9); // ret
    set(sizes, 3, 0xb2, 0xb8); // fields and calls
    set(sizes, 5, 0xb9, 0xba); // invokeinterface, invokedynamic
    set(sizes, 3, 0xbb, 0xbb); // new
    set(sizes, 2, 0xbc, 0xbc); // newarray
    set(sizes, 3, 0xbd, 0xbd); // anewarray
    set(sizes, 3, 0xc0, 0xc1); // checkcast, instanceof
    set(sizes, 4, 0xc5, 0xc5); // multianewarray
    set(sizes, 3, 0xc6, 0xc7); // ifnull, ifnonnull
    set(sizes, 5, 0xc8, 0xc9); // goto_w, jsr_w
    return sizes;
  }

  private static void set(byte[] sizes, int size, int from, int to) {
    Arrays.fill(sizes, from, to + 1, (byte) size);
  }
}
