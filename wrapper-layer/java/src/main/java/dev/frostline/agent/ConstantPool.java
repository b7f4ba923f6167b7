package dev.frostline.agent;

/** The constant pool of a class file, and what a patch adds to it. */
final class ConstantPool {
  private static final int START = 10;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int MOST = 65_535;

  /** Bytes of each kind of constant but text, by its tag. */
  private static final byte[] SIZES = {
    0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private final byte[] file;
  private final int[] offsets;
  private final int end;
  private final Bytes added = new Bytes(160);
  private int count;
  private int recorder;

  ConstantPool(byte[] file) {
    this.file = file;
    count = Bytes.u2(file, 8);
    offsets = new int[count];
    int at = START;
    int[] starts = offsets;
    for (int i = 1; i < starts.length; i++) {
      starts[i] = at;
      int tag = file[at];
      if (tag == UTF8) {
        at += 3 + (((file[at + 1] & 0xff) << 8) | (file[at + 2] & 0xff));
      } else if (tag == LONG || tag == DOUBLE) { // they take two places
        i++;
        at += 9;
      } else if (SIZES[tag] > 0) {
        at += SIZES[tag];
      } else {
        throw new UnpatchableException("constant of an unknown kind");
      }
    }
    end = at;
  }

  /** Whether the class has an initialiser, seen without reading further: most have none. */
  static boolean namesInitializer(byte[] file) {
    int left = Bytes.u2(file, 8) - 1;
    int at = START;
    while (left
        > 0) { // runs for every class of the function, at first interpreted: as short as can be
      int tag = file[at];
      left--;
      if (tag == UTF8) {
        int length = ((file[at + 1] & 0xff) << 8) | (file[at + 2] & 0xff);
        if (length == 8 && file[at + 3] == '<' && file[at + 4] == 'c') {
          return true;
        }
        at += 3 + length;
      } else if (tag == LONG || tag == DOUBLE) {
        left--;
        at += 9;
      } else {
        at += SIZES[tag]; // of an unknown kind, which is none, so that the loop ends all the same
      }
    }
    return false;
  }

  /** Where the class file goes on behind the pool. */
  int end() {
    return end;
  }

  boolean is(int index, String text) {
    int at = offsets[index];
    int length = text.length();
    if (file[at] != UTF8 || Bytes.u2(file, at + 1) != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (file[at + 3 + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The method {@code static void name(int)} of the {@link Recorder}. */
  int recorderMethod(String name) {
    if (recorder == 0) {
      recorder = addClass(Recorder.INTERNAL_NAME);
    }
    int nameAndType = add(NAME_AND_TYPE, addUtf8(name), addUtf8("(I)V"));
    return add(METHOD, recorder, nameAndType);
  }

  int addClass(String internalName) {
    int name = addUtf8(internalName);
    added.u1(CLASS);
    added.u2(name);
    return next();
  }

  int addUtf8(String ascii) {
    added.u1(UTF8);
    added.u2(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      added.u1(ascii.charAt(i));
    }
    return next();
  }

  void writeTo(Bytes out) {
    out.u2(count);
    out.copy(file, START, end - START);
    out.copy(added);
  }

  /** The pool with one name in place of another, wherever it is used. */
  void writeRenamed(Bytes out, String from, String to) {
    out.u2(count);
    int copied = START;
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] != 0 && is(i, from)) {
        out.copy(file, copied, offsets[i] - copied);
        out.u1(UTF8);
        out.u2(to.length());
        for (int c = 0; c < to.length(); c++) {
          out.u1(to.charAt(c));
        }
        copied = offsets[i] + 3 + from.length();
      }
    }
    out.copy(file, copied, end - copied);
  }

  private int add(int tag, int first, int second) {
    added.u1(tag);
    added.u2(first);
    added.u2(second);
    return next();
  }

  private int next() {
    if (count >= MOST) {
      throw new UnpatchableException("constant pool is full");
    }
    return count++;
  }
}
