package dev.frostline.verdict.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Location, spread and quantiles that one odd cold start cannot move far. */
public final class Robust {
  /** Scales a median absolute deviation to a standard deviation of normal noise. */
  public static final double MAD_TO_SD = 1.4826;

  /** So many values are sorted sooner than shared out. */
  static final int FEW = 20;

  private static final int BUCKETS = 64;

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

  /** The same where they are in order; at least one. */
  public static double medianOfSorted(double[] sorted) {
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
   * The smallest value at which the given share of the weight is reached. Values are shared out
   * among buckets of equal width, then those of the bucket that it lies in, until they are few:
   * each is looked at once or twice, and without a guess that a processor could get wrong, which
   * sorting and pivots cost.
   */
  public static double weightedQuantile(double[] values, double[] weights, double share) {
    double[] v = values;
    double[] w = weights;
    double wanted = wanted(weights, share);
    while (v.length > FEW) {
      double least = v[0];
      double most = v[0];
      for (double one : v) {
        least = one < least ? one : least;
        most = one > most ? one : most;
      }
      double scale = BUCKETS / (most - least);
      int[] bucket = new int[v.length];
      int[] sizes = new int[BUCKETS];
      double[] reached = new double[BUCKETS];
      for (int i = 0; i < bucket.length; i++) {
        int at = Math.min(BUCKETS - 1, (int) (scale * (v[i] - least)));
        bucket[i] = at;
        sizes[at]++;
        reached[at] += w[i];
      }
      int chosen = 0;
      while (chosen < BUCKETS - 1 && reached[chosen] < wanted) {
        wanted -= reached[chosen++];
      }
      if (sizes[chosen] == v.length) {
        break; // all are equal
      }
      double[] kept = new double[sizes[chosen]];
      double[] keptWeights = new double[sizes[chosen]];
      for (int i = 0, next = 0; next < kept.length; i++) {
        kept[next] = v[i];
        keptWeights[next] = w[i];
        next += bucket[i] == chosen ? 1 : 0;
      }
      v = kept;
      w = keptWeights;
    }
    v = v.clone();
    w = w.clone();
    sort(v, w);
    return v[reaching(wanted, w)];
  }

  /** A share of all weight, less what adding it up in another order may change. */
  static double wanted(double[] weights, double share) {
    return share * sum(weights) * (1 - 1e-12);
  }

  /** Where so much weight is reached first. */
  static int reaching(double wanted, double[] weights) {
    double rest = wanted;
    int first = 0;
    while (first < weights.length - 1 && weights[first] < rest) {
      rest -= weights[first++];
    }
    return first;
  }

  /** Sorts few values and their weights by value. */
  static void sort(double[] values, double[] weights) {
    for (int i = 1; i < values.length; i++) {
      double value = values[i];
      double weight = weights[i];
      int at = i;
      for (; at > 0 && values[at - 1] > value; at--) {
        values[at] = values[at - 1];
        weights[at] = weights[at - 1];
      }
      values[at] = value;
      weights[at] = weight;
    }
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

  /** The nearest value that is no less than {@code least} and no more than {@code most}. */
  public static double within(double value, double least, double most) {
    return value > most ? most : value < least ? least : value;
  }

  /** Four sums side by side, which a processor adds up at once. */
  private static double sum(double[] values) {
    double one = 0;
    double two = 0;
    double three = 0;
    double four = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      one += values[i];
      two += values[i + 1];
      three += values[i + 2];
      four += values[i + 3];
    }
    for (; i < values.length; i++) {
      one += values[i];
    }
    return one + two + three + four;
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
    sort(copy);
    return copy;
  }

  /** As {@link Arrays#sort} does, which is slow to begin. */
  public static void sort(double[] values) {
    if (values.length > FEW) {
      Arrays.sort(values);
      return;
    }
    for (int i = 1; i < values.length; i++) {
      double value = values[i];
      int at = i;
      for (; at > 0 && Double.compare(values[at - 1], value) > 0; at--) {
        values[at] = values[at - 1];
      }
      values[at] = value;
    }
  }
}
