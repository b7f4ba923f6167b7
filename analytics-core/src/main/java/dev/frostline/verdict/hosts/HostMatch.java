package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;

/**
 * Weights that make the hosts of both sides alike. The share of cold page caches changes after
 * every deployment, so each start after is compared with those starts before that look most like it
 * in everything the deployment did not change.
 */
public final class HostMatch {
  /**
   * The kernel on whole profiles is wide: the factors separate host states, the profile only what
   * they miss.
   */
  private static final double WIDENED = 1.5;

  /**
   * Density below which a start's profile has no like on either side, as where code changed it: it
   * then weighs the same as every other start on hosts in its state.
   */
  private static final double FAINT = 0.01;

  /** Parts of one in which distances are counted. */
  private static final float FIXED = 1 << 24;

  /** Fewer shared imports than this say nothing about hosts: every start weighs the same then. */
  private static final int LEAST_IMPORTS = 5;

  /** Weight of the difference in speed within the distance. */
  private static final double SPEED_WEIGHT = 0.3;

  /** Weight of each run; the weights of a side sum to 1. */
  public final double[] weight;

  /** Starts of equal weight, all with real likes on the other side, that each side is worth. */
  public final double effectiveBefore;

  public final double effectiveAfter;

  /**
   * Median distance of a start to its third nearest: how unlike each other even the most alike
   * hosts are.
   */
  public final double unrest;

  private final InternalStandard standard;
  private final double[] speeds;
  private final CommonSupport support;
  private final int[] positions;
  private final double weightSum;
  private final double[][] distance;
  final double[][] factors;

  HostMatch(
      InternalStandard standard, double[] speeds, boolean[] reference, CommonSupport support) {
    this.standard = standard;
    this.speeds = speeds;
    this.support = support;
    positions = ControlImports.truePositions(reference);
    weightSum = weightSum();
    float[][] residual = residuals();
    float[] weights = weights();
    distance = distances(residual, weights);
    factors = HostFactors.scores(residual, weights);
    weight = new double[speeds.length];
    unrest = spread();
    effectiveBefore = effective(0, standard.profile.runsBefore);
    effectiveAfter = effective(standard.profile.runsBefore, weight.length);
    normalise(0, standard.profile.runsBefore);
    normalise(standard.profile.runsBefore, weight.length);
  }

  private double weightSum() {
    double sum = 0;
    for (int k : positions) {
      sum += standard.weight[k];
    }
    return sum;
  }

  private float[] weights() {
    float[] weights = new float[positions.length];
    for (int i = 0; i < positions.length; i++) {
      weights[i] = (float) (standard.weight[positions[i]] / weightSum);
    }
    return weights;
  }

  private double[][] distances(float[][] residual, float[] weights) {
    int runs = speeds.length;
    int[] most = new int[weights.length];
    int all = 0;
    int[][] scaled = new int[runs][weights.length];
    for (int i = 0; i < most.length; i++) {
      most[i] = Math.round(weights[i] * FIXED);
      all += most[i];
    }
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < most.length; i++) {
        scaled[run][i] = rounded(residual[run][i] * weights[i] * FIXED);
      }
    }
    double[][] result = new double[runs][runs];
    for (int a = 0; a < runs; a++) {
      for (int b = a + 1; b < runs; b++) {
        result[a][b] =
            between(scaled[a], scaled[b], most, all) / FIXED
                + SPEED_WEIGHT * Math.abs(speeds[a] - speeds[b]);
        result[b][a] = result[a][b];
      }
    }
    return result;
  }

  /** As {@link Math#round} does, which takes longer. */
  private static int rounded(float value) {
    double up = value + 0.5;
    int whole = (int) up;
    return up < whole ? whole - 1 : whole;
  }

  private float[][] residuals() {
    int runs = speeds.length;
    float[][] residual = new float[runs][positions.length];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < positions.length; i++) {
        residual[run][i] =
            (float) (standard.log[run][positions[i]] - standard.level[positions[i]] - speeds[run]);
      }
    }
    return residual;
  }

  /**
   * Weighted mean of min(|difference|, 1): of whole numbers and by min(d, m) = (d + m - |d - m|) /
   * 2, which a processor adds up side by side.
   *
   * @param all sum of the most that each may add
   */
  private static int between(int[] a, int[] b, int[] most, int all) {
    int twice = all;
    for (int i = 0; i < most.length; i++) {
      int gap = Math.abs(a[i] - b[i]);
      twice += gap - Math.abs(gap - most[i]);
    }
    return twice / 2;
  }

  /**
   * Overlap weights: a start weighs as much as the starts of the other side among all that look
   * like it, counted by a kernel around it, itself left out. Of all weights that make the sides
   * alike these give the least variance (Li, Morgan and Zaslavsky 2018): a few starts after keep
   * nearly all of their weight where there are many to match them with. Starts that resemble few
   * others, as those on a disturbed host do, weigh less.
   */
  private double spread() {
    int runsBefore = standard.profile.runsBefore;
    int runs = weight.length;
    double[] strangeness = strangeness();
    double width = Robust.median(Arrays.copyOf(strangeness, runsBefore));
    double usual = Robust.sorted(strangeness)[runs / 4];
    for (int run = 0; run < runs; run++) {
      double before = alike(run, 0, runsBefore, width);
      double after = alike(run, runsBefore, runs, width);
      double other = run < runsBefore ? after : before;
      double calm = Math.min(1, usual / strangeness[run]);
      boolean tells = positions.length >= LEAST_IMPORTS;
      double likes = tells ? calm * calm * other / (before + after) : 1;
      weight[run] = support.counts[run] ? likes : 0;
    }
    return Robust.median(strangeness);
  }

  /** Distance of each start to its third nearest. */
  private double[] strangeness() {
    double[] result = new double[weight.length];
    for (int run = 0; run < result.length; run++) {
      int third = Math.min(3, result.length - 1);
      result[run] = Math.max(1e-9, Robust.ordered(distance[run], third));
    }
    return result;
  }

  /** How many starts of a part on hosts in the same state look like this one. */
  private double alike(int run, int from, int to, double width) {
    double sum = 0;
    for (int other = from; other < to; other++) {
      if (other != run && support.alike(run, other)) {
        double scaled = distance[run][other] / (WIDENED * width);
        double squares = scaled * scaled;
        for (double[] factor : factors) {
          squares += (factor[run] - factor[other]) * (factor[run] - factor[other]);
        }
        sum += FAINT + Math.exp(-squares / 2);
      }
    }
    return sum;
  }

  private void normalise(int from, int to) {
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run];
    }
    for (int run = from; run < to; run++) {
      weight[run] = sum == 0 ? 1.0 / (to - from) : weight[run] / sum;
    }
  }

  /** Starts of equal weight that would say as much. */
  private double effective(int from, int to) {
    double sum = 0;
    double squares = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run];
      squares += weight[run] * weight[run];
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }
}
