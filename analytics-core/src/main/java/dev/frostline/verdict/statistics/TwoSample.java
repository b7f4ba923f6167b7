package dev.frostline.verdict.statistics;

/**
 * Weighted means of two sides of one quantity: difference, standard error and Welch's degrees of
 * freedom.
 */
public record TwoSample(double before, double after, double standardError, double degrees) {
  /**
   * Values of every run; the first {@code runsBefore} are the side before. Weights of a side sum to
   * 1.
   */
  public static TwoSample of(double[] values, double[] weight, int runsBefore) {
    double[] first = side(values, weight, 0, runsBefore);
    double[] second = side(values, weight, runsBefore, values.length);
    return of(
        first[0],
        second[0],
        first[1] * first[2],
        Math.max(1, 1 / first[2] - 1),
        second[1] * second[2],
        Math.max(1, 1 / second[2] - 1));
  }

  /** From the squared standard error of each side's mean, and the degrees of freedom it has. */
  public static TwoSample of(
      double before, double after, double a, double degreesA, double b, double degreesB) {
    double degrees =
        a + b == 0
            ? degreesA + degreesB
            : (a + b) * (a + b) / (a * a / degreesA + b * b / degreesB);
    return new TwoSample(before, after, Math.sqrt(a + b), degrees);
  }

  /** With a standard error so many times as large. */
  public TwoSample scattered(double scatter) {
    return new TwoSample(before, after, scatter * standardError, degrees);
  }

  public double difference() {
    return after - before;
  }

  public double p() {
    if (standardError == 0) {
      return difference() == 0 ? 1 : 0;
    }
    return Robust.tTwoSided(difference() / standardError, degrees);
  }

  public Interval interval(double confidence) {
    return Interval.of(difference(), Robust.tQuantile(confidence, degrees) * standardError);
  }

  /** Mean, variance, and sum of squared weights (one over the effective sample size). */
  private static double[] side(double[] values, double[] weight, int from, int to) {
    double mean = 0;
    double squares = 0;
    for (int run = from; run < to; run++) {
      mean += weight[run] * values[run];
      squares += weight[run] * weight[run];
    }
    double variance = 0;
    for (int run = from; run < to; run++) {
      variance += weight[run] * (values[run] - mean) * (values[run] - mean);
    }
    return new double[] {mean, squares < 1 ? variance / (1 - squares) : 0, squares};
  }
}
