package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.ControlImports;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The negative control: what a comparison of hosts made alike says about imports that no deployment
 * changes. What it finds there it would also find in code that stayed the same, so it is the doubt
 * of everything else.
 */
public final class ControlDrift {
  /** Share of statistics that the quantile read leaves above: a quarter of the controls. */
  private static final double SHARE = 0.75;

  /** Quantile of |normal noise| at that share. */
  private static final double NORMAL = 1.15;

  /**
   * Share of the controls that are left out at either end: a pause strikes one, a library loaded
   * elsewhere a few, a host all.
   */
  private static final double TRIMMED = 0.05;

  /** Standard errors within which a verdict is sure (99.9 %). */
  private static final double SURE = 3.3;

  /** Standard error of a median of normal values against that of their mean. */
  private static final double OF_MEDIAN = 1.25;

  /** Standard errors of the controls' sum that are chance. */
  private static final double CHANCE = 2;

  /**
   * How much wider than their standard errors the controls' shifts scatter, at least 1 (the ratio
   * of Birge): another CPU type times each module a little differently.
   */
  public final double scatter;

  /** Relative change of the controls' sum beyond chance: what hosts still differ in. */
  public final double bias;

  /** Relative doubt of the speed read from controls that scatter. */
  final double speedDoubt;

  private ControlDrift(double scatter, double bias, double speedDoubt) {
    this.scatter = scatter;
    this.bias = bias;
    this.speedDoubt = speedDoubt;
  }

  /**
   * @param columns controls
   * @param ofRuntime whether they are the runtime's; otherwise code may have changed some of them
   */
  static ControlDrift of(Shifts shifts, int[] columns, boolean ofRuntime) {
    if (columns.length < ControlImports.LEAST) {
      return new ControlDrift(1, 0, 0);
    }
    double[] statistics = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      statistics[i] = Math.abs(shifts.shift(columns[i])) / shifts.error[columns[i]];
    }
    Arrays.sort(statistics);
    double share = ofRuntime ? SHARE : 0.5;
    double normal = ofRuntime ? NORMAL : 1 / Robust.MAD_TO_SD;
    double scatter = Math.max(1, statistics[(int) (share * statistics.length)] / normal);
    return new ControlDrift(
        scatter, ofRuntime ? bias(shifts, columns) : 0, speedDoubt(shifts, columns, scatter));
  }

  /** A speed is the median of the controls, as sure as they scatter beyond chance. */
  private static double speedDoubt(Shifts shifts, int[] columns, double scatter) {
    double[] relative = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      relative[i] = shifts.shift(columns[i]) / Math.max(1, shifts.before[columns[i]]);
    }
    double spread = Robust.MAD_TO_SD * Robust.mad(relative, Robust.median(relative));
    double beyondChance = spread * Math.sqrt(1 - 1 / (scatter * scatter));
    return SURE * OF_MEDIAN * beyondChance / Math.sqrt(columns.length);
  }

  private static double bias(Shifts shifts, int[] columns) {
    Integer[] order = Arrays.stream(columns).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(shifts::shift));
    int trimmed = Math.max(1, (int) (TRIMMED * order.length));
    double level = 0;
    double shift = 0;
    double variance = 0;
    for (int i = trimmed; i < order.length - trimmed; i++) {
      level += shifts.before[order[i]];
      shift += shifts.shift(order[i]);
      variance += shifts.error[order[i]] * shifts.error[order[i]];
    }
    double beyond = Math.abs(shift) - CHANCE * Math.sqrt(variance);
    return level == 0 ? 0 : Math.max(0, beyond / level);
  }
}
