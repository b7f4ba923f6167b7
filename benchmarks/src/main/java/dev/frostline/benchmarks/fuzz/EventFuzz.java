package dev.frostline.benchmarks.fuzz;

import dev.frostline.ingest.line.BrokenLineException;
import dev.frostline.ingest.line.LineReader;
import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.List;

/** Texts of log events of one stream, with a zero byte between them. */
public final class EventFuzz {
  private static final StreamId STREAM =
      new StreamId("123456789012", "eu-west-1", "/aws/lambda/f", "2026/09/19/[1]a");

  private EventFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    LineReader reader = new LineReader();
    List<TimedLine> stream = new ArrayList<>();
    int from = 0;
    for (int end = 0; end <= input.length; end++) {
      if (end == input.length || input[end] == 0) {
        read(reader, input, from, end, stream);
        from = end + 1;
      }
    }
    Taken taken = new Taken();
    taken.add(STREAM, stream);
    taken.check();
  }

  private static void read(
      LineReader reader, byte[] input, int from, int to, List<TimedLine> stream) {
    List<TimingLine> lines = new ArrayList<>();
    try {
      reader.read(input, from, to, lines);
    } catch (BrokenLineException e) {
      return;
    }
    for (int part = 0; part < lines.size(); part++) {
      stream.add(new TimedLine(from, EventId.ordinal(from), part, lines.get(part)));
    }
  }
}
