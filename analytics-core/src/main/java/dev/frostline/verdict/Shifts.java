package dev.frostline.verdict;

import java.util.Arrays;

/**
 * Self time of every import at the speed of the side before, clipped within each side so that one stalled start moves
 * nothing, with the shift between the sides and its standard error.
 */
final class Shifts {
  /** Clip at so many median absolute deviations, plus a share of the level, plus a few microseconds of clock noise. */
  private static final double CLIP_MADS = 5;

  private static final double CLIP_SHARE = 0.10;
  private static final double CLIP_MICROS = 30;

  /** Prior of a self time's standard deviation: a share of its level and clock noise, worth so many starts. */
  private static final double PRIOR_SHARE = 0.06;

  private static final double PRIOR_MICROS = 20;
  private static final double PRIOR_DEGREES = 8;

  final Profile profile;
  final double[] weight;

  /** Normalised, clipped self time in microseconds: {@code micros[run][column]}. */
  final double[][] micros;

  /** Location per side and shift after - before, in microseconds. */
  final double[] before;

  final double[] after;

  /** Standard error of the shift, its variance shrunk towards what is usual for the level. */
  final double[] error;

  /** Sum over all imports per run, in microseconds. */
  final double[] totals;

  private final double squaresBefore;
  private final double squaresAfter;

  Shifts(Profile profile, double[] speeds, double[] weight) {
    this.profile = profile;
    this.weight = weight;
    squaresBefore = squares(0, profile.runsBefore);
    squaresAfter = squares(profile.runsBefore, profile.runs);
    micros = new double[profile.runs][profile.columns];
    before = new double[profile.columns];
    after = new double[profile.columns];
    error = new double[profile.columns];
    totals = new double[profile.runs];
    normalise(speeds);
    double[] column = new double[profile.runs];
    for (int j = 0; j < profile.columns; j++) {
      locate(j, column);
    }
    sumUp();
  }

  double shift(int column) {
    return after[column] - before[column];
  }

  /** Sum over chosen columns per run, for a package as a unit. */
  double[] sum(int[] columns) {
    double[] sums = new double[profile.runs];
    for (int run = 0; run < profile.runs; run++) {
      for (int column : columns) {
        sums[run] += micros[run][column];
      }
    }
    return sums;
  }

  /** Standard error of a difference whose sides have the given variances, each shrunk towards the prior of its level. */
  double shrunkError(double levelBefore, double varianceBefore, double levelAfter, double varianceAfter) {
    double a = shrink(levelBefore, varianceBefore, 1 / squaresBefore - 1) * squaresBefore;
    double b = shrink(levelAfter, varianceAfter, 1 / squaresAfter - 1) * squaresAfter;
    return Math.sqrt(a + b);
  }

  /** Weighted variance of one side around a mean. */
  double variance(double[] values, double mean, boolean sideAfter) {
    int from = sideAfter ? profile.runsBefore : 0;
    int to = sideAfter ? profile.runs : profile.runsBefore;
    double squares = sideAfter ? squaresAfter : squaresBefore;
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * (values[run] - mean) * (values[run] - mean);
    }
    return squares < 1 ? sum / (1 - squares) : 0;
  }

  double mean(double[] values, boolean sideAfter) {
    int from = sideAfter ? profile.runsBefore : 0;
    int to = sideAfter ? profile.runs : profile.runsBefore;
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * values[run];
    }
    return sum;
  }

  private static double shrink(double level, double variance, double degrees) {
    double prior = PRIOR_SHARE * PRIOR_SHARE * level * level + PRIOR_MICROS * PRIOR_MICROS;
    return (PRIOR_DEGREES * prior + degrees * variance) / (PRIOR_DEGREES + degrees);
  }

  private double squares(int from, int to) {
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * weight[run];
    }
    return sum;
  }

  private void normalise(double[] speeds) {
    for (int run = 0; run < profile.runs; run++) {
      double factor = Math.exp(-speeds[run]);
      for (int j = 0; j < profile.columns; j++) {
        micros[run][j] = profile.self[run][j] * factor;
      }
    }
  }

  private void locate(int j, double[] column) {
    clipSide(j, 0, profile.runsBefore);
    clipSide(j, profile.runsBefore, profile.runs);
    for (int run = 0; run < profile.runs; run++) {
      column[run] = micros[run][j];
    }
    before[j] = mean(column, false);
    after[j] = mean(column, true);
    error[j] =
        shrunkError(before[j], variance(column, before[j], false), after[j], variance(column, after[j], true));
  }

  private void clipSide(int j, int from, int to) {
    double[] values = new double[to - from];
    int count = 0;
    for (int run = from; run < to; run++) {
      if (weight[run] > 0) {
        values[count++] = micros[run][j];
      }
    }
    double[] counted = Arrays.copyOf(values, count);
    Arrays.sort(counted);
    double center = Robust.medianOfSorted(counted);
    for (int i = 0; i < count; i++) {
      counted[i] = Math.abs(counted[i] - center);
    }
    Arrays.sort(counted);
    double reach = CLIP_MADS * Robust.medianOfSorted(counted) + CLIP_SHARE * Math.abs(center) + CLIP_MICROS;
    for (int run = from; run < to; run++) {
      micros[run][j] = Math.max(center - reach, Math.min(center + reach, micros[run][j]));
    }
  }

  private void sumUp() {
    for (int run = 0; run < profile.runs; run++) {
      for (int j = 0; j < profile.columns; j++) {
        totals[run] += micros[run][j];
      }
    }
  }
}
