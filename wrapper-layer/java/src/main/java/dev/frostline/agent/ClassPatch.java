package dev.frostline.agent;

import org.jspecify.annotations.Nullable;

/**
 * A class file with calls of the {@link Recorder} in some of its methods. Written by hand rather
 * than with a library, which would cost a function more than what it measures; whatever is not as
 * expected throws, and the class stays as it is.
 */
final class ClassPatch {
  private static final int OLDEST = (45 << 16) | 3; // 45.3: before it, Code was laid out otherwise

  private final byte[] file;
  private final ConstantPool constants;
  private final Bytes methods;
  private @Nullable MethodPatch patch;
  private int copied;

  private ClassPatch(byte[] file) {
    int version = (Bytes.u2(file, 6) << 16) | Bytes.u2(file, 4);
    if (Bytes.u4(file, 0) != 0xcafebabe || version < OLDEST) {
      throw new UnpatchableException("not a class file of Java 1.1 or later");
    }
    this.file = file;
    constants = new ConstantPool(file);
    methods = new Bytes(file.length + 256);
  }

  /**
   * The class with each named method recorded under its id; null when it has none of them with
   * code.
   */
  static byte @Nullable [] recording(byte[] file, String[] names, int[] ids) {
    return new ClassPatch(file).patched(names, ids);
  }

  /** The class with another super class; its constructor calls follow. */
  static byte[] extending(byte[] file, String superclass, String instead) {
    ConstantPool constants = new ClassPatch(file).constants;
    Bytes out = new Bytes(file.length + 64);
    out.copy(file, 0, 8);
    constants.writeRenamed(out, superclass, instead);
    out.copy(file, constants.end(), file.length - constants.end());
    return out.toArray();
  }

  private byte @Nullable [] patched(String[] names, int[] ids) {
    int start = methodTable();
    copied = start;
    int at = start + 2;
    boolean looking = true;
    for (int i = Bytes.u2(file, start); i > 0 && looking; i--) {
      for (int n = 0; n < names.length; n++) {
        if (constants.is(Bytes.u2(file, at + 2), names[n])) {
          method(at, ids[n], names[n].equals("<clinit>"));
          looking = names.length > 1 || !names[n].equals("<clinit>"); // there is one at most
        }
      }
      at = behindMember(at);
    }
    if (patch == null) {
      return null;
    }
    methods.copy(file, copied, file.length - copied);
    Bytes out = new Bytes(methods.length() + constants.end() + 256);
    out.copy(file, 0, 8);
    constants.writeTo(out);
    out.copy(file, constants.end(), start - constants.end());
    out.copy(methods);
    return out.toArray();
  }

  private int methodTable() {
    int at = constants.end() + 6; // access, this, super
    at += 2 + 2 * Bytes.u2(file, at); // interfaces
    int fields = Bytes.u2(file, at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = behindMember(at);
    }
    return at;
  }

  private int behindMember(int member) {
    int at = member + 8;
    for (int i = Bytes.u2(file, member + 6); i > 0; i--) {
      at += 6 + Bytes.u4(file, at + 2);
    }
    return at;
  }

  private void method(int member, int id, boolean catching) {
    int at = member + 8;
    for (int i = Bytes.u2(file, member + 6); i > 0; i--) {
      int length = Bytes.u4(file, at + 2);
      if (constants.is(Bytes.u2(file, at), "Code")) {
        code(at + 6, length, id, catching);
      }
      at += 6 + length;
    }
  }

  private void code(int at, int length, int id, boolean catching) {
    if (patch == null) {
      patch = new MethodPatch(file, constants);
    }
    methods.copy(file, copied, at - 4 - copied);
    int lengthAt = methods.length();
    methods.u4(0);
    patch.write(methods, at, id, catching);
    methods.setU4(lengthAt, methods.length() - lengthAt - 4);
    copied = at + length;
  }
}
