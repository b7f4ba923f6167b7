package dev.frostline.verdict.changes;

import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One live period, divided where its level shifted though nothing was deployed: what came before it
 * is held against its first stretch, and what came after against its last, so that a shift is
 * nobody's deployment.
 *
 * @param whole all its cold starts
 * @param byConfiguration the stretches of each configuration it ran in, both in the order of time
 * @param shifts what shifted between them, and under hosts that changed
 */
public record Stretches(
    Deployment whole, List<List<Deployment>> byConfiguration, List<DatedComparison> shifts) {
  public Stretches {
    byConfiguration = byConfiguration.stream().map(List::copyOf).toList();
    shifts = List.copyOf(shifts);
  }

  /** A period that is too short to be looked through. */
  public static Stretches undivided(Deployment period) {
    return new Stretches(
        period, ChangePoints.byConfiguration(period).stream().map(List::of).toList(), List.of());
  }

  /** The starts before its first shift. */
  public Deployment first() {
    return joined(byConfiguration.stream().map(parts -> parts.get(0)).toList());
  }

  /** The starts since its last shift. */
  public Deployment last() {
    return joined(byConfiguration.stream().map(parts -> parts.get(parts.size() - 1)).toList());
  }

  private Deployment joined(List<Deployment> parts) {
    List<TimedStart> starts = new ArrayList<>();
    parts.forEach(part -> starts.addAll(part.starts()));
    return starts.size() == whole.starts().size() ? whole : whole.with(starts);
  }

  /** What of two periods is not compared, in words; empty where all of it is. */
  public static String leftOut(Stretches before, Stretches after) {
    List<String> words = new ArrayList<>();
    Deployment last = before.last();
    if (last.starts().size() < before.whole.starts().size()) {
      words.add(before.whole.identity() + " before " + minute(last.starts().get(0)));
    }
    Deployment first = after.first();
    if (first.starts().size() < after.whole.starts().size()) {
      words.add(
          after.whole.identity()
              + " after "
              + minute(first.starts().get(first.starts().size() - 1)));
    }
    return words.isEmpty()
        ? ""
        : "left out: "
            + String.join(" and ", words)
            + ", since its level shifted though nothing was deployed";
  }

  private static Instant minute(TimedStart start) {
    return Instant.EPOCH
        .plus(start.startedAtMicros(), ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.MINUTES);
  }
}
