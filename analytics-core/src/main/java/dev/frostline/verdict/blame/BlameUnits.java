package dev.frostline.verdict.blame;

import dev.frostline.verdict.statistics.MaxT;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.statistics.TwoSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tests every import that stayed, and every package of at least two of them, as one family: which
 * changed their self time beyond chance, and which ups and downs are one pause that changed place.
 */
public final class BlameUnits {
  private static final double TESTED_MICROS = 100;

  /**
   * A statistic below this can never pass the family-wise test, so the permutations are spared when
   * all are.
   */
  private static final double HOPELESS = 2.5;

  final Shifts shifts;
  final Structure structure;

  /** Family-wise p per column; 1 where not tested. */
  public final double[] p;

  /** Family-wise p per package of stayed imports. */
  final Map<String, Double> packageP = new TreeMap<>();

  /** Stayed columns of each package. */
  final Map<String, List<Integer>> members = new TreeMap<>();

  public final Pauses pauses;
  private final double floorMicros;
  private final double alpha;

  public BlameUnits(Shifts shifts, Structure structure, Thresholds thresholds, double baselineMs) {
    this.shifts = shifts;
    this.structure = structure;
    floorMicros = thresholds.unitFloor(baselineMs) * 1000;
    alpha = thresholds.unitAlpha();
    p = new double[shifts.profile.columns];
    Arrays.fill(p, 1);
    collectMembers();
    test(thresholds.permutations());
    pauses = new Pauses(this, thresholds.pauseBalance());
  }

  boolean paused(int column) {
    return pauses.contains(column);
  }

  /** Whether an import's own shift is beyond chance and worth naming. */
  boolean significant(int column) {
    return p[column] <= alpha
        && Math.abs(shifts.shift(column)) >= floorMicros + shifts.hostDoubt(new int[] {column});
  }

  /** Whether a package's summed shift, pauses taken out, is beyond chance and worth naming. */
  boolean significantPackage(String name) {
    return packageP.getOrDefault(name, 1.0) <= alpha && Math.abs(packageShift(name)) >= floorMicros;
  }

  double packageShift(String name) {
    double sum = 0;
    for (int column : members.getOrDefault(name, List.of())) {
      sum += paused(column) ? 0 : shifts.shift(column);
    }
    return sum;
  }

  double floorMicros() {
    return floorMicros;
  }

  private void collectMembers() {
    for (int j = 0; j < p.length; j++) {
      if (structure.presence[j] == Structure.Presence.BOTH) {
        members.computeIfAbsent(shifts.profile.packageName[j], name -> new ArrayList<>()).add(j);
      }
    }
  }

  private void test(int permutations) {
    List<int[]> groups = new ArrayList<>();
    List<String> packages = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> entry : members.entrySet()) {
      for (int column : entry.getValue()) {
        if (Math.max(shifts.before[column], shifts.after[column]) >= TESTED_MICROS) {
          groups.add(new int[] {column});
        }
      }
    }
    int single = groups.size();
    members.forEach(
        (name, columns) -> {
          if (columns.size() > 1) {
            groups.add(columns.stream().mapToInt(Integer::intValue).toArray());
            packages.add(name);
          }
        });
    double[] error = new double[groups.size()];
    double[] shift = new double[groups.size()];
    boolean hope = false;
    for (int unit = 0; unit < groups.size(); unit++) {
      int[] columns = groups.get(unit);
      TwoSample two = columns.length > 1 ? shifts.of(columns) : null;
      error[unit] = two == null ? shifts.error[columns[0]] : two.standardError();
      shift[unit] = two == null ? shifts.shift(columns[0]) : two.difference();
      hope |=
          Math.abs(shift[unit]) >= floorMicros && Math.abs(shift[unit]) > HOPELESS * error[unit];
    }
    if (!hope) {
      return;
    }
    MaxT maxT = new MaxT(residuals(groups), signedWeights(), withinSides(error), permutations);
    for (int unit = 0; unit < groups.size(); unit++) {
      double value = maxT.p(shift[unit] / error[unit]);
      if (unit < single) {
        p[groups.get(unit)[0]] = value;
      } else {
        packageP.put(packages.get(unit - single), value);
      }
    }
  }

  /** Errors of the permuted starts, among which hosts do not differ as the sides' hosts do. */
  private double[] withinSides(double[] error) {
    double[] plain = error.clone();
    for (int unit = 0; unit < plain.length; unit++) {
      plain[unit] /= shifts.drift.scatter;
    }
    return plain;
  }

  private double[][] residuals(List<int[]> groups) {
    double[][] residual = new double[shifts.profile.runs][groups.size()];
    for (int unit = 0; unit < groups.size(); unit++) {
      double[] values = shifts.sum(groups.get(unit));
      double before = shifts.mean(values, false);
      double after = shifts.mean(values, true);
      for (int run = 0; run < values.length; run++) {
        residual[run][unit] = values[run] - (shifts.profile.isAfter(run) ? after : before);
      }
    }
    return residual;
  }

  private double[] signedWeights() {
    double[] signed = shifts.weight.clone();
    for (int run = 0; run < shifts.profile.runsBefore; run++) {
      signed[run] = -signed[run];
    }
    return signed;
  }
}
