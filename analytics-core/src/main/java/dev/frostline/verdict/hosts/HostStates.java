package dev.frostline.verdict.hosts;

import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * In what state the host of each cold start was, in numbers no deployment can change: its speed,
 * how much of it others took, and what the end line counted.
 *
 * <p>Preemption comes in slices of milliseconds that strike imports in proportion to their length.
 * The typical import is then as fast as ever, while the sum of all and the share of those far
 * beyond their usual tell. What is usual of the runtime's own modules is what they take on the
 * calmer side: where every start of the other is preempted, its own middle would hide that. Imports
 * that a deployment may have changed are held to their own side, so that slower code, which is
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
  private final int[] positions;

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
    positions = ControlImports.truePositions(control);
    double[][] before = sorted(standard, 0, profile.runsBefore);
    double[][] after = sorted(standard, profile.runsBefore, profile.runs);
    double[] usualBefore = usual(before);
    double[] usualAfter = usual(after);
    if (ControlImports.areOfRuntime(standard, control)) {
      toCalmer(usualBefore, before, after);
      toCalmer(usualAfter, after, before);
    }
    measure(standard, usualBefore, 0, profile.runsBefore);
    measure(standard, usualAfter, profile.runsBefore, profile.runs);
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

  private void measure(InternalStandard standard, double[] usual, int from, int to) {
    double[] weights = new double[positions.length];
    double usualSum = 0;
    for (int i = 0; i < positions.length; i++) {
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

  /** Log times of each control on one side at the speed of the side before, in order. */
  private double[][] sorted(InternalStandard standard, int from, int to) {
    double[][] sorted = new double[positions.length][to - from];
    for (int i = 0; i < sorted.length; i++) {
      for (int run = from; run < to; run++) {
        sorted[i][run - from] = standard.log[run][positions[i]] - speed[run];
      }
      Robust.sort(sorted[i]);
    }
    return sorted;
  }

  private static double[] usual(double[][] sorted) {
    return Arrays.stream(sorted).mapToDouble(Robust::medianOfSorted).toArray();
  }

  /**
   * A side's usual set to that of the calmer one. Where even its fastest start is slower than three
   * quarters of the other's starts the cause is no preemption, which spares some: a pause of the
   * program's struck the import, or a library is loaded there now.
   */
  private static void toCalmer(double[] usual, double[][] own, double[][] other) {
    for (int i = 0; i < usual.length; i++) {
      boolean isSpared = own[i][0] <= other[i][3 * (other[i].length - 1) / 4];
      usual[i] = isSpared ? Math.min(usual[i], Robust.medianOfSorted(other[i])) : usual[i];
    }
  }

  private static double share(double[] values, double bound) {
    int beyond = 0;
    for (double value : values) {
      beyond += value > bound ? 1 : 0;
    }
    return (double) beyond / values.length;
  }
}
