package dev.frostline.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own account of its start, from its counter file {@code /tmp/hsperfdata_USER/PID}:
 * reading it costs nothing until asked. Absent with {@code -XX:-UsePerfData}.
 */
final class JvmCounters {
  private static final int MAGIC = 0xcafec0c0;
  private static final int MOST_BYTES = 1 << 20;
  private static final int TICKS = 3;

  private final Map<String, Long> values = new HashMap<>();

  /** The counters as they stand, none at all when the file cannot be read. */
  static JvmCounters now() {
    JvmCounters counters = new JvmCounters();
    try {
      byte[] file = file();
      if (file != null) {
        counters.read(file);
      }
    } catch (IOException | RuntimeException e) {
      counters.values.clear();
    }
    return counters;
  }

  @Nullable Long get(String name) {
    return values.get(name);
  }

  /** Time counters are read as microseconds. */
  void append(StringBuilder line, String key, String... names) {
    long sum = 0;
    boolean known = false;
    for (String name : names) {
      Long value = values.get(name);
      if (value != null) {
        sum += value;
        known = true;
      }
    }
    if (known) {
      line.append(' ').append(key).append('=').append(sum);
    }
  }

  /** Null when this JVM keeps none. */
  static @Nullable File path() {
    String user = System.getProperty("user.name");
    File file = new File("/tmp/hsperfdata_" + user, String.valueOf(HostState.pid()));
    return file.isFile() ? file : null;
  }

  private static byte @Nullable [] file() throws IOException {
    File file = path();
    if (file == null) {
      return null;
    }
    byte[] bytes = new byte[(int) Math.min(file.length(), MOST_BYTES)];
    try (FileInputStream in = new FileInputStream(file)) {
      int length = 0;
      while (length < bytes.length) {
        int read = in.read(bytes, length, bytes.length - length);
        if (read <= 0) {
          break;
        }
        length += read;
      }
    }
    return bytes;
  }

  private void read(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (file.getInt(0) != MAGIC) {
      return;
    }
    file.order(file.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    Map<String, Long> ticks = new HashMap<>();
    int entry = file.getInt(24);
    for (int i = file.getInt(28); i > 0 && entry + 20 < bytes.length; i--) {
      if (file.get(entry + 12) == 'J' && file.getInt(entry + 8) == 0) {
        long value = file.getLong(entry + file.getInt(entry + 16));
        (file.get(entry + 14) == TICKS ? ticks : values).put(name(bytes, entry, file), value);
      }
      entry += file.getInt(entry);
    }
    Long frequency = values.get("sun.os.hrt.frequency");
    for (Map.Entry<String, Long> tick : ticks.entrySet()) {
      double seconds = (double) tick.getValue() / (frequency == null ? 1e9 : frequency);
      values.put(tick.getKey(), (long) (seconds * 1e6));
    }
  }

  private static String name(byte[] bytes, int entry, ByteBuffer file) {
    int start = entry + file.getInt(entry + 4);
    int end = start;
    while (bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
