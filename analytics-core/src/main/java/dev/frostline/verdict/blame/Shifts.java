package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.HostAdjustment;
import dev.frostline.verdict.hosts.HostMatch;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.hosts.ReferenceImports;
import dev.frostline.verdict.statistics.Clip;
import dev.frostline.verdict.statistics.ColumnMoments;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.Arrays;

/**
 * Self time of every import at the speed of the side before, clipped within each side so that one
 * stalled start moves nothing, with the shift between the sides and its standard error.
 */
public final class Shifts {
  /** A share of the level and a few microseconds of clock noise are never clipped. */
  private static final double CLIP_SHARE = 0.05;

  private static final double CLIP_MICROS = 30;

  /**
   * Distance between the most alike starts at which hosts are calm, and at which only the lower
   * part of times is kept.
   */
  private static final double CALM = 0.15;

  private static final double RESTLESS = 0.25;
  private static final double LEAST_KEPT = 0.4;

  /**
   * Prior of a self time's standard deviation: a share of its level and clock noise, worth so many
   * starts. On restless hosts the share is what even the most alike of them differ by beyond calm
   * ones: a few starts, of which the lower part alone is averaged, may lie close together by
   * chance.
   */
  private static final double PRIOR_SHARE = 0.06;

  private static final double PRIOR_MICROS = 20;
  private static final double PRIOR_DEGREES = 8;

  final Profile profile;
  public final double[] weight;

  /** Normalised, clipped self time in microseconds: {@code micros[run][column]}. */
  final double[][] micros;

  /** Location per side and shift after - before, in microseconds. */
  final double[] before;

  final double[] after;

  /** Standard error of the shift, its variance shrunk towards what is usual for the level. */
  final double[] error;

  /** Sum over all imports per run, in microseconds. */
  public final double[] totals;

  /** What the comparison says about imports that no deployment changes. */
  public final ControlDrift drift;

  private final double kept;
  private final double priorShare;
  private final double squaresBefore;
  private final double squaresAfter;

  public Shifts(Profile profile, double[] speeds, ReferenceImports reference) {
    HostMatch match = reference.match;
    this.profile = profile;
    weight = match.weight;
    kept = keptShare(match.unrest);
    priorShare = Math.hypot(PRIOR_SHARE, Math.max(0, match.unrest - CALM));
    squaresBefore = squares(0, profile.runsBefore);
    squaresAfter = squares(profile.runsBefore, profile.runs);
    micros = new double[profile.runs][profile.columns];
    error = new double[profile.columns];
    totals = new double[profile.runs];
    normalise(speeds);
    new HostAdjustment(match, profile.runsBefore).apply(micros);
    settle(0, profile.runsBefore);
    settle(profile.runsBefore, profile.runs);
    ColumnMoments first = new ColumnMoments(micros, weight, 0, profile.runsBefore);
    ColumnMoments second = new ColumnMoments(micros, weight, profile.runsBefore, profile.runs);
    before = first.mean;
    after = second.mean;
    for (int j = 0; j < profile.columns; j++) {
      error[j] =
          moderated(
                  before[j],
                  after[j],
                  first.variance[j],
                  second.variance[j],
                  Math.abs(before[j]),
                  Math.abs(after[j]))
              .standardError();
    }
    sumUp();
    drift = ControlDrift.of(this, reference.controlColumns(), reference.hasControls());
    for (int j = 0; j < profile.columns; j++) {
      error[j] *= drift.scatter;
    }
  }

