package dev.frostline.verdict.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Westfall and Young's max-T: how large the largest statistic of all imports gets when the labels
 * of the starts mean nothing. Residuals of whole starts are permuted, so imports that vary together
 * stay together.
 */
public final class MaxT {
  private static final long SEED = 0x46726f73746c696eL;

  private final double[] largest;

  /**
   * @param residual residual[run][unit]: value less the location of its own side
   * @param weight weight of each run, negative for the side before; runs of weight 0 are left out
   * @param error standard error of each unit
   */
  public MaxT(double[][] residual, double[] weight, double[] error, int permutations) {
    int[] runs = counted(weight);
    double[] scale = new double[error.length];
    for (int unit = 0; unit < error.length; unit++) {
      scale[unit] = 1 / error[unit];
    }
    largest = new double[permutations];
    SplittableRandom random = new SplittableRandom(SEED);
    int[] shuffled = runs.clone();
    for (int i = 0; i < permutations; i++) {
      shuffle(shuffled, random);
      largest[i] = largestOf(residual, weight, runs, shuffled, scale);
    }
    Arrays.sort(largest);
  }

  /** Family-wise p value of an observed statistic. */
  public double p(double statistic) {
    int at = Arrays.binarySearch(largest, Math.abs(statistic));
    int below = at < 0 ? -at - 1 : firstEqual(at);
    return (1.0 + largest.length - below) / (1.0 + largest.length);
  }

  private int firstEqual(int at) {
    int first = at;
    while (first > 0 && largest[first - 1] == largest[at]) {
      first--;
    }
    return first;
  }

  private static int[] counted(double[] weight) {
    int[] runs = new int[weight.length];
    int count = 0;
    for (int run = 0; run < weight.length; run++) {
      if (weight[run] != 0) {
        runs[count++] = run;
      }
    }
    return Arrays.copyOf(runs, count);
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  private static double largestOf(
      double[][] residual, double[] weight, int[] runs, int[] shuffled, double[] scale) {
    double[] sums = new double[scale.length];
    for (int i = 0; i < runs.length; i++) {
      double w = weight[runs[i]];
      double[] row = residual[shuffled[i]];
      for (int unit = 0; unit < sums.length; unit++) {
        sums[unit] += w * row[unit];
      }
    }
    double most = 0;
    for (int unit = 0; unit < sums.length; unit++) {
      most = Math.max(most, Math.abs(sums[unit] * scale[unit]));
    }
    return most;
  }
}
