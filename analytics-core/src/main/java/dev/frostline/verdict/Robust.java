package dev.frostline.verdict;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Location, spread and quantiles that one odd cold start cannot move far. */
final class Robust {
  /** Scales a median absolute deviation to a standard deviation of normal noise. */
  static final double MAD_TO_SD = 1.4826;

  private Robust() {}

  static double median(double[] values) {
    return values.length == 0 ? Double.NaN : medianOfSorted(sorted(values));
  }

  static double medianOfSorted(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static double mad(double[] values, double center) {
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - center);
    }
    return median(deviations);
  }

  /** The value at which half of the weight is reached; between two values their mean. */
  static double weightedMedian(double[] values, double[] weights) {
    long[] order = order(values);
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double running = 0;
    for (int i = 0; i < order.length; i++) {
      running += weights[(int) order[i]];
      if (running > total / 2 * (1 + 1e-12)) {
        return values[(int) order[i]];
      }
      if (running >= total / 2 * (1 - 1e-12) && i + 1 < order.length) {
        return (values[(int) order[i]] + values[(int) order[i + 1]]) / 2;
      }
    }
    return Double.NaN;
  }

  static double tQuantile(double confidence, double degrees) {
    return TDistribution.of(Math.max(1, degrees)).inverseSurvivalProbability((1 - confidence) / 2);
  }

  /** Two-sided p value of a t statistic. */
  static double tTwoSided(double t, double degrees) {
    return Double.isNaN(t) ? 1 : Math.min(1, 2 * TDistribution.of(Math.max(1, degrees)).survivalProbability(Math.abs(t)));
  }

  static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** Positions of the values in rising order; equal values keep their order. Sorts packed keys to stay off boxed types. */
  private static long[] order(double[] values) {
    double[] sorted = sorted(values);
    long[] keys = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      keys[i] = ((long) Arrays.binarySearch(sorted, values[i]) << 32) | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      keys[i] &= 0xffffffffL;
    }
    return keys;
  }
}
