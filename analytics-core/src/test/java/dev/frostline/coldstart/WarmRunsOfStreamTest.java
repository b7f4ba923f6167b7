package dev.frostline.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.TimedLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A stream told in part as runs is assembled as one told by its lines. */
final class WarmRunsOfStreamTest {
  private static final WarmRun.Sizes SMALL = new WarmRun.Sizes(1, 2, 5, 0);

  /** What was told before a delivery: lines, and runs with the lines that they stand for. */
  private record Told(List<TimedLine> lines, List<WarmRun> runs, List<List<TimedLine>> ofRuns) {}

  @Test
  void deliveriesInAnyOrder_giveWhatAllLinesGive() {
    int runs = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      List<TimedLine> all = LongStreams.lines(random, 20 + random.nextInt(60), true);
      StreamAssembly.Assembled expected = StreamAssembly.assemble(Stream.VERSION_4, all);
      Told told = new Told(List.of(), List.of(), List.of());
      StreamAssembly.Assembled last = expected;
      for (List<TimedLine> part : parts(all, random)) {
        told = opened(told, part);
        last = StreamAssembly.assemble(Stream.VERSION_4, told.lines(), told.runs(), SMALL);
        while (!last.unfit().isEmpty()) {
          told = withoutRuns(told, last.unfit());
          last = StreamAssembly.assemble(Stream.VERSION_4, told.lines(), told.runs(), SMALL);
        }
        told = closed(told, last.warm());
        runs += told.runs().size();
      }
      assertEquals(expected.coldStarts(), last.coldStarts(), "seed " + seed);
      assertEquals(expected.invocations(), last.invocations(), "seed " + seed);
    }
    assertTrue(runs > 10_000, runs + " runs");
  }

  private static List<List<TimedLine>> parts(List<TimedLine> all, Random random) {
    List<List<TimedLine>> parts = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(20));
      parts.add(all.subList(from, to));
      from = to;
    }
    if (random.nextBoolean()) {
      Collections.shuffle(parts, random);
    }
    return parts;
  }

  /** The lines with a delivery; runs that reach over a time of it are lines again. */
  private static Told opened(Told told, List<TimedLine> part) {
    List<WarmRun> reached =
        told.runs().stream()
            .filter(
                run ->
                    part.stream()
                        .anyMatch(
                            line ->
                                run.firstMillis() <= line.atMillis()
                                    && line.atMillis() <= run.lastMillis()))
            .toList();
    Told opened = withoutRuns(told, reached);
    List<TimedLine> lines = new ArrayList<>(opened.lines());
    lines.addAll(part);
    Collections.sort(lines);
    return new Told(lines, opened.runs(), opened.ofRuns());
  }

  private static Told withoutRuns(Told told, List<WarmRun> without) {
    List<TimedLine> lines = new ArrayList<>(told.lines());
    List<WarmRun> runs = new ArrayList<>();
    List<List<TimedLine>> ofRuns = new ArrayList<>();
    for (int i = 0; i < told.runs().size(); i++) {
      if (without.contains(told.runs().get(i))) {
        lines.addAll(told.ofRuns().get(i));
      } else {
        runs.add(told.runs().get(i));
        ofRuns.add(told.ofRuns().get(i));
      }
    }
    Collections.sort(lines);
    return new Told(lines, runs, ofRuns);
  }

  private static Told closed(Told told, List<StreamAssembly.Warm> warm) {
    List<TimedLine> lines = new ArrayList<>();
    List<WarmRun> runs = new ArrayList<>(told.runs());
    List<List<TimedLine>> ofRuns = new ArrayList<>(told.ofRuns());
    int at = 0;
    for (StreamAssembly.Warm one : warm) {
      lines.addAll(told.lines().subList(at, one.from()));
      int place = 0;
      while (place < runs.size() && runs.get(place).firstMillis() < one.run().firstMillis()) {
        place++;
      }
      runs.add(place, one.run());
      ofRuns.add(place, told.lines().subList(one.from(), one.to()));
      at = one.to();
    }
    lines.addAll(told.lines().subList(at, told.lines().size()));
    return new Told(lines, runs, ofRuns);
  }
}
