package dev.frostline.verdict.statistics;

import java.util.Arrays;

/**
 * The shift between two sides measured in pairs, one run of each behind the other: Hodges and
 * Lehmann's estimate, the median of all pairwise means of the differences, with the interval of
 * Wilcoxon's signed ranks. What slows both runs of a pair cancels, and one odd run moves little.
 * Ranks of fewer than eight pairs have no 99 % interval: it is Student's there.
 */
public final class PairedShift {
  private static final double Z_99 = 2.5758;

  /** By degrees of freedom, from one on. */
  private static final double[] T_99 = {63.657, 9.925, 5.841, 4.604, 4.032, 3.707};

  private PairedShift() {}

  /** From the difference of each pair; NaN without any. */
  public static Interval of(double[] differences) {
    int n = differences.length;
    if (n == 0) {
      return Interval.NONE;
    }
    if (n > 1 && n <= T_99.length + 1) {
      return student(differences, T_99[n - 2]);
    }
    double[] means = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        means[at++] = (differences[i] + differences[j]) / 2;
      }
    }
    Arrays.sort(means);
    double spread = Math.sqrt(n * (n + 1.0) * (2 * n + 1) / 24);
    int cut = (int) Math.max(0, Math.floor(n * (n + 1) / 4.0 - Z_99 * spread));
    return new Interval(Robust.medianOfSorted(means), means[cut], means[means.length - 1 - cut]);
  }

  private static Interval student(double[] differences, double t) {
    int n = differences.length;
    double mean = Arrays.stream(differences).average().orElseThrow();
    double squares = Arrays.stream(differences).map(one -> (one - mean) * (one - mean)).sum();
    return Interval.of(mean, t * Math.sqrt(squares / (n - 1) / n));
  }
}
