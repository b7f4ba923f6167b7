package dev.frostline.timing;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TimingLineWriter} wrote, and refuses what it cannot have written. */
final class TimingLineReader {
  private static final LineFormat.Tag[] TAGS = LineFormat.Tag.values();
  private static final ImportKind[] KINDS = ImportKind.values();
  private final DataInputStream in;
  private final @Nullable Iterator<TimingLine.ImportTime> rows;
  private final List<String> strings = new ArrayList<>();
  private long lastAt;
  private EventId lastId = EventId.ordinal(0);

  TimingLineReader(DataInputStream in, @Nullable Iterator<TimingLine.ImportTime> rows) {
    this.in = in;
    this.rows = rows;
  }

  TimedLine timedLine() throws IOException {
    long passed = signed();
    int form = in.readByte();
    if (form == LineFormat.ID_NEXT) {
      lastId = LineFormat.successor(lastId, passed);
    } else if (form == LineFormat.ID_FULL) {
      lastId = new EventId(in.readLong(), in.readLong(), in.readLong());
    } else if (form != LineFormat.ID_SAME) {
      throw new IOException("damaged timing lines: id form " + form);
    }
    lastAt += passed;
    int part = size();
    return new TimedLine(lastAt, lastId, part, line());
  }

  private TimingLine line() throws IOException {
    int tag = in.readByte();
    if (tag < 0 || tag >= TAGS.length) {
      throw new IOException("timing lines that are damaged, or of a newer Frostline: tag " + tag);
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
      case CAPTURE_USAGE -> new TimingLine.CaptureUsage(map());
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
    if (cumulative == TimingLineCodec.NO_TIME) {
      throw new IOException("damaged timing lines: an import without its time");
    }
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
    Map<String, String> values = new LinkedHashMap<>();
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
