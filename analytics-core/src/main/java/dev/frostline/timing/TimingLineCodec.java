package dev.frostline.timing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream's timing lines, in landing objects and in {@code log_stream.events}:
 * deflated; ids and times as differences from the line before, strings once. The store leaves
 * import timings out, because {@code import_timing} has them: then only their place is written.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is part of the format
public final class TimingLineCodec {
  private static final int VERSION = 1;
  private static final int ID_NEXT = 0;
  private static final int ID_SAME = 1;
  private static final int ID_FULL = 2;

  private TimingLineCodec() {}

  /** All of the lines, in the given order. */
  public static byte[] encode(List<TimedLine> lines) {
    return write(lines, null);
  }

  /**
   * The lines without the content of {@link TimingLine.ImportTime}: only where one differs from the
   * row it became.
   *
   * @param rows the row of each import, in the order of the lines; null where it has none, whose
   *     line is written whole
   */
  public static byte[] encodeWithoutImports(
      List<TimedLine> lines, Iterator<TimingLine.@Nullable ImportTime> rows) {
    return write(lines, rows);
  }

  /** Reads what {@link #encode} wrote. */
  public static List<TimedLine> decode(byte[] bytes) {
    return read(bytes, null);
  }

  /**
   * Reads what {@link #encodeWithoutImports} wrote; each import's place takes the next of {@code
   * imports}.
   */
  public static List<TimedLine> decode(byte[] bytes, Iterator<TimingLine.ImportTime> rows) {
    return read(bytes, rows);
  }

