package dev.frostline.ingest;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.util.List;

/** Where the timing lines of a batch or file go: the store, or a landing object. */
@FunctionalInterface
public interface TimingLineSink {
  /** Takes lines of whole events of one stream. */
  void accept(StreamId stream, List<TimedLine> lines);
}
