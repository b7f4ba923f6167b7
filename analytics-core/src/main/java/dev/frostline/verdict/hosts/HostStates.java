package dev.frostline.verdict.hosts;

import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.statistics.Robust;
import org.jspecify.annotations.Nullable;

/**
 * In what state the host of each cold start was, in numbers no deployment can change: its speed,
 * how much of it others took, and what the end line counted.
 *
 * <p>Preemption comes in slices of milliseconds that strike imports in proportion to their length.
 * The typical import is then as fast as ever, while the sum of all and the share of those far
 * beyond their usual tell. What is usual is read within each side, so that slower code, which is
 * slower in every start, never looks like a preempted host.
 */
final class HostStates {
  /** An import that takes so many times its usual was interrupted (log). */
  private static final double INTERRUPTED = Math.log(3);

  /** Log speed of the host. */
  final double[] speed;

  /** Log of the sum of the control imports against their usual sum, the speed taken out. */
  final double[] excess;

  /** Share of the control imports that were interrupted. */
  final double[] interrupted;

  /** Whether no import is on one side alone. */
  final boolean sameImports;

  private final Profile profile;

  /**
   * @param control core positions of imports that no deployment changes
   * @param speeds log speed of each run by those imports
   */
  HostStates(InternalStandard standard, boolean[] control, double[] speeds) {
    profile = standard.profile;
    sameImports = sameImports(profile);
    speed = speeds.clone();
    excess = new double[speeds.length];
    interrupted = new double[speeds.length];
    int[] positions = ControlImports.truePositions(control);
    measure(standard, positions, 0, profile.runsBefore);
    measure(standard, positions, profile.runsBefore, profile.runs);
  }

  private static boolean sameImports(Profile profile) {
    for (int column = 0; column < profile.columns; column++) {
      if ((profile.presentBefore[column] == 0) != (profile.presentAfter[column] == 0)) {
        return false;
      }
    }
    return true;
  }

  @Nullable HostLoad load(int run) {
    return profile.start(run).host();
  }

  private void measure(InternalStandard standard, int[] positions, int from, int to) {
    double[] usual = new double[positions.length];
    double[] weights = new double[positions.length];
    double usualSum = 0;
    for (int i = 0; i < positions.length; i++) {
      usual[i] = median(standard, positions[i], from, to);
      weights[i] = standard.weight[positions[i]];
      usualSum += Math.exp(usual[i]);
    }
    double[] ratio = new double[positions.length];
    for (int run = from; run < to && positions.length > 0; run++) {
      double sum = 0;
      for (int i = 0; i < ratio.length; i++) {
        sum += Math.exp(standard.log[run][positions[i]]);
        ratio[i] = standard.log[run][positions[i]] - usual[i];
      }
      double own = Robust.weightedMedian(ratio, weights);
      excess[run] = Math.log(sum / usualSum) - own;
      interrupted[run] = share(ratio, own + INTERRUPTED);
    }
  }

  private static double median(InternalStandard standard, int position, int from, int to) {
    double[] values = new double[to - from];
    for (int run = from; run < to; run++) {
      values[run - from] = standard.log[run][position];
    }
    return Robust.median(values);
  }

  private static double share(double[] values, double bound) {
    int beyond = 0;
    for (double value : values) {
      beyond += value > bound ? 1 : 0;
    }
    return (double) beyond / values.length;
  }
}
