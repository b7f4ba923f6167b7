package dev.frostline.ingest;

import dev.frostline.ingest.line.BrokenLineException;
import dev.frostline.ingest.line.LineReader;
import dev.frostline.timing.EventId;
import dev.frostline.timing.EventIdReader;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.List;

/** Reads log events one by one into timed lines and counts each. */
final class EventReader {
  /** The largest event CloudWatch Logs takes, with room for the escapes of its JSON form. */
  static final int LONGEST_MESSAGE = 1 << 20;

  private final EventIdReader ids = new EventIdReader();
  private final LineReader lines = new LineReader();
  private final List<TimingLine> read = new ArrayList<>();

  EventId id(byte[] text, int offset, int length) {
    return ids.read(text, offset, length);
  }

  /**
   * Reads the message of an event; {@link #finish} then places its lines. Returns false when it was
   * rejected.
   */
  boolean message(byte[] text, int from, int to, LineTally tally) {
    read.clear();
    if (to - from > LONGEST_MESSAGE) {
      tally.rejected("message longer than 1 MiB");
      return false;
    }
    try {
      int cut = lines.read(text, from, to, read);
      tally.rejected("import row cut off", cut);
    } catch (BrokenLineException e) {
      read.clear();
      tally.rejected(e.reason());
      return false;
    }
    return true;
  }

  /** Places the lines of the event whose message was read last, and counts the event. */
  void finish(long atMillis, EventId id, List<TimedLine> into, LineTally tally) {
    if (read.isEmpty()) {
      tally.notOurs(1);
      return;
    }
    for (int part = 0; part < read.size(); part++) {
      into.add(new TimedLine(atMillis, id, part, read.get(part)));
    }
    tally.kept();
  }

  boolean isEmpty() {
    return read.isEmpty();
  }
}
