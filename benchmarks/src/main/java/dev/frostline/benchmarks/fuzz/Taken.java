package dev.frostline.benchmarks.fuzz;

import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLineCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The lines that a reader gave, which everything behind it must be able to take. */
final class Taken {
  private final Map<StreamId, List<TimedLine>> streams = new TreeMap<>();

  void add(StreamId stream, List<TimedLine> lines) {
    streams.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(lines);
  }

  /**
   * Puts them away and together.
   *
   * @throws AssertionError when an order of delivery tells
   */
  void check() {
    streams.forEach(
        (stream, lines) -> {
          if (!TimingLineCodec.decode(TimingLineCodec.encode(lines)).equals(lines)) {
            throw new AssertionError("Lines change when they are put away: " + lines);
          }
          List<TimedLine> backwards = new ArrayList<>(lines);
          Collections.reverse(backwards);
          boolean hasEqualPlaces = new java.util.TreeSet<>(lines).size() < lines.size();
          if (!hasEqualPlaces
              && !StreamAssembly.assemble(stream, lines)
                  .equals(StreamAssembly.assemble(stream, backwards))) {
            throw new AssertionError("Another order gives other cold starts: " + lines);
          }
        });
  }
}
