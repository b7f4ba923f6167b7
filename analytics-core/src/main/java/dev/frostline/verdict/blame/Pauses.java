package dev.frostline.verdict.blame;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pauses that changed place. A garbage collection, or the first load of a shared library, lands on
 * whatever import is under way; when the order of imports changes it lands on another. One import
 * drops by as much as another rises: that is shown, not blamed.
 */
public final class Pauses {
  /** A pause makes up at least so much of the import it lands on. */
  private static final double JUMP_SHARE = 0.5;

  /**
   * The partner of an import that surely changed needs no more than this many standard errors
   * itself.
   */
  private static final double LIKELY_ERRORS = 2.5;

  /** Columns of each pause: where it is now, where it was. */
  public final List<int[]> moves = new ArrayList<>();

  private final Set<Integer> columns = new HashSet<>();
  private final BlameUnits units;
  private final Shifts shifts;
  private final double balance;

  Pauses(BlameUnits units, double balance) {
    this.units = units;
    this.balance = balance;
    shifts = units.shifts;
    pair(candidates());
  }

  boolean contains(int column) {
    return columns.contains(column);
  }

  private List<Integer> candidates() {
    List<Integer> found = new ArrayList<>();
    for (int j = 0; j < shifts.profile.columns; j++) {
      double level = Math.max(shifts.before[j], shifts.after[j]);
      double shift = Math.abs(shifts.shift(j));
      boolean stayed = units.structure.presence[j] == Structure.Presence.BOTH;
      if (stayed
          && shift >= units.floorMicros()
          && shift >= JUMP_SHARE * level
          && shift >= LIKELY_ERRORS * shifts.error[j]) {
        found.add(j);
      }
    }
    found.sort((a, b) -> Double.compare(Math.abs(shifts.shift(b)), Math.abs(shifts.shift(a))));
    return found;
  }

  /** Largest first, so that the pairing never hangs on the order of columns. */
  private void pair(List<Integer> candidates) {
    for (int one : candidates) {
      if (!units.significant(one) || contains(one)) {
        continue;
      }
      int best = partner(one, candidates);
      if (best >= 0) {
        moves.add(shifts.shift(one) > 0 ? new int[] {one, best} : new int[] {best, one});
        columns.add(one);
        columns.add(best);
      }
    }
  }

  private int partner(int one, List<Integer> candidates) {
    int best = -1;
    for (int other : candidates) {
      boolean opposite = shifts.shift(other) * shifts.shift(one) < 0;
      if (opposite
          && !contains(other)
          && cancels(one, other)
          && (best < 0 || rest(one, other) < rest(one, best))) {
        best = other;
      }
    }
    return best;
  }

  private double rest(int one, int other) {
    return Math.abs(shifts.shift(one) + shifts.shift(other));
  }

  /** Whether an up and a down differ by no more than a share of the larger, or than chance. */
  private boolean cancels(int one, int other) {
    double larger = Math.max(Math.abs(shifts.shift(one)), Math.abs(shifts.shift(other)));
    double smaller = Math.min(Math.abs(shifts.shift(one)), Math.abs(shifts.shift(other)));
    boolean chance = rest(one, other) <= 2 * Math.hypot(shifts.error[one], shifts.error[other]);
    return rest(one, other) <= balance * larger || (chance && smaller >= larger / 2);
  }
}
