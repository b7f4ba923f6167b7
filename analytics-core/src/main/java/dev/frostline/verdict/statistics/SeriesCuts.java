package dev.frostline.verdict.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a series into levels by penalised least squares. A cut must pay three times the variance of
 * the whole series times the log of its length: for a level, its place and its spread. The whole
 * series' variance, not the noise's, is the measure, because neighbouring days resemble each other
 * and drifts would buy cuts at the price of noise.
 */
public final class SeriesCuts {
  private static final double PENALTY = 3;
  private static final int LEAST_SEGMENT = 2;

  private SeriesCuts() {}

  public static List<Integer> of(double[] values) {
    if (values.length < 2 * LEAST_SEGMENT + 1) {
      return List.of();
    }
    return optimal(values, PENALTY * variance(values) * Math.log(values.length));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.max(sum / values.length, Double.MIN_NORMAL);
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
