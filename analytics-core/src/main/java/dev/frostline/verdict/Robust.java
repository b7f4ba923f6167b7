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

  /** The same for sorted values around a value among them: two fingers instead of a sort. */
  static double madOfSorted(double[] sorted, double center) {
    int right = 0;
    while (right < sorted.length && sorted[right] < center) {
      right++;
    }
    int left = right - 1;
    double[] deviations = new double[sorted.length];
    for (int i = 0; i < deviations.length; i++) {
      boolean fromLeft =
          right == sorted.length
              || (left >= 0 && Math.abs(sorted[left] - center) <= Math.abs(sorted[right] - center));
      deviations[i] = Math.abs(sorted[fromLeft ? left-- : right++] - center);
    }
    return medianOfSorted(deviations);
  }

  static double mad(double[] values, double center) {
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - center);
    }
    return median(deviations);
  }

  /** The smallest value at which half of the weight is reached. */
  static double weightedMedian(double[] values, double[] weights) {
    return weightedQuantile(values, weights, 0.5);
  }

  /**
   * The smallest value at which the given share of the weight is reached; by selection, since
   * sorting takes longest.
   */
  static double weightedQuantile(double[] values, double[] weights, double share) {
    double[] v = values.clone();
    double[] w = weights.clone();
    double wanted = share * sum(weights) * (1 - 1e-12);
    int low = 0;
    int high = v.length - 1;
    while (low < high) {
      double pivot = medianOfThree(v[low], v[(low + high) >>> 1], v[high]);
      int i = low;
      int j = high;
      double left = 0;
      while (i <= j) {
        while (v[i] < pivot) {
          left += w[i++];
        }
        while (v[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(v, i, j);
          swap(w, i, j);
          left += w[i++];
          j--;
        }
      }
      // Now low..j is at most the pivot, i..high at least; between them at most one value, the
      // pivot itself.
      double upToJ = left - (i - j == 2 ? w[i - 1] : 0);
      if (wanted <= upToJ) {
        high = j;
      } else if (wanted <= left) {
        return pivot;
      } else {
        wanted -= left;
        low = i;
      }
    }
    return v[low];
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double medianOfThree(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }

  static double tQuantile(double confidence, double degrees) {
    return TDistribution.of(Math.max(1, degrees)).inverseSurvivalProbability((1 - confidence) / 2);
  }

  /** Two-sided p value of a t statistic. */
  static double tTwoSided(double t, double degrees) {
    return Double.isNaN(t)
        ? 1
        : Math.min(1, 2 * TDistribution.of(Math.max(1, degrees)).survivalProbability(Math.abs(t)));
  }

  static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
