package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Patched classes do what they did, and call the recorder around it. */
final class ClassPatchTest {
  private static final String[] METHODS = {"<clinit>", "<init>"};

  /** Branches, both switches, an inner try and several returns, each before the next. */
  static final class Busy implements IntUnaryOperator {
    private final int size;

    @SuppressWarnings("UnusedVariable")
    Busy(int n) {
      size = n;
      if (n < 0) {
        return;
      }
      switch (n) {
        case 0, 1, 2 -> {
          return;
        }
        default -> {}
      }
      switch (n) {
        case 10, 10_000 -> {
          return;
        }
        default -> {}
      }
      try {
        Integer.parseInt("n" + n);
      } catch (NumberFormatException e) {
        return;
      }
      throw new IllegalStateException();
    }

    public Busy() {
      this(7);
    }

    @Override
    public int applyAsInt(int n) {
      return new Busy(n).size;
    }
  }

  /** Its initialiser throws. */
  static final class Failing {
    static final int VALUE = Integer.parseInt("none");

    private Failing() {}
  }

  /** Has neither initialiser nor constructor. */
  interface Plain {}

  @Test
  void severalReturns_stillReturn() throws Exception {
    IntUnaryOperator busy = (IntUnaryOperator) patched(Busy.class).newInstance();
    for (int n : new int[] {-1, 0, 2, 3, 10, 10_000, 10_001}) {
      assertEquals(n, busy.applyAsInt(n));
    }
  }

  @Test
  void throwingInitializer_throwsAsBefore_andClosesItsFrame() throws Exception {
    Class<?> failing = patched(Failing.class).getDeclaringClass();
    ExceptionInInitializerError error =
        assertThrows(
            ExceptionInInitializerError.class,
            () -> Class.forName(failing.getName(), true, failing.getClassLoader()));
    assertEquals(NumberFormatException.class, Objects.requireNonNull(error.getCause()).getClass());
  }

  @Test
  void classWithoutThem_isNotChanged() throws Exception {
    assertNull(ClassPatch.recording(file(Plain.class), METHODS, new int[] {2, 3}));
  }

  @Test
  void brokenClasses_throwNothingElse() throws Exception {
    byte[] good = file(Busy.class);
    Random random = new Random(7);
    int seen = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] broken = Arrays.copyOf(good, 1 + random.nextInt(good.length));
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      try {
        ClassPatch.recording(broken, METHODS, new int[] {2, 3});
      } catch (UnpatchableException | IndexOutOfBoundsException e) {
        seen++; // the transformer leaves such a class alone
      }
    }
    assertTrue(seen > 1_000, seen + " were noticed");
  }

  private static Constructor<?> patched(Class<?> type) throws Exception {
    byte[] patched =
        Objects.requireNonNull(ClassPatch.recording(file(type), METHODS, new int[] {2, 3}));
    ClassLoader own =
        new ClassLoader(type.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(type.getName()) && findLoadedClass(name) == null) {
              return defineClass(name, patched, 0, patched.length);
            }
            return super.loadClass(name, resolve);
          }
        };
    Constructor<?> constructor = Class.forName(type.getName(), false, own).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor;
  }

  private static byte[] file(Class<?> type) throws IOException {
    String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
