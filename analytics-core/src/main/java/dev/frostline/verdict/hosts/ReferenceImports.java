package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.ColumnMoments;
import dev.frostline.verdict.statistics.Robust;
import java.util.Arrays;

/**
 * Finds the imports a comparison may lean on. It starts from the runtime's own modules, which no
 * deployment changes, and takes in every import that moved with them; then hosts are matched and
 * speeds read from that invariant set.
 */
public final class ReferenceImports {
  private static final int ROUNDS = 3;

  /** An import is invariant within so many standard errors plus a share. */
  private static final double INVARIANT_ERRORS = 2.5;

  private static final double INVARIANT_SHARE = 0.01;

  public final InternalStandard standard;
  final boolean[] control;
  final boolean[] invariant;
  public final double[] speeds;
  public final HostMatch match;
  public final CommonSupport support;

  /** Log speed of the control modules per run. */
  public final double[] controlSpeeds;

  public ReferenceImports(InternalStandard standard) {
    this.standard = standard;
    control = ControlImports.of(standard);
    controlSpeeds = standard.speeds(control);
    support =
        new CommonSupport(
            new HostStates(standard, control, controlSpeeds), standard.profile.runsBefore);
    HostMatch first = new HostMatch(standard, controlSpeeds, control, support);
    boolean[] use = control;
    double[] current = controlSpeeds;
    for (int round = 0; round < ROUNDS; round++) {
      boolean[] next = invariantUnder(current, first.weight);
      if (Arrays.equals(next, use)) {
        break;
      }
      use = next;
      current = standard.speeds(use);
    }
    invariant = use;
    speeds = current;
    match = new HostMatch(standard, speeds, invariant, support);
  }

  /** Columns of the imports hosts are told by. */
  public int[] controlColumns() {
    int[] positions = ControlImports.truePositions(control);
    for (int i = 0; i < positions.length; i++) {
      positions[i] = standard.core[positions[i]];
    }
    return positions;
  }

  /** Whether enough of the runtime's own modules tell the hosts; else all imports do. */
  public boolean hasControls() {
    return ControlImports.areOfRuntime(standard, control);
  }

  /** Share of the core, by weight, that is invariant. */
  double invariantShare() {
    double kept = 0;
    double all = 0;
    for (int k = 0; k < invariant.length; k++) {
      all += standard.weight[k];
      kept += invariant[k] ? standard.weight[k] : 0;
    }
    return all == 0 ? 0 : kept / all;
  }

  /** Log speed per run by the runtime's own modules alone; needs no deployment to be named. */
  public static double[] controlSpeeds(InternalStandard standard) {
    return standard.speeds(ControlImports.of(standard));
  }

  private boolean[] invariantUnder(double[] speeds, double[] weight) {
    boolean[] chosen = new boolean[standard.core.length];
    double[][] residual = standard.residuals(speeds);
    for (double[] row : residual) {
      for (int k = 0; k < row.length; k++) {
        row[k] = Robust.within(row[k], -1, 1);
      }
    }
    int runsBefore = standard.profile.runsBefore;
    ColumnMoments before = new ColumnMoments(residual, weight, 0, runsBefore);
    ColumnMoments after = new ColumnMoments(residual, weight, runsBefore, weight.length);
    int count = 0;
    for (int k = 0; k < chosen.length; k++) {
      double error =
          Math.sqrt(before.variance[k] * before.squares + after.variance[k] * after.squares);
      double difference = after.mean[k] - before.mean[k];
      chosen[k] = Math.abs(difference) <= INVARIANT_ERRORS * error + INVARIANT_SHARE;
      count += chosen[k] ? 1 : 0;
    }
    return count >= ControlImports.LEAST ? chosen : Arrays.copyOf(control, control.length);
  }
}
