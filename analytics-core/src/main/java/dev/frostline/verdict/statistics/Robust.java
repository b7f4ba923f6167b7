package dev.frostline.verdict.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Location, spread and quantiles that one odd cold start cannot move far. */
public final class Robust {
  /** Scales a median absolute deviation to a standard deviation of normal noise. */
  public static final double MAD_TO_SD = 1.4826;

  private static final double CLIP_REACH = 1.75;
  private static final double CLIP_INSIDE = 0.75;

  private Robust() {}

  public static double median(double[] values) {
    return values.length == 0 ? Double.NaN : medianOfSorted(sorted(values));
  }

  /** Mean of the middle half. */
  public static double midmean(double[] values) {
    double[] sorted = sorted(values);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < sorted.length; i++) {
      double inside = Math.min(i + 1, 0.75 * sorted.length) - Math.max(i, 0.25 * sorted.length);
      double weight = Math.max(0, inside);
      sum += weight * sorted[i];
      weights += weight;
    }
    return sum / weights;
  }

  static double medianOfSorted(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  public static double mad(double[] values, double center) {
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - center);
    }
    return median(deviations);
  }

  /** The smallest value at which half of the weight is reached. */
  public static double weightedMedian(double[] values, double[] weights) {
    return weightedQuantile(values, weights, 0.5);
  }

  /**
   * The smallest value at which the given share of the weight is reached; by selection, since
   * sorting takes longest.
   */
  public static double weightedQuantile(double[] values, double[] weights, double share) {
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

  /**
   * How far a value may lie from the middle of its side before it is clipped: so many times the
   * distance that three quarters of the weight keep (two standard deviations of normal noise). Not
   * the median distance: an import that reads from disk on 45 of 100 hosts would lose them on this
   * side and keep them on a side where they are 55.
   */
  public static double reach(double[] values, double[] weights, double center) {
    double[] away = new double[values.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(values[i] - center);
    }
    return CLIP_REACH * weightedQuantile(away, weights, CLIP_INSIDE);
  }

  /** The value that stands at a position, counted from 0, when all are sorted. */
  public static double ordered(double[] values, int position) {
    double[] v = values.clone();
    int low = 0;
    int high = v.length - 1;
    while (low < high) {
      double pivot = medianOfThree(v[low], v[(low + high) >>> 1], v[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (v[i] < pivot) {
          i++;
        }
        while (v[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(v, i++, j--);
        }
      }
      if (position <= j) {
        high = j;
      } else if (position >= i) {
        low = i;
      } else {
        return pivot;
      }
    }
    return v[position];
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

  public static double tQuantile(double confidence, double degrees) {
    return TDistribution.of(degrees >= 1 ? degrees : 1)
        .inverseSurvivalProbability((1 - confidence) / 2);
  }

  /** Two-sided p value of a t statistic. */
  public static double tTwoSided(double t, double degrees) {
    return Double.isNaN(t)
        ? 1
        : Math.min(1, 2 * TDistribution.of(Math.max(1, degrees)).survivalProbability(Math.abs(t)));
  }

  public static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
