package dev.frostline.verdict.blame;

import dev.frostline.verdict.hosts.Profile;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports that stayed but are now pulled in first by another package: their cost is charged
 * elsewhere in the tree and costs nothing more. Runtime modules are left out; they change importers
 * with every new import.
 */
public final class FirstImporters {
  private final Structure structure;
  private final Shifts shifts;
  private final double floorMicros;

  public FirstImporters(Structure structure, Shifts shifts, double floorMicros) {
    this.structure = structure;
    this.shifts = shifts;
    this.floorMicros = floorMicros;
  }

  public List<Suspect> suspects() {
    double[] subtree = subtrees();
    List<Suspect> moved = new ArrayList<>();
    for (int j = 0; j < subtree.length; j++) {
      if (isMoved(j) && subtree[j] >= floorMicros) {
        double self = shifts.shift(j) / 1000;
        moved.add(
            new Suspect(
                structure.profile.name[j],
                structure.profile.after.kind(),
                Change.MOVED,
                self,
                self,
                structure.chain(j),
                0,
                1));
      }
    }
    return moved;
  }

  /** Cost in microseconds of the largest subtree that changed its importer; 0 without one. */
  public double largest() {
    double[] subtree = subtrees();
    double most = 0;
    for (int j = 0; j < subtree.length; j++) {
      most = isMoved(j) && subtree[j] >= floorMicros ? Math.max(most, subtree[j]) : most;
    }
    return most;
  }

  private boolean isMoved(int column) {
    Profile profile = structure.profile;
    if (structure.presence[column] != Structure.Presence.BOTH || profile.ofRuntime[column]) {
      return false;
    }
    String before = importer(structure.parentBefore[column]);
    String after = importer(structure.parentAfter[column]);
    return !before.equals(after)
        && !after.equals(profile.packageName[column])
        && !before.equals(profile.packageName[column]);
  }

  private String importer(int parent) {
    return parent < 0 ? "" : structure.profile.packageName[parent];
  }

  private double[] subtrees() {
    double[] sum = new double[structure.profile.columns];
    for (int j = 0; j < sum.length; j++) {
      if (structure.presence[j] != Structure.Presence.BOTH) {
        continue;
      }
      int at = j;
      while (at >= 0) {
        sum[at] += shifts.after[j];
        at = structure.parentAfter[at];
      }
    }
    return sum;
  }
}
