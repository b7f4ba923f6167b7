package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The internal standard: how fast the host of each cold start was, read from imports that did not
 * change. What a host slows down it slows down everywhere, so the weighted median of log(self /
 * usual self) over many unchanged imports is its speed.
 */
public final class InternalStandard {
  /** Imports shorter than this are mostly clock resolution. */
  private static final double CORE_MICROS = 50;

  /** No import may weigh more than this: the standard must not hang on one of them. */
  private static final double WEIGHT_CAP = 0.03;

  /** Of whole microseconds: most imports are as short, and a log takes longer than a look. */
  private static final double[] LOGS = IntStream.range(0, 4096).mapToDouble(Math::log).toArray();

  public final Profile profile;

  /** Columns in nearly every start of both sides and long enough to time. */
  public final int[] core;

  /** log of self time per run and core position. */
  public final double[][] log;

  /** Median log self time before, per core position. */
  public final double[] level;

  /** Weight per core position: square root of the usual self time, capped. */
  public final double[] weight;

  public InternalStandard(Profile profile) {
    this.profile = profile;
    double[] micros = new double[profile.columns];
    double[] levels = new double[profile.columns];
    core = coreColumns(profile, micros, levels);
    log = new double[profile.runs][core.length];
    level = new double[core.length];
    weight = new double[core.length];
    fillLogs(levels);
    fillWeights(micros);
  }

  /**
   * Log speed factor of every run from the chosen core positions (all when {@code use} has no
   * true).
   */
  public double[] speeds(boolean[] use) {
    int count = 0;
    for (boolean one : use) {
      count += one ? 1 : 0;
    }
    int[] chosen = new int[count];
    double[] weights = new double[count];
    int next = 0;
    for (int k = 0; k < core.length; k++) {
      if (use[k]) {
        weights[next] = weight[k];
        chosen[next++] = k;
      }
    }
    double[] speeds = new double[profile.runs];
    double[] ratios = new double[count];
    for (int run = 0; run < profile.runs; run++) {
      for (int i = 0; i < count; i++) {
        ratios[i] = log[run][chosen[i]] - level[chosen[i]];
      }
      speeds[run] = count == 0 ? 0 : Robust.weightedMedian(ratios, weights);
    }
    return speeds;
  }

  /** What each run took beside its usual time at its speed, in logs, by run and core position. */
  public double[][] residuals(double[] speeds) {
    double[][] residual = new double[log.length][core.length];
    for (int run = 0; run < log.length; run++) {
      double[] row = residual[run];
      double[] own = log[run];
      double speed = speeds[run];
      for (int k = 0; k < row.length; k++) {
        row[k] = own[k] - level[k] - speed;
      }
    }
    return residual;
  }

  public boolean[] all() {
    boolean[] use = new boolean[core.length];
    Arrays.fill(use, true);
    return use;
  }

  private static int[] coreColumns(Profile profile, double[] micros, double[] levels) {
    int[] found = new int[profile.columns];
    int count = 0;
    double[] before = new double[profile.runsBefore];
    double[] after = new double[profile.runsAfter()];
    for (int column = 0; column < profile.columns; column++) {
      if (!profile.inBoth(column)) {
        continue;
      }
      copyColumn(profile, column, before, after);
      if (!isUsuallyLong(after)) {
        continue;
      }
      Robust.sort(before);
      double usual = Robust.medianOfSorted(before);
      if (usual >= CORE_MICROS) {
        micros[column] = usual;
        levels[column] = medianLogOfSorted(before);
        found[count++] = column;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static void copyColumn(Profile profile, int column, double[] before, double[] after) {
    for (int run = 0; run < profile.runs; run++) {
      if (run < before.length) {
        before[run] = profile.self[run][column];
      } else {
        after[run - before.length] = profile.self[run][column];
      }
    }
  }

  /** Whether the median is long enough, which most often needs no sorting. */
  private static boolean isUsuallyLong(double[] micros) {
    int count = 0;
    for (double one : micros) {
      count += one >= CORE_MICROS ? 1 : 0;
    }
    return 2 * count == micros.length
        ? Robust.median(micros) >= CORE_MICROS
        : 2 * count > micros.length;
  }

  /** Logs stand in the order of what they are of. */
  private static double medianLogOfSorted(double[] sorted) {
    int half = sorted.length / 2;
    double upper = logMicros(sorted[half]);
    return sorted.length % 2 == 1 ? upper : (logMicros(sorted[half - 1]) + upper) / 2;
  }

  private static double logMicros(double micros) {
    int whole = (int) micros;
    return whole < LOGS.length ? LOGS[Math.max(1, whole)] : Math.log(micros);
  }

  private void fillLogs(double[] levels) {
    for (int run = 0; run < profile.runs; run++) {
      double[] own = log[run];
      double[] self = profile.self[run];
      for (int k = 0; k < core.length; k++) {
        own[k] = logMicros(self[core[k]]);
      }
    }
    for (int k = 0; k < core.length; k++) {
      level[k] = levels[core[k]];
    }
  }

  private void fillWeights(double[] micros) {
    double sum = 0;
    for (int k = 0; k < core.length; k++) {
      weight[k] = Math.sqrt(micros[core[k]]);
      sum += weight[k];
    }
    for (int k = 0; k < core.length; k++) {
      weight[k] = Math.min(weight[k], Math.max(WEIGHT_CAP, 1.0 / core.length) * sum);
    }
  }
}
