package dev.frostline.verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a shift of the platform from a change of code among functions without versions: where most
 * functions of a runtime that were running at that time moved the same way within a few days, and
 * nothing was deployed, the platform moved them.
 */
final class FleetShifts {
  /** Day medians place a change to within a few days (lambda-perf: three). */
  private static final long WINDOW_MICROS = 3 * 86_400_000_000L;

  private FleetShifts() {}

  /** A comparison with the time of the first and last cold start after it. */
  record Change(Comparison comparison, long firstMicros, long lastMicros) {
    boolean isSeenSince(Instant since) {
      return lastMicros >= ChronoUnit.MICROS.between(Instant.EPOCH, since);
    }

    private boolean isNear(long micros) {
      return Math.abs(firstMicros - micros) <= WINDOW_MICROS;
    }

    private double sign() {
      return Math.signum(comparison.changeMs().estimate());
    }

    /** A change of speed that no import is to blame for: only such can be the platform's. */
    private boolean isSpeed() {
      boolean speed =
          comparison.verdict() == Verdict.SLOWER || comparison.verdict() == Verdict.FASTER;
      return speed && comparison.suspects().isEmpty();
    }
  }

  /** All that one function showed; one that showed nothing counts as not moved. */
  record Observed(History history, List<Change> changes) {
    private String runtime() {
      return String.valueOf(history.latest().configuration.runtime());
    }

    private boolean ranAround(long micros) {
      return history.earliest().startedAtMicros < micros - WINDOW_MICROS
          && history.latest().startedAtMicros > micros + WINDOW_MICROS;
    }

    private boolean movedWith(Change change) {
      for (Change own : changes) {
        if (own.isNear(change.firstMicros()) && own.isSpeed() && own.sign() == change.sign()) {
          return true;
        }
      }
      return false;
    }
  }

  /** Every change of every function, those of the platform called so. */
  static List<Change> judged(List<Observed> functions) {
    List<Observed> unversioned =
        functions.stream().filter(function -> function.history().isUnversioned()).toList();
    List<Change> judged = new ArrayList<>();
    for (Observed function : functions) {
      for (Change change : function.changes()) {
        boolean ofPlatform =
            function.history().isUnversioned()
                && change.isSpeed()
                && movedTogether(change, function.runtime(), unversioned);
        judged.add(ofPlatform ? platform(change, function.runtime()) : change);
      }
    }
    return judged;
  }

  private static boolean movedTogether(Change change, String runtime, List<Observed> unversioned) {
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

  private static Change platform(Change change, String runtime) {
    String note =
        "most functions of " + runtime + " without versions moved the same way in these days";
    return new Change(
        change.comparison().withVerdict(Verdict.PLATFORM, note),
        change.firstMicros(),
        change.lastMicros());
  }
}
