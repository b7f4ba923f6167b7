package dev.frostline.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a series into levels by penalised least squares (PELT). Neighbouring days resemble each other, which looks like changes
 * of level; so the penalty grows by (1 + r) / (1 - r), r the autocorrelation of what the levels leave over.
 */
final class SeriesCuts {
  /** Penalty per cut in variances times log of the length: the price of a level and of its place. */
  private static final double PENALTY = 2;

  private static final int ROUNDS = 4;
  private static final int LEAST_SEGMENT = 2;
  private static final double MOST_CORRELATION = 0.95;

  private SeriesCuts() {}

  static List<Integer> of(double[] values) {
    if (values.length < 2 * LEAST_SEGMENT + 1) {
      return List.of();
    }
    List<Integer> cuts = List.of();
    List<Integer> last = cuts;
    for (int round = 0; round < ROUNDS; round++) {
      double[] rest = residuals(values, cuts);
      double variance = meanSquare(rest);
      double r = Math.max(0, Math.min(MOST_CORRELATION, autocorrelation(rest, variance)));
      last = cuts;
      cuts = optimal(values, PENALTY * variance * Math.log(values.length) * (1 + r) / (1 - r));
      if (cuts.equals(last)) {
        break;
      }
    }
    return cuts;
  }

  private static double[] residuals(double[] values, List<Integer> cuts) {
    double[] rest = values.clone();
    int from = 0;
    for (int i = 0; i <= cuts.size(); i++) {
      int to = i < cuts.size() ? cuts.get(i) : values.length;
      double mean = Arrays.stream(values, from, to).average().orElse(0);
      for (int k = from; k < to; k++) {
        rest[k] -= mean;
      }
      from = to;
    }
    return rest;
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum / values.length;
  }

  private static double autocorrelation(double[] rest, double variance) {
    double sum = 0;
    for (int i = 1; i < rest.length; i++) {
      sum += rest[i] * rest[i - 1];
    }
    return variance == 0 ? 0 : sum / rest.length / variance;
  }

  /** Dynamic programme over the last cut. */
  private static List<Integer> optimal(double[] values, double penalty) {
    int n = values.length;
    double[] sums = new double[n + 1];
    double[] squares = new double[n + 1];
    for (int i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + values[i];
      squares[i + 1] = squares[i] + values[i] * values[i];
    }
    double[] best = new double[n + 1];
    int[] from = new int[n + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    for (int to = LEAST_SEGMENT; to <= n; to++) {
      for (int cut = 0; cut <= to - LEAST_SEGMENT; cut++) {
        double sum = sums[to] - sums[cut];
        double cost = best[cut] + squares[to] - squares[cut] - sum * sum / (to - cut) + penalty;
        if (cost < best[to]) {
          best[to] = cost;
          from[to] = cut;
        }
      }
    }
    List<Integer> cuts = new ArrayList<>();
    for (int at = from[n]; at > 0; at = from[at]) {
      cuts.add(at);
    }
    Collections.reverse(cuts);
    return cuts;
  }
}
