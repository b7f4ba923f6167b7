package dev.frostline.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The time that garbage collections took, from the JVM's counter file while init runs: {@code
 * sun.gc.collector.0.time} and its like, in nanoseconds on Linux. Two reads of eight bytes, where
 * the JVM's own notifications would load some hundred classes.
 */
final class Pauses implements PauseClock {
  private static final byte[] COLLECTOR = "sun.gc.collector.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = ".time\0".getBytes(StandardCharsets.US_ASCII);
  private static final int COUNTERS_BYTES = 1 << 15;
  private static final int LITTLE_ENDIAN = 1;

  private final RandomAccessFile counters;
  private final byte[] value = new byte[8];
  private final int[] positions;
  private long asked;

  private Pauses(RandomAccessFile counters, int[] positions) throws IOException {
    this.counters = counters;
    this.positions = positions;
    asked = total();
  }

  /** Null where the JVM keeps no counters, or keeps them in a form that is not known. */
  static @Nullable Pauses ofThisJvm() {
    File file = JvmCounters.path();
    return file == null ? null : of(file);
  }

  static @Nullable Pauses of(File file) {
    try {
      RandomAccessFile counters = new RandomAccessFile(file, "r");
      byte[] start = new byte[COUNTERS_BYTES];
      int length = counters.read(start);
      int[] positions = start[4] == LITTLE_ENDIAN ? positions(start, length) : new int[0];
      if (positions.length > 0) {
        return new Pauses(counters, positions);
      }
      counters.close();
    } catch (IOException | RuntimeException e) {
      return null;
    }
    return null;
  }

  @Override
  public long sinceAskedNanos() {
    try {
      long before = asked;
      asked = total();
      return asked - before;
    } catch (IOException e) {
      return 0;
    }
  }

  private long total() throws IOException {
    long sum = 0;
    for (int position : positions) {
      counters.seek(position);
      if (counters.read(value) == value.length) {
        sum += number(value, 0, value.length);
      }
    }
    return sum;
  }

  private static int[] positions(byte[] start, int length) {
    int[] found = new int[8];
    int count = 0;
    int entry = (int) number(start, 24, 4);
    for (long left = number(start, 28, 4); left > 0 && entry + 20 < length; left--) {
      int name = entry + (int) number(start, entry + 4, 4);
      boolean collector = count < found.length && startsWith(start, name, COLLECTOR);
      if (collector && startsWith(start, name + COLLECTOR.length + 1, TIME)) {
        found[count++] = entry + (int) number(start, entry + 16, 4);
      }
      entry += (int) number(start, entry, 4);
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean startsWith(byte[] text, int at, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (text[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
