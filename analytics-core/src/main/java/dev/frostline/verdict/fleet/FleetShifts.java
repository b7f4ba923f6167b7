package dev.frostline.verdict.fleet;

import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.FunctionHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a shift of the platform from a change of code among functions without versions: where most
 * functions of a runtime that were running at that time moved the same way within a few days, and
 * nothing was deployed, the platform moved them.
 */
public final class FleetShifts {
  /** Day medians place a change to within a few days (lambda-perf: three). */
  private static final long WINDOW_MICROS = 3 * 86_400_000_000L;

  private FleetShifts() {}

  /** All that one function showed; one that showed nothing counts as not moved. */
  public record Observed(FunctionHistory history, List<DatedComparison> changes) {
    private String runtime() {
      return String.valueOf(history.latest().configuration().runtime());
    }

    private boolean ranAround(long micros) {
      return history.earliest().startedAtMicros() < micros - WINDOW_MICROS
          && history.latest().startedAtMicros() > micros + WINDOW_MICROS;
    }

    private boolean movedWith(DatedComparison change) {
      for (DatedComparison own : changes) {
        if (own.isNear(change.firstMicros(), WINDOW_MICROS)
            && own.isSpeed()
            && own.sign() == change.sign()) {
          return true;
        }
      }
      return false;
    }
  }

  /** The same, every change that is the platform's called so. */
  public static List<Observed> judged(List<Observed> functions) {
    List<Observed> unversioned =
        functions.stream().filter(function -> function.history().isUnversioned()).toList();
    List<Observed> judged = new ArrayList<>();
    for (Observed function : functions) {
      List<DatedComparison> changes = new ArrayList<>();
      for (DatedComparison change : function.changes()) {
        boolean ofPlatform =
            function.history().isUnversioned()
                && change.isSpeed()
                && movedTogether(change, function.runtime(), unversioned);
        changes.add(ofPlatform ? platform(change, function.runtime()) : change);
      }
      judged.add(new Observed(function.history(), changes));
    }
    return judged;
  }

  private static boolean movedTogether(
      DatedComparison change, String runtime, List<Observed> unversioned) {
    int running = 0;
    int moved = 0;
    for (Observed other : unversioned) {
      if (other.runtime().equals(runtime) && other.ranAround(change.firstMicros())) {
        running++;
        moved += other.movedWith(change) ? 1 : 0;
      }
    }
    return Fleet.isCrowd(moved, running);
  }

  private static DatedComparison platform(DatedComparison change, String runtime) {
    String note =
        "most functions of " + runtime + " without versions moved the same way in these days";
    return new DatedComparison(
        change.comparison().withVerdict(Verdict.PLATFORM, note),
        change.firstMicros(),
        change.lastMicros());
  }
}
