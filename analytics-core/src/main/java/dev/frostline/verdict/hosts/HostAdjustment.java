package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.ColumnMoments;
import dev.frostline.verdict.statistics.Robust;

/**
 * Takes out what weights leave: how an import's time follows the host factors, as slopes within the
 * sides. The label of a start never enters, so a change the deployment made stays in.
 */
public final class HostAdjustment {
  /** Pulls slopes towards nothing, in variances of a factor. */
  private static final double RIDGE = 0.1;

  /** One odd start may pull a slope no further than this (log time). */
  private static final double LEVERAGE = 1;

  private final double[][] centred;
  private final double[] toCommon0;
  private final double[] toCommon1;
  private final double[] weight;
  private final int runsBefore;
  private final double a;
  private final double b;
  private final double c;

  public HostAdjustment(HostMatch match, int runsBefore) {
    this.weight = match.weight;
    this.runsBefore = runsBefore;
    centred = new double[][] {match.factors[0].clone(), match.factors[1].clone()};
    toCommon0 = aroundCommonMean(centred[0]);
    toCommon1 = aroundCommonMean(centred[1]);
    center(centred[0]);
    center(centred[1]);
    a = product(centred[0], centred[0]);
    b = product(centred[0], centred[1]);
    c = product(centred[1], centred[1]);
  }

  /** Divides the influence of the factors out of all imports' times, by run and column. */
  public void apply(double[][] micros) {
    double[][] log = logs(micros);
    double[] p = new double[log[0].length];
    double[] q = new double[p.length];
    for (int run = 0; run < log.length; run++) {
      ColumnMoments.addProducts(p, weight[run] * centred[0][run], log[run]);
      ColumnMoments.addProducts(q, weight[run] * centred[1][run], log[run]);
    }
    double ridgeA = a * (1 + RIDGE) + 1e-9;
    double ridgeC = c * (1 + RIDGE) + 1e-9;
    double determinant = ridgeA * ridgeC - b * b;
    double[] slope0 = new double[p.length];
    double[] slope1 = new double[p.length];
    for (int column = 0; column < p.length; column++) {
      slope0[column] = (p[column] * ridgeC - q[column] * b) / determinant;
      slope1[column] = (q[column] * ridgeA - p[column] * b) / determinant;
    }
    for (int run = 0; run < log.length; run++) {
      double[] own = micros[run];
      for (int column = 0; column < p.length; column++) {
        double influence = slope0[column] * toCommon0[run] + slope1[column] * toCommon1[run];
        own[column] *= Math.exp(-Robust.within(influence, -LEVERAGE, LEVERAGE));
      }
    }
  }

  /** Logs of the times around their own side's mean, none further from it than the leverage. */
  private double[][] logs(double[][] micros) {
    double[][] log = new double[micros.length][micros[0].length];
    for (int run = 0; run < log.length; run++) {
      for (int column = 0; column < log[run].length; column++) {
        log[run][column] = Math.log(micros[run][column] < 1 ? 1 : micros[run][column]);
      }
    }
    double[] before = ColumnMoments.mean(log, weight, 0, runsBefore);
    double[] after = ColumnMoments.mean(log, weight, runsBefore, log.length);
    for (int run = 0; run < log.length; run++) {
      double[] own = log[run];
      double[] mean = run < runsBefore ? before : after;
      for (int column = 0; column < own.length; column++) {
        own[column] = Robust.within(own[column] - mean[column], -LEVERAGE, LEVERAGE);
      }
    }
    return log;
  }

  /** Distance from the middle between the two sides' means. */
  private double[] aroundCommonMean(double[] values) {
    double middle = (mean(values, 0, runsBefore) + mean(values, runsBefore, values.length)) / 2;
    double[] result = new double[values.length];
    for (int run = 0; run < values.length; run++) {
      result[run] = values[run] - middle;
    }
    return result;
  }

  private void center(double[] values) {
    double before = mean(values, 0, runsBefore);
    double after = mean(values, runsBefore, values.length);
    for (int run = 0; run < values.length; run++) {
      values[run] -= run < runsBefore ? before : after;
    }
  }

  private double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * values[run];
    }
    return sum;
  }

  private double product(double[] x, double[] y) {
    double sum = 0;
    for (int run = 0; run < x.length; run++) {
      sum += weight[run] * x[run] * y[run];
    }
    return sum;
  }
}
