package dev.frostline.verdict.changes;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.UntracedComparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.hosts.InternalStandard;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.hosts.ReferenceImports;
import dev.frostline.verdict.statistics.Ranks;
import dev.frostline.verdict.statistics.SeriesCuts;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds deployments that nobody named: where in the history of a {@code $LATEST} function its cold
 * starts changed. Starts with traces are scanned one by one by rank, each found place is then
 * judged like a deployment; series of days without traces are cut by {@link SeriesCuts}.
 */
public final class ChangePoints {
  private static final int LEAST_SEGMENT = 8;
  private static final int PERMUTATIONS = 999;
  private static final double ALPHA = 0.01;
  private static final Map<Integer, Double> CRITICAL = new ConcurrentHashMap<>();

  /**
   * A place in the history, with the verdict on what came after it.
   *
   * @param firstStart position of the first cold start after the change, among those looked at
   */
  public record Found(int firstStart, Comparison comparison, long firstMicros, long lastMicros) {}

  private final Thresholds thresholds;

  public ChangePoints(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Positions at which a series of numbers, one a day or week, changed its level. */
  public static List<Integer> inSeries(double[] values) {
    return SeriesCuts.of(values);
  }

  /**
   * Changes in a history without versions, in the order of time. It is first divided by
   * configuration (memory, runtime, layers); each part is scanned by its traced starts, or by days
   * where there are none; neighbouring parts are compared like deployments. A side is named by the
   * time of its first cold start.
   */
  public List<Found> inHistory(Deployment history) {
    List<Deployment> segments = new ArrayList<>();
    for (Deployment part : byConfiguration(history)) {
      int from = 0;
      for (int cut : cuts(part)) {
        segments.add(dated(part.with(part.starts().subList(from, cut))));
        from = cut;
      }
      segments.add(dated(part.with(part.starts().subList(from, part.starts().size()))));
    }
    List<Found> changes = new ArrayList<>();
    int first = 0;
    for (int i = 1; i < segments.size(); i++) {
      first += segments.get(i - 1).starts().size();
      changes.add(found(first, segments.get(i - 1), segments.get(i)));
    }
    return changes;
  }

  /** The starts of each configuration, in the order in which they first appeared. */
  static List<Deployment> byConfiguration(Deployment history) {
    Map<Configuration, List<TimedStart>> parts = new LinkedHashMap<>();
    for (TimedStart start : history.starts()) {
      parts.computeIfAbsent(start.configuration(), key -> new ArrayList<>()).add(start);
    }
    return parts.values().stream().map(history::with).toList();
  }

  /** A segment under the minute it began at, in UTC. */
  private static Deployment dated(Deployment segment) {
    Instant began =
        Instant.EPOCH.plus(segment.starts().get(0).startedAtMicros(), ChronoUnit.MICROS);
    return segment.named(segment.identity() + "@" + began.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Positions in the order of time at which one configuration's starts changed. */
  private List<Integer> cuts(Deployment part) {
    List<TimedStart> traced = part.starts().stream().filter(TimedStart::traced).toList();
    if (traced.size() >= 2 * LEAST_SEGMENT && 2 * traced.size() >= part.starts().size()) {
      List<Integer> cuts = new ArrayList<>();
      for (Found found : inStarts(part.with(traced))) {
        cuts.add(part.starts().indexOf(traced.get(found.firstStart())));
      }
      return cuts;
    }
    return cutsOfDays(part);
  }

  private List<Integer> cutsOfDays(Deployment part) {
    List<Integer> firstOfDay = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    List<TimedStart> starts = part.starts();
    int from = 0;
    for (int at = 1; at <= starts.size(); at++) {
      if (at == starts.size() || starts.get(at).day() != starts.get(from).day()) {
        double median = UntracedComparison.medianMs(starts.subList(from, at));
        if (median > 0) {
          firstOfDay.add(from);
          medians.add(Math.log(median));
        }
        from = at;
      }
    }
    double[] values = medians.stream().mapToDouble(Double::doubleValue).toArray();
    List<Integer> candidates =
        SeriesCuts.of(values).stream().map(day -> firstOfDay.get(day)).toList();
    return settled(part, candidates).stream().map(Found::firstStart).toList();
  }

  /** Changes in a history of traced starts, in the order of time. */
  public List<Found> inStarts(Deployment history) {
    if (history.starts().size() < 2 * LEAST_SEGMENT) {
      return List.of();
    }
    double[] totals = normalisedTotals(history);
    TreeSet<Integer> cuts = new TreeSet<>();
    scan(totals, 0, totals.length, cuts);
    return settled(history, new ArrayList<>(cuts));
  }

  /** Drops what is not confirmed until every cut left stands between its neighbours. */
  private List<Found> settled(Deployment history, List<Integer> candidates) {
    List<Integer> cuts = candidates;
    List<Found> found = confirmed(history, cuts);
    while (found.size() < cuts.size()) {
      cuts = found.stream().map(Found::firstStart).toList();
      found = confirmed(history, cuts);
    }
    return found;
  }

  /** Keeps the places where the engine itself sees a change between the neighbouring segments. */
  private List<Found> confirmed(Deployment history, List<Integer> cuts) {
    List<Found> kept = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < cuts.size(); i++) {
      int to = i + 1 < cuts.size() ? cuts.get(i + 1) : history.starts().size();
      Deployment before = history.with(history.starts().subList(from, cuts.get(i)));
      Deployment after = history.with(history.starts().subList(cuts.get(i), to));
      Found found = found(cuts.get(i), before, after);
      if (found.comparison().verdict().isFinding()) {
        kept.add(found);
        from = cuts.get(i);
      }
    }
    return kept;
  }

  private Found found(int firstStart, Deployment before, Deployment after) {
    List<TimedStart> later = after.starts();
    return new Found(
        firstStart,
        new Verdicts(thresholds).compare(before, after).withKind(Kind.SHIFT),
        later.get(0).startedAtMicros(),
        later.get(later.size() - 1).startedAtMicros());
  }

  private static double[] normalisedTotals(Deployment history) {
    int half = history.starts().size() / 2;
    Profile profile =
        new Profile(
            history,
            history,
            history.starts().subList(0, half),
            history.starts().subList(half, history.starts().size()));
    double[] speeds = ReferenceImports.controlSpeeds(new InternalStandard(profile));
    double[] totals = new double[profile.runs];
    for (int run = 0; run < totals.length; run++) {
      for (double self : profile.self[run]) {
        totals[run] += self;
      }
      totals[run] *= Math.exp(-speeds[run]);
    }
    return totals;
  }

  private static void scan(double[] values, int from, int to, Set<Integer> cuts) {
    if (to - from < 2 * LEAST_SEGMENT) {
      return;
    }
    double[] ranks = Ranks.of(values, from, to);
    int best = Ranks.strongestSplit(ranks, LEAST_SEGMENT);
    double critical = CRITICAL.computeIfAbsent(to - from, ChangePoints::critical);
    if (Ranks.statistic(ranks, best) <= critical) {
      return;
    }
    scan(values, from, from + best, cuts);
    cuts.add(from + best);
    scan(values, from + best, to, cuts);
  }

  /**
   * The largest statistic over all splits that only one in a hundred orders of unrelated values
   * exceeds.
   */
  private static double critical(int length) {
    return Ranks.critical(length, LEAST_SEGMENT, PERMUTATIONS, ALPHA);
  }
}
