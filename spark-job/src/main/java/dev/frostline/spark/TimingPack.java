package dev.frostline.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Import timings of one function as bytes, on their way from the files of a lake to its judge. They
 * are most of what Spark moves: a row takes about 7 bytes so, and a hundred as a row of its own. A
 * lake has the timings of a function one behind the other, ordered by name; in any other order they
 * are only longer.
 */
final class TimingPack implements Iterator<Tuple2<String, byte[]>> {
  /** Rows of one pack, which is to stay far below what an executor holds. */
  private static final int MOST_ROWS = 1 << 16;

  /** What stands where a row could begin: a name follows, that of the rows behind it. */
  private static final int NAME = 0;

  /** The row is the first one of a cold start, whose id follows. */
  private static final int NEW_START = 1;

  /** The row is of a cold start that was named before; its number is added to this. */
  private static final int START = 2;

  private final Iterator<Row> rows;
  private @Nullable Row next;

  /**
   * @param rows columns as in {@link LakeTables#timings}
   */
  TimingPack(Iterator<Row> rows) {
    this.rows = rows;
    step();
  }

  /** Takes one import timing that was read from a pack. */
  interface Sink {
    void add(long coldStart, int seq, int parent, String name, long selfMicros, boolean invoke);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** The key of a function and timings of it. */
  @Override
  public Tuple2<String, byte[]> next() {
    Row row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    String function = row.getString(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<Long, Integer> starts = new HashMap<>();
    String name = null;
    for (int size = 0; row != null && size < MOST_ROWS; size++) {
      if (!row.getString(0).equals(function)) {
        break;
      }
      if (!row.getString(4).equals(name)) {
        name = row.getString(4);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        write(NAME, out);
        write(text.length, out);
        out.writeBytes(text);
      }
      long coldStart = row.getLong(1);
      Integer number = starts.putIfAbsent(coldStart, starts.size());
      if (number == null) {
        write(NEW_START, out);
        write(coldStart, out);
      } else {
        write(START + number, out);
      }
      write(row.getInt(2), out);
      write((row.getInt(3) + 1L) * 2 + (row.getBoolean(6) ? 1 : 0), out);
      write(row.getLong(5), out);
      row = step();
    }
    return new Tuple2<>(function, out.toByteArray());
  }

  private @Nullable Row step() {
    next = rows.hasNext() ? rows.next() : null;
    return next;
  }

  /** Hands on the timings of a pack, in the order in which they were packed. */
  static void read(byte[] pack, Sink sink) {
    ByteArrayInputStream in = new ByteArrayInputStream(pack);
    List<Long> starts = new ArrayList<>();
    String name = "";
    while (in.available() > 0) {
      int what = (int) read(in);
      if (what == NAME) {
        byte[] text = new byte[(int) read(in)];
        in.readNBytes(text, 0, text.length);
        name = new String(text, StandardCharsets.UTF_8);
        continue;
      }
      if (what == NEW_START) {
        starts.add(read(in));
      }
      long coldStart = starts.get(what == NEW_START ? starts.size() - 1 : what - START);
      int seq = (int) read(in);
      long parent = read(in);
      sink.add(coldStart, seq, (int) (parent >> 1) - 1, name, read(in), (parent & 1) == 1);
    }
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static void write(long value, ByteArrayOutputStream out) {
    long left = value;
    while (left < 0 || left > 0x7f) {
      out.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static long read(ByteArrayInputStream in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.read();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }
}
