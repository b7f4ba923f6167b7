package dev.frostline.coldstart;

import dev.frostline.timing.EventId;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A log stream written by hand, one line a millisecond unless {@link #at} says otherwise. */
public final class Stream {
  public static final StreamId VERSION_4 = of("2026/09/19/[4]eb40970aab713f942525155a4926654e");
  public static final StreamId LATEST = of("2026/09/19/[$LATEST]eb40970aab713f942525155a49266");
  private static final long START = 1_789_801_955_000L;

  private final List<TimedLine> lines = new ArrayList<>();
  private final StreamId id;
  private long at = START;

  public Stream(StreamId id) {
    this.id = id;
  }

  public static StreamId of(String name) {
    return new StreamId("123456789012", "eu-west-1", "/aws/lambda/checkout-api", name);
  }

  /** The next line comes that many ms after the beginning. */
  public Stream at(long millis) {
    at = START + millis;
    return this;
  }

  public Stream line(TimingLine line) {
    EventId event = EventId.parse(String.valueOf(at) + String.format("%043d", lines.size()));
    lines.add(new TimedLine(at++, event, 0, line));
    return this;
  }

  public Stream initStart() {
    return initStart(null, null);
  }

  public Stream initStart(@Nullable String type, @Nullable String phase) {
    return line(
        new TimingLine.InitStart("python:3.13.v43", "arn:aws:lambda", type, phase, null, null));
  }

  public Stream initReport(long millis, @Nullable String phase, @Nullable String status) {
    return line(new TimingLine.InitReport(millis * 1000, phase, status, null, null));
  }

  public Stream restoreStart() {
    return line(new TimingLine.RestoreStart("java:21.v1", null));
  }

  public Stream restoreReport(long millis) {
    return line(new TimingLine.RestoreReport(millis * 1000, null));
  }

  public Stream start(String request) {
    return line(new TimingLine.Start(request, null));
  }

  /** A REPORT of 20 ms; of a cold one when it has an init. */
  public Stream report(String request, @Nullable Integer initMillis) {
    return report(request, initMillis, null, null);
  }

  public Stream report(
      String request,
      @Nullable Integer initMillis,
      @Nullable Integer restoreMillis,
      @Nullable String errorType) {
    return line(
        new TimingLine.Report(
            request,
            20_000L,
            320_000L,
            512L,
            80L,
            initMillis == null ? null : Long.valueOf(initMillis * 1000L),
            restoreMillis == null ? null : Long.valueOf(restoreMillis * 1000L),
            null,
            errorType == null ? null : "error",
            errorType));
  }

  public Stream header() {
    return line(new TimingLine.TraceHeader());
  }

  public Stream row(int depth, long self, long cumulative, String name) {
    return row(ImportKind.PYTHON_MODULE, depth, self, cumulative, name);
  }

  public Stream pause(int depth, long micros) {
    return row(ImportKind.PAUSE, depth, micros, micros, "(garbage collection)");
  }

  public Stream row(ImportKind kind, int depth, long self, long cumulative, String name) {
    return line(new TimingLine.ImportTime(kind, depth, self, cumulative, name, false, null));
  }

  public Stream cached(String name) {
    return line(new TimingLine.ImportTime(ImportKind.PYTHON_MODULE, 0, 0, 0, name, true, null));
  }

  public Stream loaded(int depth, long self, long cumulative, String name, int kids) {
    return line(
        new TimingLine.ImportTime(
            ImportKind.PYTHON_MODULE, depth, self, cumulative, name, false, kids));
  }

  public Stream begin(Map<String, String> values) {
    return line(new TimingLine.CaptureBegin(values));
  }

  public Stream end(Map<String, String> values) {
    return line(new TimingLine.CaptureEnd(values));
  }

  public List<TimedLine> lines() {
    return lines;
  }

  public StreamAssembly.Assembled assembled() {
    return StreamAssembly.assemble(id, lines);
  }

  /** The cold starts, which any order of delivery must give. */
  public List<ColdStart> coldStarts() {
    List<ColdStart> coldStarts = assembled().coldStarts();
    List<TimedLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(lines.size()));
    if (!coldStarts.equals(StreamAssembly.assemble(id, shuffled).coldStarts())) {
      throw new AssertionError("another order of delivery gives other cold starts");
    }
    return coldStarts;
  }

  public ColdStart coldStart() {
    List<ColdStart> coldStarts = coldStarts();
    if (coldStarts.size() != 1) {
      throw new AssertionError("not one cold start: " + coldStarts);
    }
    return coldStarts.get(0);
  }

  /** {@code kind/status/init ms/trust}, of each cold start. */
  public List<String> summary() {
    List<String> summary = new ArrayList<>();
    for (ColdStart start : coldStarts()) {
      Long micros = start.initMicros();
      summary.add(
          start.initKind().label()
              + "/"
              + start.status()
              + "/"
              + (micros == null ? "-" : micros / 1000)
              + (start.suspectLines() == 0 ? "" : "/suspect"));
    }
    return summary;
  }
}
