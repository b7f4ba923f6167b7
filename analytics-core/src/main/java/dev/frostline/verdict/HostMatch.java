package dev.frostline.verdict;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Weights that make the hosts of both sides alike. The share of cold page caches changes after
 * every deployment, so each start after is compared with those starts before that look most like it
 * in everything the deployment did not change.
 */
final class HostMatch {
  /** Density below which a start has no like on either side and weighs the same on both. */
  private static final double FAINT = 0.01;

  /** A start this many times farther from all others than usual has no like and does not count. */
  private static final double STRAY = 1.6;

  /** Weight of the difference in speed within the distance. */
  private static final double SPEED_WEIGHT = 0.3;

  /** Distance added when getrusage says the hosts were in different states. */
  private static final double STATE_DISTANCE = 1.0;

  /** Weight of each run; the weights of a side sum to 1. */
  final double[] weight;

  /** Starts of each side that count. */
  final int keptBefore;

  final int keptAfter;

  private final Standard standard;
  private final double[] speeds;
  private final int[] positions;
  private final double weightSum;
  private final double[][] distance;

  HostMatch(Standard standard, double[] speeds, boolean[] reference) {
    this.standard = standard;
    this.speeds = speeds;
    positions = truePositions(reference);
    weightSum = weightSum();
    distance = distances();
    weight = new double[speeds.length];
    boolean[] kept = keep();
    spread(kept);
    keptBefore = countPositive(0, standard.profile.runsBefore);
    keptAfter = countPositive(standard.profile.runsBefore, weight.length);
  }

  private static int[] truePositions(boolean[] reference) {
    int[] found = new int[reference.length];
    int count = 0;
    for (int k = 0; k < reference.length; k++) {
      if (reference[k]) {
        found[count++] = k;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private double weightSum() {
    double sum = 0;
    for (int k : positions) {
      sum += standard.weight[k];
    }
    return sum;
  }

  private double[][] distances() {
    int runs = speeds.length;
    float[][] residual = residuals(runs);
    float[] weights = new float[positions.length];
    for (int i = 0; i < positions.length; i++) {
      weights[i] = (float) (standard.weight[positions[i]] / weightSum);
    }
    double[][] result = new double[runs][runs];
    for (int a = 0; a < runs; a++) {
      for (int b = a + 1; b < runs; b++) {
        result[a][b] =
            between(residual[a], residual[b], weights)
                + SPEED_WEIGHT * Math.abs(speeds[a] - speeds[b]);
        result[a][b] += stateDistance(a, b);
        result[b][a] = result[a][b];
      }
    }
    return result;
  }

  private float[][] residuals(int runs) {
    float[][] residual = new float[runs][positions.length];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < positions.length; i++) {
        residual[run][i] =
            (float) (standard.log[run][positions[i]] - standard.level[positions[i]] - speeds[run]);
      }
    }
    return residual;
  }

  private static double between(float[] a, float[] b, float[] weights) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += weights[i] * Math.min(Math.abs(a[i] - b[i]), 1f);
    }
    return sum;
  }

  private double stateDistance(int a, int b) {
    @Nullable HostLoad one = standard.profile.start(a).host();
    @Nullable HostLoad other = standard.profile.start(b).host();
    if (one == null || other == null) {
      return 0;
    }
    return (one.coldCache() == other.coldCache() ? 0 : STATE_DISTANCE)
        + (one.disturbed() == other.disturbed() ? 0 : STATE_DISTANCE);
  }

  /**
   * A start counts unless it stands far from every other one; never are more than half of a side
   * dropped.
   */
  private boolean[] keep() {
    int runs = speeds.length;
    int runsBefore = standard.profile.runsBefore;
    double usual = usualDistance(runsBefore);
    boolean[] kept = new boolean[runs];
    for (int run = 0; run < runs; run++) {
      kept[run] = nearest(run) <= STRAY * usual;
    }
    if (countTrue(kept, 0, runsBefore) * 2 < runsBefore) {
      Arrays.fill(kept, 0, runsBefore, true);
    }
    if (countTrue(kept, runsBefore, runs) * 2 < runs - runsBefore) {
      Arrays.fill(kept, runsBefore, runs, true);
    }
    return kept;
  }

  private double usualDistance(int runsBefore) {
    double[] thirds = new double[runsBefore];
    double[] row = new double[runsBefore];
    for (int run = 0; run < runsBefore; run++) {
      System.arraycopy(distance[run], 0, row, 0, runsBefore);
      Arrays.sort(row);
      thirds[run] = row[Math.min(3, runsBefore - 1)];
    }
    return Robust.median(thirds);
  }

  private double nearest(int run) {
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < speeds.length; other++) {
      if (other != run) {
        least = Math.min(least, distance[run][other]);
      }
    }
    return least;
  }

  /**
   * Overlap weights: how likely a start that looks like this one comes from the other side, from
   * kernel densities of both sides around it, itself left out. Both sides are treated alike, so
   * equal sides get equal weights.
   */
  private void spread(boolean[] kept) {
    int runsBefore = standard.profile.runsBefore;
    double width = usualDistance(runsBefore);
    int before = countTrue(kept, 0, runsBefore);
    int after = countTrue(kept, runsBefore, weight.length);
    for (int run = 0; run < weight.length; run++) {
      if (!kept[run]) {
        continue;
      }
      boolean isAfter = run >= runsBefore;
      double likeBefore =
          density(run, kept, 0, runsBefore, width) / Math.max(1, before - (isAfter ? 0 : 1));
      double likeAfter =
          density(run, kept, runsBefore, weight.length, width)
              / Math.max(1, after - (isAfter ? 1 : 0));
      double other = isAfter ? likeBefore : likeAfter;
      weight[run] = (other + FAINT) / (likeBefore + likeAfter + 2 * FAINT);
    }
    normalise(0, runsBefore);
    normalise(runsBefore, weight.length);
  }

  private double density(int run, boolean[] kept, int from, int to, double width) {
    double sum = 0;
    for (int other = from; other < to; other++) {
      if (other != run && kept[other]) {
        double scaled = distance[run][other] / width;
        sum += Math.exp(-scaled * scaled / 2);
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
      weight[run] /= sum;
    }
  }

  private int countPositive(int from, int to) {
    int count = 0;
    for (int run = from; run < to; run++) {
      count += weight[run] > 0 ? 1 : 0;
    }
    return count;
  }

  private static int countTrue(boolean[] flags, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += flags[i] ? 1 : 0;
    }
    return count;
  }
}