  public double shift(int column) {
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

  /**
   * Chosen columns as one quantity: their shift, with each side's variance shrunk towards what is
   * usual, and the degrees of freedom that the prior adds (a moderated t, as in limma).
   */
  public TwoSample of(int[] columns) {
    return plain(columns).scattered(drift.scatter);
  }

  /** Change of chosen columns that hosts alone may make, in microseconds. */
  public double hostDoubt(int[] columns) {
    double stayed = 0;
    for (int column : columns) {
      stayed += Math.min(before[column], after[column]);
    }
    return (drift.bias + drift.speedDoubt) * stayed;
  }

  private TwoSample plain(int[] columns) {
    double[] values = sum(columns);
    double meanBefore = mean(values, false);
    double meanAfter = mean(values, true);
    return moderated(
        meanBefore,
        meanAfter,
        variance(values, meanBefore, false),
        variance(values, meanAfter, true),
        level(columns, before),
        level(columns, after));
  }

  /**
   * @param levelBefore level that the prior spread before is a share of
   * @param levelAfter that after
   */
  private TwoSample moderated(
      double meanBefore,
      double meanAfter,
      double varianceBefore,
      double varianceAfter,
      double levelBefore,
      double levelAfter) {
    double degreesBefore = 1 / squaresBefore - 1;
    double degreesAfter = 1 / squaresAfter - 1;
    double shared =
        (degreesBefore * varianceBefore + degreesAfter * varianceAfter)
            / (degreesBefore + degreesAfter);
    double a = shrink(levelBefore, varianceBefore, degreesBefore, shared) * squaresBefore;
    double b = shrink(levelAfter, varianceAfter, degreesAfter, shared) * squaresAfter;
    return TwoSample.of(
        meanBefore, meanAfter, a, PRIOR_DEGREES + degreesBefore, b, PRIOR_DEGREES + degreesAfter);
  }

  /** Level with the same prior spread as the columns have together when they vary on their own. */
  private static double level(int[] columns, double[] location) {
    double squares = 0;
    for (int column : columns) {
      squares += location[column] * location[column];
    }
    return Math.sqrt(squares);
  }

  /** Weighted variance of one side around a mean. */
  public double variance(double[] values, double mean, boolean sideAfter) {
    int from = sideAfter ? profile.runsBefore : 0;
    int to = sideAfter ? profile.runs : profile.runsBefore;
    double squares = sideAfter ? squaresAfter : squaresBefore;
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * (values[run] - mean) * (values[run] - mean);
    }
    return squares < 1 ? sum / (1 - squares) : 0;
  }

  public double mean(double[] values, boolean sideAfter) {
    int from = sideAfter ? profile.runsBefore : 0;
    int to = sideAfter ? profile.runs : profile.runsBefore;
    double sum = 0;
    for (int run = from; run < to; run++) {
      sum += weight[run] * values[run];
    }
    return sum;
  }

  private double shrink(double level, double variance, double degrees, double shared) {
    double prior = priorShare * priorShare * level * level + PRIOR_MICROS * PRIOR_MICROS;
    return (PRIOR_DEGREES * Math.max(prior, shared) + degrees * variance)
        / (PRIOR_DEGREES + degrees);
  }

  private static double keptShare(double unrest) {
    double over = (unrest - CALM) / (RESTLESS - CALM);
    return 1 - (1 - LEAST_KEPT) * Math.max(0, Math.min(1, over));
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

  /**
   * Clips a side's values around their weighted median, so that the hosts that count say what is
   * usual, and, on restless hosts, keeps only their lower part: a long import is interrupted more
   * often than a short one, so its mean says more about the host than about the code. What is left
   * are values whose mean is the mean of the lower part and whose spread gives that mean's standard
   * error.
   */
  private void settle(int from, int to) {
    double[] values = new double[to - from];
    double[] weights = Arrays.copyOfRange(weight, from, to);
    for (int j = 0; j < profile.columns; j++) {
      for (int run = from; run < to; run++) {
        values[run - from] = micros[run][j];
      }
      settle(j, from, values, weights);
    }
  }

  private void settle(int j, int from, double[] values, double[] weights) {
    Clip clip = Clip.of(values, weights);
    double center = clip.center();
    double reach = clip.reach() + CLIP_SHARE * Math.abs(center) + CLIP_MICROS;
    double cut =
        kept < 1 ? Robust.weightedQuantile(values, weights, kept) : Double.POSITIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      double value = Robust.within(values[i], center - reach, center + reach);
      micros[from + i][j] = kept < 1 ? (Math.min(value, cut) - (1 - kept) * cut) / kept : value;
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
