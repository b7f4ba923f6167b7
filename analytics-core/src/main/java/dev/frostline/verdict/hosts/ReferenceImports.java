package dev.frostline.verdict.hosts;

import dev.frostline.verdict.statistics.TwoSample;
import java.util.Arrays;

/**
 * Finds the imports a comparison may lean on. It starts from the runtime's own modules, which no
 * deployment changes, and takes in every import that moved with them; then hosts are matched and
 * speeds read from that invariant set.
 */
public final class ReferenceImports {
  private static final int ROUNDS = 3;

  /** With fewer runtime modules than this the standard starts from all imports. */
  private static final int LEAST_CONTROL = 12;

  /** An import is invariant within so many standard errors plus a share. */
  private static final double INVARIANT_ERRORS = 2.5;

  private static final double INVARIANT_SHARE = 0.01;

  public final InternalStandard standard;
  final boolean[] control;
  final boolean[] invariant;
  public final double[] speeds;
  public final HostMatch match;

  /** Log speed of the control modules per run. */
  public final double[] controlSpeeds;

  public ReferenceImports(InternalStandard standard) {
    this.standard = standard;
    control = control(standard);
    controlSpeeds = standard.speeds(control);
    HostMatch first = new HostMatch(standard, controlSpeeds, control);
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
    match = new HostMatch(standard, speeds, invariant);
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
    return standard.speeds(control(standard));
  }

  private static boolean[] control(InternalStandard standard) {
    boolean[] chosen = new boolean[standard.core.length];
    int count = 0;
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = standard.profile.ofRuntime[standard.core[k]];
      count += chosen[k] ? 1 : 0;
    }
    return count >= LEAST_CONTROL ? chosen : standard.all();
  }

  private boolean[] invariantUnder(double[] speeds, double[] weight) {
    boolean[] chosen = new boolean[standard.core.length];
    double[] values = new double[speeds.length];
    int count = 0;
    for (int k = 0; k < chosen.length; k++) {
      for (int run = 0; run < values.length; run++) {
        double residual = standard.log[run][k] - standard.level[k] - speeds[run];
        values[run] = Math.max(-1, Math.min(1, residual));
      }
      TwoSample two = TwoSample.of(values, weight, standard.profile.runsBefore);
      chosen[k] =
          Math.abs(two.difference()) <= INVARIANT_ERRORS * two.standardError() + INVARIANT_SHARE;
      count += chosen[k] ? 1 : 0;
    }
    return count >= LEAST_CONTROL ? chosen : Arrays.copyOf(control, control.length);
  }
}
