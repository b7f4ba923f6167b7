package dev.frostline.verdict.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rank sums over every split of a series: no assumption about the distribution, and one odd value
 * moves little.
 */
public final class Ranks {
  private static final long SEED = 0x5363616eL;

  private Ranks() {}

  /** Mid-ranks of a part of a series. */
  public static double[] of(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    double[] ranks = new double[to - from];
    for (int i = 0; i < ranks.length; i++) {
      int first = Arrays.binarySearch(sorted, values[from + i]);
      int last = first;
      while (first > 0 && sorted[first - 1] == values[from + i]) {
        first--;
      }
      while (last < sorted.length - 1 && sorted[last + 1] == values[from + i]) {
        last++;
      }
      ranks[i] = (first + last) / 2.0 + 1;
    }
    return ranks;
  }

  /** Spearman's correlation of two columns. */
  public static double correlation(double[] x, double[] y) {
    double[] one = of(x, 0, x.length);
    double[] other = of(y, 0, y.length);
    double middle = (x.length + 1) / 2.0;
    double products = 0;
    for (int i = 0; i < one.length; i++) {
      products += (one[i] - middle) * (other[i] - middle);
    }
    double scale = (x.length - 1) * Math.sqrt(spread(one) * spread(other));
    return scale == 0 ? 0 : products / scale;
  }

  /** Split with the largest standardised rank sum. */
  public static int strongestSplit(double[] ranks, int least) {
    double sum = 0;
    double most = -1;
    int best = least;
    double spread = spread(ranks);
    double middle = (ranks.length + 1) / 2.0;
    for (int split = 1; split <= ranks.length - least; split++) {
      sum += ranks[split - 1] - middle;
      double statistic = split < least ? -1 : standardised(sum, split, ranks.length, spread);
      if (statistic > most) {
        most = statistic;
        best = split;
      }
    }
    return best;
  }

  public static double statistic(double[] ranks, int split) {
    double sum = 0;
    for (int i = 0; i < split; i++) {
      sum += ranks[i] - (ranks.length + 1) / 2.0;
    }
    return standardised(sum, split, ranks.length, spread(ranks));
  }

  public static double critical(int length, int least, int permutations, double alpha) {
    double[] ranks = new double[length];
    for (int i = 0; i < length; i++) {
      ranks[i] = i + 1;
    }
    SplittableRandom random = new SplittableRandom(SEED + length);
    double[] largest = new double[permutations];
    for (int i = 0; i < permutations; i++) {
      for (int k = length - 1; k > 0; k--) {
        int other = random.nextInt(k + 1);
        double kept = ranks[k];
        ranks[k] = ranks[other];
        ranks[other] = kept;
      }
      largest[i] = statistic(ranks, strongestSplit(ranks, least));
    }
    Arrays.sort(largest);
    return largest[(int) Math.ceil((1 - alpha) * permutations) - 1];
  }

  /** Variance of one rank; ties make it smaller. */
  private static double spread(double[] ranks) {
    double middle = (ranks.length + 1) / 2.0;
    double sum = 0;
    for (double rank : ranks) {
      sum += (rank - middle) * (rank - middle);
    }
    return sum / (ranks.length - 1);
  }

  private static double standardised(double sum, int split, int length, double spread) {
    double variance = spread * split * (length - split) / length;
    return variance == 0 ? 0 : Math.abs(sum) / Math.sqrt(variance);
  }
}
