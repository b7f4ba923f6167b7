package dev.frostline.verdict.statistics;

/**
 * Weighted mean and variance of many quantities over the same runs. They are summed up run by run,
 * so that a processor does several quantities at once; each comes out as it would alone.
 */
public final class ColumnMoments {
  /** Mean of each column. */
  public final double[] mean;

  /** Variance of each column; 0 where one run has all the weight. */
  public final double[] variance;

  /** Sum of the squared weights: one over the effective number of runs. */
  public final double squares;

  /**
   * @param rows values by run and column
   * @param weight of each run; those from {@code from} to {@code to} sum to 1
   */
  public ColumnMoments(double[][] rows, double[] weight, int from, int to) {
    mean = mean(rows, weight, from, to);
    variance = new double[mean.length];
    double sum = 0;
    for (int run = from; run < to; run++) {
      addSquares(variance, weight[run], rows[run], mean);
      sum += weight[run] * weight[run];
    }
    squares = sum;
    for (int column = 0; column < variance.length; column++) {
      variance[column] = squares < 1 ? variance[column] / (1 - squares) : 0;
    }
  }

  /** The means alone. */
  public static double[] mean(double[][] rows, double[] weight, int from, int to) {
    double[] mean = new double[rows[from].length];
    for (int run = from; run < to; run++) {
      addProducts(mean, weight[run], rows[run]);
    }
    return mean;
  }

  /** Adds a multiple of a row to sums of its columns. */
  public static void addProducts(double[] sums, double factor, double[] row) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += factor * row[column];
    }
  }

  private static void addSquares(double[] sums, double factor, double[] row, double[] mean) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += factor * (row[column] - mean[column]) * (row[column] - mean[column]);
    }
  }
}
