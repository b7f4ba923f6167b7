package dev.frostline.cli.gate;

import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the logs of a local program's starts hold: read first, stored when all are good. */
final class TracedStarts {
  /** Account and Region of what runs on this machine. */
  static final String LOCAL = "local";

  private final Origin origin;
  private final Map<StreamId, List<TimedLine>> streams = new HashMap<>();
  private final Map<String, Long> rejects = new HashMap<>();
  private final List<Double> initMs = new ArrayList<>();
  private long received;
  private long notOurs;
  private long imports;

  /** Starts of a function that lives on this machine. */
  TracedStarts(String function) {
    origin = new Origin(LOCAL, LOCAL, function, null, null, null);
  }

  /** Reads the log of one start. */
  void add(Path log) throws IOException {
    LineTally tally = new LogFile(log, origin).read(this::take);
    received += tally.received();
    notOurs += tally.notOursEvents();
    tally.rejects().forEach((reason, lines) -> rejects.merge(reason, lines, Long::sum));
  }

  private void take(StreamId stream, List<TimedLine> lines) {
    streams.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(lines);
    for (TimedLine line : lines) {
      if (line.line() instanceof TimingLine.ImportTime) {
        imports++;
      } else if (line.line() instanceof TimingLine.CaptureEnd end) {
        initMs.add(Long.parseLong(end.values().getOrDefault("init_us", "0")) / 1000.0);
      }
    }
  }

  /**
   * Whether the layer was at work in the program. A Java program whose classes are all too quick to
   * have rows of their own still says how its init ended.
   */
  boolean wasTraced() {
    return imports > 0 || !initMs.isEmpty();
  }

  /** Import timings of a start, on average. */
  long importsPerStart() {
    return streams.isEmpty() ? 0 : Math.round((double) imports / streams.size());
  }

  /** Middle of the durations from the wrapper to the end line; NaN without any. */
  double medianInitMs() {
    double[] sorted = initMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Stores the starts of one code or of several, in one transaction. */
  static Ingestion.Summary store(List<TracedStarts> codes, Ingestion ingestion) {
    long received = 0;
    long notOurs = 0;
    Map<String, Long> rejects = new HashMap<>();
    for (TracedStarts code : codes) {
      code.streams.forEach(ingestion::add);
      received += code.received;
      notOurs += code.notOurs;
      code.rejects.forEach((reason, lines) -> rejects.merge(reason, lines, Long::sum));
    }
    return ingestion.commit(received, notOurs, rejects);
  }
}
