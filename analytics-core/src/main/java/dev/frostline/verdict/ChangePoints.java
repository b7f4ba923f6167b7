package dev.frostline.verdict;

import java.util.ArrayList;
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

  /** A place in the history, with the verdict on what came after it. */
  public record Found(int firstStart, Comparison comparison) {}

  private final Thresholds thresholds;

  public ChangePoints(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Positions at which a series of numbers, one a day or week, changed its level. */
  public static List<Integer> inSeries(double[] values) {
    return SeriesCuts.of(values);
  }

  /** Changes in a history of traced starts, in the order of time. */
  public List<Found> inStarts(Deployment history) {
    if (history.starts().size() < 2 * LEAST_SEGMENT) {
      return List.of();
    }
    double[] totals = normalisedTotals(history);
    TreeSet<Integer> cuts = new TreeSet<>();
    scan(totals, 0, totals.length, cuts);
    List<Found> found = confirmed(history, new ArrayList<>(cuts));
    while (found.size() < cuts.size()) {
      cuts.clear();
      found.forEach(one -> cuts.add(one.firstStart()));
      found = confirmed(history, new ArrayList<>(cuts));
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
      Comparison comparison = new Verdicts(thresholds).compare(before, after);
      if (comparison.verdict().isFinding()) {
        kept.add(new Found(cuts.get(i), comparison));
        from = cuts.get(i);
      }
    }
    return kept;
  }

  private static double[] normalisedTotals(Deployment history) {
    int half = history.starts().size() / 2;
    Profile profile =
        new Profile(
            history,
            history,
            history.starts().subList(0, half),
            history.starts().subList(half, history.starts().size()));
    double[] speeds = new Reference(new Standard(profile)).controlSpeeds;
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
