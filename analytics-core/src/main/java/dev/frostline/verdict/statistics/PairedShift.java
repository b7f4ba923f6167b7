package dev.frostline.verdict.statistics;

import java.util.Arrays;

/**
 * The shift between two sides measured in pairs, one run of each behind the other: Hodges and
 * Lehmann's estimate, the median of all pairwise means of the differences, with the interval of
 * Wilcoxon's signed ranks. What slows both runs of a pair cancels, and one odd run moves little.
 */
public final class PairedShift {
  private static final double Z_99 = 2.5758;

  private PairedShift() {}

  /** From the difference of each pair; NaN without any. */
  public static Interval of(double[] differences) {
    int n = differences.length;
    if (n == 0) {
      return Interval.NONE;
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
}
