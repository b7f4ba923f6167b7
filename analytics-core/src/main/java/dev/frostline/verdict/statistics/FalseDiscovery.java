package dev.frostline.verdict.statistics;

import java.util.Arrays;

/**
 * Benjamini and Hochberg's correction: q is the share of false ones among all with a p value as
 * small.
 */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /** One q per p; NaN (nothing tested) stays NaN and does not count. */
  public static double[] qValues(double[] p) {
    Integer[] order = new Integer[p.length];
    int tested = 0;
    for (int i = 0; i < p.length; i++) {
      if (!Double.isNaN(p[i])) {
        order[tested++] = i;
      }
    }
    Integer[] ranked = Arrays.copyOf(order, tested);
    Arrays.sort(ranked, (a, b) -> Double.compare(p[a], p[b]));
    double[] q = new double[p.length];
    Arrays.fill(q, Double.NaN);
    double least = 1;
    for (int rank = tested; rank >= 1; rank--) {
      int at = ranked[rank - 1];
      least = Math.min(least, p[at] * tested / rank);
      q[at] = least;
    }
    return q;
  }
}