  private static byte[] write(
      List<TimedLine> lines, @Nullable Iterator<TimingLine.@Nullable ImportTime> rows) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(lines.size() * 8 + 64);
    try (DataOutputStream out = new DataOutputStream(plain)) {
      out.writeByte(VERSION);
      Writer writer = new Writer(out, rows);
      writer.number(lines.size());
      for (TimedLine line : lines) {
        writer.place(line);
        writer.line(line.line());
      }
      return deflated(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflated(ByteArrayOutputStream plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.size() / 4 + 64);
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 8192)) {
      plain.writeTo(out);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static List<TimedLine> read(
      byte[] bytes, @Nullable Iterator<TimingLine.ImportTime> rows) {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException(
            "timing lines of format " + version + ", this Frostline reads format " + VERSION);
      }
      Reader reader = new Reader(in, rows);
      int count = reader.size();
      List<TimedLine> lines = new ArrayList<>(Math.min(count, 1 << 20));
      for (int i = 0; i < count; i++) {
        lines.add(reader.timedLine());
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One tag byte a kind of line; the order is part of the format. */
  private enum Tag {
    STORED_IMPORT,
    IMPORT,
    TRACE_HEADER,
    INIT_START,
    INIT_RUNTIME_DONE,
    INIT_REPORT,
    START,
    REPORT,
    RESTORE_START,
    RESTORE_REPORT,
    FAULT,
    CAPTURE_BEGIN,
    CAPTURE_END
  }

  private static final class Writer {
    private final DataOutputStream out;
    private final @Nullable Iterator<TimingLine.@Nullable ImportTime> rows;
    private final Map<String, Integer> strings = new HashMap<>();
    private long lastAt;
    private EventId lastId = EventId.ordinal(0);

    Writer(DataOutputStream out, @Nullable Iterator<TimingLine.@Nullable ImportTime> rows) {
      this.out = out;
      this.rows = rows;
    }

    void place(TimedLine line) throws IOException {
      signed(line.atMillis() - lastAt);
      EventId id = line.eventId();
      if (id.equals(lastId)) {
        out.writeByte(ID_SAME);
      } else if (id.equals(successor(lastId, line.atMillis() - lastAt))) {
        out.writeByte(ID_NEXT);
      } else {
        out.writeByte(ID_FULL);
        out.writeLong(id.high());
        out.writeLong(id.middle());
        out.writeLong(id.low());
      }
      number(line.part());
      lastAt = line.atMillis();
      lastId = id;
    }

    void line(TimingLine line) throws IOException {
      if (line instanceof TimingLine.ImportTime value) {
        importTime(value);
      } else if (line instanceof TimingLine.TraceHeader) {
        tag(Tag.TRACE_HEADER);
      } else if (line instanceof TimingLine.InitStart value) {
        tag(Tag.INIT_START);
        strings(value.runtimeVersion(), value.runtimeVersionArn(), value.initializationType());
        strings(value.phase(), value.functionName(), value.functionVersion());
      } else if (line instanceof TimingLine.InitRuntimeDone value) {
        tag(Tag.INIT_RUNTIME_DONE);
        strings(value.status(), value.errorType());
      } else if (line instanceof TimingLine.InitReport value) {
        tag(Tag.INIT_REPORT);
        signed(value.initMicros());
        strings(value.phase(), value.status(), value.errorType(), value.initializationType());
      } else if (line instanceof TimingLine.Start value) {
        tag(Tag.START);
        strings(value.requestId(), value.version());
      } else if (line instanceof TimingLine.Report value) {
        report(value);
      } else if (line instanceof TimingLine.RestoreStart value) {
        tag(Tag.RESTORE_START);
        strings(value.runtimeVersion(), value.runtimeVersionArn());
      } else if (line instanceof TimingLine.RestoreReport value) {
        tag(Tag.RESTORE_REPORT);
        optional(value.restoreMicros());
        strings(value.status());
      } else if (line instanceof TimingLine.Fault value) {
        tag(Tag.FAULT);
        strings(value.status(), value.errorType());
      } else if (line instanceof TimingLine.CaptureBegin value) {
        tag(Tag.CAPTURE_BEGIN);
        map(value.values());
      } else if (line instanceof TimingLine.CaptureEnd value) {
        tag(Tag.CAPTURE_END);
        map(value.values());
      }
    }

    private void importTime(TimingLine.ImportTime value) throws IOException {
      TimingLine.ImportTime row = rows == null ? null : rows.next();
      if (row != null) {
        storedImport(value, row);
        return;
      }
      tag(Tag.IMPORT);
      number(value.kind().ordinal());
      number(value.depth());
      signed(value.selfMicros());
      signed(value.cumulativeMicros());
      string(value.name());
      out.writeBoolean(value.cached());
      number(value.kids() == null ? 0 : value.kids() + 1);
    }

    private void storedImport(TimingLine.ImportTime value, TimingLine.ImportTime row)
        throws IOException {
      tag(Tag.STORED_IMPORT);
      number(value.kids() == null ? 0 : value.kids() + 1);
      signed(value.depth() - row.depth());
      signed(value.selfMicros() - row.selfMicros());
    }

    private void report(TimingLine.Report value) throws IOException {
      tag(Tag.REPORT);
      strings(value.requestId());
      optional(value.durationMicros());
      optional(value.billedMicros());
      optional(value.memoryMb());
      optional(value.maxMemoryMb());
      optional(value.initMicros());
      optional(value.restoreMicros());
      optional(value.billedRestoreMicros());
      strings(value.status(), value.errorType());
    }

    private void tag(Tag tag) throws IOException {
      out.writeByte(tag.ordinal());
    }

    private void strings(@Nullable String... values) throws IOException {
      for (String value : values) {
        string(value);
      }
    }

    private void string(@Nullable String value) throws IOException {
      if (value == null) {
        number(0);
        return;
      }
      Integer known = strings.get(value);
      if (known != null) {
        number(known + 2);
        return;
      }
      strings.put(value, strings.size());
      number(1);
      out.writeUTF(value);
    }

    private void map(Map<String, String> values) throws IOException {
      number(values.size());
      for (Map.Entry<String, String> entry : values.entrySet()) {
        strings(entry.getKey(), entry.getValue());
      }
    }

    private void optional(@Nullable Long value) throws IOException {
      out.writeBoolean(value != null);
      if (value != null) {
        signed(value);
      }
    }

    private void signed(long value) throws IOException {
      number((value << 1) ^ (value >> 63));
    }

    void number(long value) throws IOException {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.writeByte((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.writeByte((int) rest);
    }
  }

  private static final class Reader {
    private static final Tag[] TAGS = Tag.values();
    private static final ImportKind[] KINDS = ImportKind.values();
    private final DataInputStream in;
    private final @Nullable Iterator<TimingLine.ImportTime> rows;
    private final List<String> strings = new ArrayList<>();
    private long lastAt;
    private EventId lastId = EventId.ordinal(0);

    Reader(DataInputStream in, @Nullable Iterator<TimingLine.ImportTime> rows) {
      this.in = in;
      this.rows = rows;
    }

    TimedLine timedLine() throws IOException {
      long passed = signed();
      int form = in.readByte();
      if (form == ID_NEXT) {
        lastId = successor(lastId, passed);
      } else if (form == ID_FULL) {
        lastId = new EventId(in.readLong(), in.readLong(), in.readLong());
      } else if (form != ID_SAME) {
        throw new IOException("damaged timing lines: id form " + form);
      }
      lastAt += passed;
      int part = size();
      return new TimedLine(lastAt, lastId, part, line());
    }

    private TimingLine line() throws IOException {
      int tag = in.readByte();
      if (tag < 0 || tag >= TAGS.length) {
        throw new IOException("damaged timing lines: tag " + tag);
      }
      return switch (TAGS[tag]) {
        case STORED_IMPORT -> storedImport();
        case IMPORT -> importTime();
        case TRACE_HEADER -> new TimingLine.TraceHeader();
        case INIT_START ->
            new TimingLine.InitStart(string(), string(), string(), string(), string(), string());
        case INIT_RUNTIME_DONE -> new TimingLine.InitRuntimeDone(string(), string());
        case INIT_REPORT ->
            new TimingLine.InitReport(signed(), string(), string(), string(), string());
        case START -> new TimingLine.Start(text(), string());
        case REPORT -> report();
        case RESTORE_START -> new TimingLine.RestoreStart(string(), string());
        case RESTORE_REPORT -> new TimingLine.RestoreReport(optional(), string());
        case FAULT -> new TimingLine.Fault(text(), string());
        case CAPTURE_BEGIN -> new TimingLine.CaptureBegin(map());
        case CAPTURE_END -> new TimingLine.CaptureEnd(map());
      };
    }

    private TimingLine storedImport() throws IOException {
      int kids = size();
      int deeper = (int) signed();
      long longer = signed();
      if (rows == null || !rows.hasNext()) {
        throw new IOException("damaged timing lines: more imports than import_timing has rows");
      }
      TimingLine.ImportTime row = rows.next();
      return new TimingLine.ImportTime(
          row.kind(),
          row.depth() + deeper,
          row.selfMicros() + longer,
          row.cumulativeMicros(),
          row.name(),
          row.cached(),
          kids == 0 ? null : Integer.valueOf(kids - 1));
    }

    private TimingLine importTime() throws IOException {
      int kind = below(KINDS.length);
      int depth = size();
      long self = signed();
      long cumulative = signed();
      String name = text();
      boolean cached = in.readBoolean();
      int kids = size();
      return new TimingLine.ImportTime(
          KINDS[kind],
          depth,
          self,
          cumulative,
          name,
          cached,
          kids == 0 ? null : Integer.valueOf(kids - 1));
    }

    private TimingLine report() throws IOException {
      return new TimingLine.Report(
          text(),
          optional(),
          optional(),
          optional(),
          optional(),
          optional(),
          optional(),
          optional(),
          string(),
          string());
    }

    private String text() throws IOException {
      String value = string();
      if (value == null) {
        throw new IOException("damaged timing lines: a name is missing");
      }
      return value;
    }

    private @Nullable String string() throws IOException {
      int reference = size();
      if (reference == 0) {
        return null;
      }
      if (reference > 1) {
        if (reference - 2 >= strings.size()) {
          throw new IOException("damaged timing lines: text " + reference);
        }
        return strings.get(reference - 2);
      }
      String value = in.readUTF();
      strings.add(value);
      return value;
    }

    private Map<String, String> map() throws IOException {
      int size = size();
      Map<String, String> values = new java.util.LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        values.put(text(), text());
      }
      return values;
    }

    private @Nullable Long optional() throws IOException {
      return in.readBoolean() ? Long.valueOf(signed()) : null;
    }

    private long signed() throws IOException {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }

    int size() throws IOException {
      return below(Integer.MAX_VALUE);
    }

    private int below(int limit) throws IOException {
      long value = number();
      if (value < 0 || value >= limit) {
        throw new IOException("damaged timing lines: number out of range");
      }
      return (int) value;
    }

    long number() throws IOException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        int next = in.readByte();
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IOException("damaged timing lines: number too long");
    }
  }

  /**
   * The id one behind, in the time that has passed: an id's upper 48 bits are its time in
   * milliseconds.
   */
  private static EventId successor(EventId id, long millisPassed) {
    long low = id.low() + 1;
    long middle = low == 0 ? id.middle() + 1 : id.middle();
    long high = low == 0 && middle == 0 ? id.high() + 1 : id.high();
    return new EventId(high + (millisPassed << 16), middle, low);
  }
}
