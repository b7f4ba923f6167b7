package dev.frostline.agent;

/**
 * The Code attribute of one method with a call of {@link Recorder#enter} before it, of {@link
 * Recorder#exit} before each of its returns and, in a class initialiser, when it throws.
 */
final class MethodPatch {
  private static final int LONGEST_CODE = 65_535;
  private static final int HANDLER_SIZE = 7;

  private final byte[] file;
  private final ConstantPool constants;
  private final int enter;
  private final int exit;
  private final boolean framed;
  private int throwable;

  MethodPatch(byte[] file, ConstantPool constants) {
    this.file = file;
    this.constants = constants;
    enter = constants.recorderMethod("enter");
    exit = constants.recorderMethod("exit");
    framed = Bytes.u2(file, 6) >= 50; // older classes are verified without stack maps
  }

  /** Writes the attribute's content; {@code at} is where the old one begins. */
  void write(Bytes out, int at, int id, boolean catching) {
    int length = Bytes.u4(file, at + 4);
    int start = at + 8;
    Instructions code = new Instructions(file, start, length);
    int end = code.moved(length);
    int newLength = end + (catching ? HANDLER_SIZE : 0);
    if (newLength > LONGEST_CODE) {
      throw new UnpatchableException("method too long");
    }
    if (catching && throwable == 0) {
      throwable = constants.addClass("java/lang/Throwable");
    }
    out.u2(Math.max(Bytes.u2(file, at) + 1, 2));
    out.u2(Bytes.u2(file, at + 2));
    out.u4(newLength);
    code.write(out, id, enter, exit);
    if (catching) {
      handler(out, id);
    }
    int attributes = handlers(out, code, start + length, catching ? end : -1);
    attributes(out, code, attributes, catching ? end : -1);
  }

  private void handler(Bytes out, int id) {
    out.u1(0x11); // sipush
    out.u2(id);
    out.u1(0xb8); // invokestatic
    out.u2(exit);
    out.u1(0xbf); // athrow
  }

  /** Ours comes last: whatever the method catches itself goes on as it did. */
  private int handlers(Bytes out, Instructions code, int table, int handlerPc) {
    int count = Bytes.u2(file, table);
    int at = table + 2;
    out.u2(handlerPc < 0 ? count : count + 1);
    for (int i = 0; i < count; i++, at += 8) {
      out.u2(code.moved(Bytes.u2(file, at)));
      out.u2(code.moved(Bytes.u2(file, at + 2)));
      out.u2(code.moved(Bytes.u2(file, at + 4)));
      out.u2(Bytes.u2(file, at + 6));
    }
    if (handlerPc >= 0) {
      out.u2(Instructions.CALL_SIZE);
      out.u2(handlerPc);
      out.u2(handlerPc);
      out.u2(0); // any
    }
    return at;
  }

  private void attributes(Bytes out, Instructions code, int start, int handlerPc) {
    int count = Bytes.u2(file, start);
    int countAt = out.length();
    out.u2(count);
    boolean mapped = false;
    int at = start + 2;
    for (int i = 0; i < count; i++) {
      boolean stackMap = constants.is(Bytes.u2(file, at), "StackMapTable");
      mapped |= stackMap;
      int length = Bytes.u4(file, at + 2);
      out.u2(Bytes.u2(file, at));
      int lengthAt = out.length();
      out.u4(length);
      attribute(out, code, at, length, stackMap ? handlerPc : -1);
      out.setU4(lengthAt, out.length() - lengthAt - 4);
      at += 6 + length;
    }
    if (handlerPc >= 0 && framed && !mapped) {
      out.setU2(countAt, count + 1);
      stackMapOf(out, code, handlerPc);
    }
  }

  private void attribute(Bytes out, Instructions code, int at, int length, int handlerPc) {
    int name = Bytes.u2(file, at);
    int content = at + 6;
    if (constants.is(name, "StackMapTable")) {
      new StackMap(file, code, out).write(content, content + length, handlerPc, throwable);
    } else if (constants.is(name, "LineNumberTable")) {
      lines(out, code, content);
    } else if (constants.is(name, "LocalVariableTable")
        || constants.is(name, "LocalVariableTypeTable")) {
      locals(out, code, content);
    } else {
      out.copy(file, content, length);
    }
  }

  private void stackMapOf(Bytes out, Instructions code, int handlerPc) {
    out.u2(constants.addUtf8("StackMapTable"));
    int lengthAt = out.length();
    out.u4(0);
    new StackMap(file, code, out).write(0, 0, handlerPc, throwable);
    out.setU4(lengthAt, out.length() - lengthAt - 4);
  }

  private void lines(Bytes out, Instructions code, int table) {
    int count = Bytes.u2(file, table);
    out.u2(count);
    if (code.isUniform()) {
      int copied = out.length();
      out.copy(file, table + 2, 4 * count);
      out.addToEach(copied, 4, Instructions.CALL_SIZE);
      return;
    }
    for (int at = table + 2; at < table + 2 + 4 * count; at += 4) {
      out.u2(code.moved(Bytes.u2(file, at)));
      out.u2(Bytes.u2(file, at + 2));
    }
  }

  private void locals(Bytes out, Instructions code, int table) {
    int count = Bytes.u2(file, table);
    out.u2(count);
    for (int at = table + 2; at < table + 2 + 10 * count; at += 10) {
      int start = Bytes.u2(file, at);
      int moved = code.moved(start);
      out.u2(moved);
      out.u2(code.moved(start + Bytes.u2(file, at + 2)) - moved);
      out.copy(file, at + 4, 6);
    }
  }
}
