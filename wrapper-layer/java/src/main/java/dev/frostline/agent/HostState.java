package dev.frostline.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the host did to this process so far, from procfs: the JVM's own beans would cost init some
 * milliseconds. What cannot be read is -1. CPU times come in clock ticks of 10 ms.
 */
final class HostState {
  static final String[] KEYS = {"majflt", "inblock", "nvcsw", "nivcsw", "utime_us", "stime_us"};

  private static final int TICK_MICROS = 10_000;
  private static final int BLOCK = 512;
  private static final int LONGEST = 4096;
  private static final int SWITCHES_LENGTH = 100; // they end the file

  private final long[] values;

  private HostState(long[] values) {
    this.values = values;
  }

  static HostState now() {
    long[] values = {-1, -1, -1, -1, -1, -1};
    String stat = read("/proc/self/stat");
    if (stat != null) {
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 20);
      values[0] = Long.parseLong(fields[9]);
      values[4] = Long.parseLong(fields[11]) * TICK_MICROS;
      values[5] = Long.parseLong(fields[12]) * TICK_MICROS;
    }
    String io = read("/proc/self/io");
    if (io != null) {
      values[1] = after(io, "\nread_bytes: ") / BLOCK;
    }
    switches(values);
    return new HostState(values);
  }

  /** The JVM runs main in a thread of its own: every thread counts. */
  private static void switches(long[] values) {
    String[] threads = new File("/proc/self/task").list();
    if (threads == null) {
      return;
    }
    values[2] = 0;
    values[3] = 0;
    byte[] buffer = new byte[LONGEST];
    for (String thread : threads) {
      String end = read("/proc/self/task/" + thread + "/status", buffer, SWITCHES_LENGTH);
      if (end != null) {
        values[2] += after(end, "\nvoluntary_ctxt_switches:\t");
        values[3] += after(end, "\nnonvoluntary_ctxt_switches:\t");
      }
    }
  }

  void appendTo(StringBuilder line, @Nullable HostState since) {
    for (int i = 0; i < KEYS.length; i++) {
      if (values[i] >= 0) {
        long before = since == null ? 0 : since.values[i];
        line.append(' ').append(KEYS[i]).append('=').append(values[i] - before);
      }
    }
  }

  /** The process id as procfs, and so the name of the JVM's counter file, has it. */
  static @Nullable String pid() {
    String stat = read("/proc/self/stat");
    return stat == null ? null : stat.substring(0, stat.indexOf(' '));
  }

  private static @Nullable String read(String path) {
    return read(path, new byte[LONGEST], LONGEST);
  }

  /** The last characters of a file. */
  private static @Nullable String read(String path, byte[] buffer, int most) {
    try (FileInputStream in = new FileInputStream(path)) {
      int length = in.read(buffer);
      int count = Math.min(length, most);
      return count <= 0
          ? null
          : new String(buffer, length - count, count, StandardCharsets.ISO_8859_1);
    } catch (IOException | SecurityException e) {
      return null;
    }
  }

  private static long after(String text, String label) {
    int at = text.indexOf(label);
    if (at < 0) {
      return 0;
    }
    long value = 0;
    for (int i = at + label.length(); i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        break;
      }
      value = 10 * value + (digit - '0');
    }
    return value;
  }
}
