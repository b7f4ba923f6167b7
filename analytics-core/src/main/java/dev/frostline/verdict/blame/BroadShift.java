package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.InternalStandard;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.hosts.ReferenceImports;
import dev.frostline.verdict.statistics.ColumnMoments;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.Map;
import java.util.TreeMap;

/**
 * Did everything change speed together? Compared are the function's own imports with the runtime's.
 *
 * @param ownShift log change of the function's own imports against the control modules
 * @param ownP its p value
 * @param ownShare share of the own imports, by time, that moved that way
 * @param hostShift log change of the control modules themselves, hosts matched
 * @param hostP its p value
 * @param turnover share of all imports that came or went
 */
public record BroadShift(
    double ownShift,
    double ownP,
    double ownShare,
    double hostShift,
    double hostP,
    double turnover) {
  private static final int LEAST_OWN = 10;

  /** With more than this coming or going, what stayed is measured against another program. */
  private static final double MOST_TURNOVER = 0.05;

  /** A change of everything is a strong claim; it takes p below this. */
  private static final double SURE = 0.001;

  public static BroadShift of(ReferenceImports reference, Structure structure) {
    InternalStandard standard = reference.standard;
    Profile profile = standard.profile;
    boolean[] own = new boolean[standard.core.length];
    for (int k = 0; k < own.length; k++) {
      own[k] = !profile.ofRuntime[standard.core[k]];
    }
    double[] weight = reference.match.weight;
    TwoSample host = TwoSample.of(reference.controlSpeeds, weight, profile.runsBefore);
    TwoSample ownShift =
        difference(standard.speeds(own), reference.controlSpeeds, weight, profile.runsBefore);
    boolean enough = count(own) >= LEAST_OWN;
    boolean likely = enough && ownShift.p() <= SURE;
    return new BroadShift(
        enough ? ownShift.difference() : 0,
        enough ? ownShift.p() : 1,
        likely ? share(reference, own, ownShift.difference()) : 0,
        host.difference(),
        host.p(),
        turnover(structure));
  }

  /** The function's own imports all moved against the runtime's. */
  public boolean ofOwnCode(Thresholds thresholds) {
    return ownP <= SURE
        && Math.abs(ownShift) >= thresholds.broadChange()
        && ownShare >= thresholds.broadShare()
        && turnover <= MOST_TURNOVER;
  }

  /** Even the runtime's own modules moved, beyond what hosts seen before explain. */
  public boolean ofHost(Thresholds thresholds) {
    return hostP <= SURE && Math.abs(hostShift) >= thresholds.hostChange();
  }

  private static TwoSample difference(double[] a, double[] b, double[] weight, int runsBefore) {
    double[] values = new double[a.length];
    for (int run = 0; run < values.length; run++) {
      values[run] = a[run] - b[run];
    }
    return TwoSample.of(values, weight, runsBefore);
  }

  /**
   * Share of own imports, by weight, that moved at least half as far in the same direction. A
   * package weighs at most a third: one heavy package that got slower is not everything.
   */
  private static double share(ReferenceImports reference, boolean[] own, double shift) {
    InternalStandard standard = reference.standard;
    double[][] residual = standard.residuals(reference.controlSpeeds);
    double[] weight = reference.match.weight;
    int runsBefore = standard.profile.runsBefore;
    double[] before = ColumnMoments.mean(residual, weight, 0, runsBefore);
    double[] after = ColumnMoments.mean(residual, weight, runsBefore, weight.length);
    Map<String, double[]> byPackage = new TreeMap<>();
    for (int k = 0; k < own.length; k++) {
      if (!own[k]) {
        continue;
      }
      boolean moved = (after[k] - before[k]) * Math.signum(shift) >= Math.abs(shift) / 2;
      double[] sums =
          byPackage.computeIfAbsent(
              standard.profile.packageName[standard.core[k]], name -> new double[2]);
      sums[0] += moved ? standard.weight[k] : 0;
      sums[1] += standard.weight[k];
    }
    return capped(byPackage);
  }

  private static double capped(Map<String, double[]> byPackage) {
    double all = 0;
    for (double[] sums : byPackage.values()) {
      all += sums[1];
    }
    double cap = Math.max(all / 3, all / byPackage.size());
    double moved = 0;
    double counted = 0;
    for (double[] sums : byPackage.values()) {
      double scale = Math.min(1, cap / sums[1]);
      moved += sums[0] * scale;
      counted += sums[1] * scale;
    }
    return counted == 0 ? 0 : moved / counted;
  }

  /** Share of all imports that came or went: a new tree of imports is no slowdown of everything. */
  private static double turnover(Structure structure) {
    int changed = 0;
    for (int j = 0; j < structure.profile.columns; j++) {
      changed += structure.changed(j) ? 1 : 0;
    }
    return (double) changed / Math.max(1, structure.profile.columns);
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
