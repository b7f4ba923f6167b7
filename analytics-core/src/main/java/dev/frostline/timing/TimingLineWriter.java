package dev.frostline.timing;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines one after the other: ids and times as differences from the line before, strings
 * once. Import timings that are stored as rows are no more than their difference from the row.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is part of the format
final class TimingLineWriter {
  private final DataOutputStream out;
  private final @Nullable Iterator<TimingLine.@Nullable ImportTime> rows;
  private final Map<String, Integer> strings = new HashMap<>();
  private long lastAt;
  private EventId lastId = EventId.ordinal(0);

  TimingLineWriter(DataOutputStream out, @Nullable Iterator<TimingLine.@Nullable ImportTime> rows) {
    this.out = out;
    this.rows = rows;
  }

  void place(TimedLine line) throws IOException {
    signed(line.atMillis() - lastAt);
    EventId id = line.eventId();
    if (isSame(id, lastId)) {
      out.writeByte(LineFormat.ID_SAME);
    } else if (isSame(id, LineFormat.successor(lastId, line.atMillis() - lastAt))) {
      out.writeByte(LineFormat.ID_NEXT);
    } else {
      out.writeByte(LineFormat.ID_FULL);
      out.writeLong(id.high());
      out.writeLong(id.middle());
      out.writeLong(id.low());
    }
    number(line.part());
    lastAt = line.atMillis();
    lastId = id;
  }

  /** As equals, which a record makes at run time: in the ingest function's cold start. */
  private static boolean isSame(EventId one, EventId other) {
    return one.compareTo(other) == 0;
  }

  void line(TimingLine line) throws IOException {
    if (line instanceof TimingLine.ImportTime value) {
      importTime(value);
    } else if (line instanceof TimingLine.TraceHeader) {
      tag(LineFormat.Tag.TRACE_HEADER);
    } else if (line instanceof TimingLine.InitStart value) {
      tag(LineFormat.Tag.INIT_START);
      strings(value.runtimeVersion(), value.runtimeVersionArn(), value.initializationType());
      strings(value.phase(), value.functionName(), value.functionVersion());
    } else if (line instanceof TimingLine.InitRuntimeDone value) {
      tag(LineFormat.Tag.INIT_RUNTIME_DONE);
      strings(value.status(), value.errorType());
    } else if (line instanceof TimingLine.InitReport value) {
      tag(LineFormat.Tag.INIT_REPORT);
      signed(value.initMicros());
      strings(value.phase(), value.status(), value.errorType(), value.initializationType());
    } else if (line instanceof TimingLine.Start value) {
      tag(LineFormat.Tag.START);
      strings(value.requestId(), value.version());
    } else if (line instanceof TimingLine.Report value) {
      report(value);
    } else if (line instanceof TimingLine.RestoreStart value) {
      tag(LineFormat.Tag.RESTORE_START);
      strings(value.runtimeVersion(), value.runtimeVersionArn());
    } else if (line instanceof TimingLine.RestoreReport value) {
      tag(LineFormat.Tag.RESTORE_REPORT);
      optional(value.restoreMicros());
      strings(value.status());
    } else if (line instanceof TimingLine.Fault value) {
      tag(LineFormat.Tag.FAULT);
      strings(value.status(), value.errorType());
    } else if (line instanceof TimingLine.CaptureBegin value) {
      tag(LineFormat.Tag.CAPTURE_BEGIN);
      map(value.values());
    } else if (line instanceof TimingLine.CaptureEnd value) {
      tag(LineFormat.Tag.CAPTURE_END);
      map(value.values());
    } else if (line instanceof TimingLine.CaptureUsage value) {
      tag(LineFormat.Tag.CAPTURE_USAGE);
      map(value.values());
    }
  }

  private void importTime(TimingLine.ImportTime value) throws IOException {
    TimingLine.ImportTime row = rows == null ? null : rows.next();
    if (row != null) {
      storedImport(value, row);
      return;
    }
    tag(LineFormat.Tag.IMPORT);
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
    tag(LineFormat.Tag.STORED_IMPORT);
    number(value.kids() == null ? 0 : value.kids() + 1);
    signed(value.depth() - row.depth());
    signed(value.selfMicros() - row.selfMicros());
  }

  private void report(TimingLine.Report value) throws IOException {
    tag(LineFormat.Tag.REPORT);
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

  private void tag(LineFormat.Tag tag) throws IOException {
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
