package dev.frostline.coldstart;

import dev.frostline.timing.EventId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Streams of environments that live long, as hostile as streams get. */
public final class LongStreams {
  private LongStreams() {}

  /** Lost lines, faults, second inits, requests that come again, traces at any time. */
  public static List<TimedLine> lines(Random random, int steps, boolean named) {
    Stream stream = new Stream(Stream.VERSION_4);
    boolean lateBegin = random.nextInt(3) == 0;
    for (int step = 0; step < steps; step++) {
      String request = "r" + (random.nextInt(6) == 0 ? random.nextInt(4) : step);
      switch (random.nextInt(lateBegin && step < 20 ? 8 : 12)) {
        case 0 -> stream.start(request);
        case 1 -> stream.report(request, null);
        case 2, 3, 4, 5, 6 -> stream.start(request).report(request, null);
        case 7 -> stream.start(request).line(new TimingLine.Fault("timeout", null));
        case 8 -> init(stream, random, request);
        case 9 -> stream.header().row(0, 3, 3, "lazy" + step);
        case 10 -> stream.start(request).report(request, random.nextInt(5) == 0 ? 200 : null);
        default -> stream.start(request).row(0, 4, 4, "m" + step).report(request, null);
      }
      stream.at(step * 40L + random.nextInt(3));
    }
    List<TimedLine> lines = new ArrayList<>();
    long number = 0;
    for (TimedLine line : stream.lines()) {
      EventId id = named ? line.eventId() : EventId.ordinal(number++);
      lines.add(new TimedLine(line.atMillis() / 3 * 3, id, 0, line.line()));
    }
    return lines;
  }

  private static void init(Stream stream, Random random, String request) {
    if (random.nextInt(3) > 0) {
      stream.initStart(random.nextInt(4) == 0 ? "lambda-managed-instances" : null, null);
    }
    stream.header().row(1, 2, 2, "a").row(0, 3, 5, "b");
    if (random.nextInt(4) > 0) {
      stream.start(request).report(request, 250);
    }
  }
}
