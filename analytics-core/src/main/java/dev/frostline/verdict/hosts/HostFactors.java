package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.Robust;

/**
 * The directions in which hosts differ most, read from imports that did not change: a cold page
 * cache slows extension modules and large files more than small ones, a disturbed CPU slows long
 * imports. Scores are principal components of the runs' residual profiles; they separate host
 * states that the distance of whole profiles drowns in noise.
 */
final class HostFactors {
  static final int COUNT = 2;
  private static final int ITERATIONS = 50;

  /** A component that moves less than this is found. */
  private static final double SETTLED = 1e-9;

  private static final int NEAREST_PART = 5;
  private static final double WIDTH = 2.5;

  private HostFactors() {}

  /** Scores in units of their usual spread: {@code scores[factor][run]}. */
  static double[][] scores(float[][] residual, float[] weights) {
    double[][] gram = gram(residual, weights);
    double[][] scores = new double[COUNT][];
    for (int factor = 0; factor < COUNT; factor++) {
      double[] vector = leading(gram);
      double value = rayleigh(gram, vector);
      for (int a = 0; a < vector.length; a++) {
        for (int b = 0; b < vector.length; b++) {
          gram[a][b] -= value * vector[a] * vector[b];
        }
      }
      scores[factor] = inSpreads(vector);
    }
    return scores;
  }

  /** Inner products of the runs' centred profiles. */
  private static double[][] gram(float[][] residual, float[] weights) {
    int runs = residual.length;
    float[][] clipped = new float[runs][weights.length];
    double[] mean = new double[weights.length];
    for (int run = 0; run < runs; run++) {
      float[] row = clipped[run];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) Robust.within(residual[run][i], -1, 1);
      }
      for (int i = 0; i < row.length; i++) {
        mean[i] += row[i] / runs;
      }
    }
    double[] root = new double[weights.length];
    for (int i = 0; i < root.length; i++) {
      root[i] = Math.sqrt(weights[i]);
    }
    double[][] centred = new double[runs][weights.length];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < mean.length; i++) {
        centred[run][i] = root[i] * (clipped[run][i] - mean[i]);
      }
    }
    double[][] gram = new double[runs][runs];
    for (int a = 0; a < runs; a++) {
      for (int b = a; b < runs; b++) {
        gram[a][b] = product(centred[a], centred[b]);
        gram[b][a] = gram[a][b];
      }
    }
    return gram;
  }

  /** Power iteration from the row of the most unusual run. */
  private static double[] leading(double[][] gram) {
    int start = 0;
    for (int run = 1; run < gram.length; run++) {
      start = gram[run][run] > gram[start][start] ? run : start;
    }
    double[] vector = unit(gram[start].clone());
    for (int i = 0; i < ITERATIONS; i++) {
      double[] next = unit(times(gram, vector));
      boolean settled = isSettled(next, vector);
      vector = next;
      if (settled) {
        break;
      }
    }
    return vector;
  }

  private static boolean isSettled(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (!(Math.abs(a[i] - b[i]) < SETTLED)) {
        return false;
      }
    }
    return true;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] result = new double[vector.length];
    for (int a = 0; a < result.length; a++) {
      result[a] = product(matrix[a], vector);
    }
    return result;
  }

  private static double rayleigh(double[][] gram, double[] vector) {
    return product(times(gram, vector), vector);
  }

  /** Four sums side by side, which a processor adds up at once. */
  private static double product(double[] x, double[] y) {
    double one = 0;
    double two = 0;
    double three = 0;
    double four = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      one += x[i] * y[i];
      two += x[i + 1] * y[i + 1];
      three += x[i + 2] * y[i + 2];
      four += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      one += x[i] * y[i];
    }
    return one + two + three + four;
  }

  private static double[] unit(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double length = Math.max(1e-300, Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  /**
   * The scale is how far the nearest fifth of the runs lies, so that two host states far apart do
   * not widen it.
   */
  private static double[] inSpreads(double[] vector) {
    double[] reach = new double[vector.length];
    double[] gaps = new double[vector.length];
    for (int run = 0; run < vector.length; run++) {
      for (int other = 0; other < vector.length; other++) {
        gaps[other] = Math.abs(vector[run] - vector[other]);
      }
      reach[run] = Robust.ordered(gaps, vector.length / NEAREST_PART);
    }
    double spread = Math.max(1e-9, WIDTH * Robust.median(reach));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= spread;
    }
    return vector;
  }
}
