package dev.frostline.verdict.fleet;

import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.FunctionOutline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a shift of the platform from a change of code among functions without versions: where most
 * functions that share a trait or two (a runtime, an architecture, container images …) and were
 * running at that time moved the same way within a few days, and nothing was deployed, the platform
 * moved them.
 */
public final class FleetShifts {
  /** Day medians place a change to within a few days (lambda-perf: three). */
  private static final long WINDOW_MICROS = 3 * 86_400_000_000L;

  private FleetShifts() {}

  /** All that one function showed; one that showed nothing counts as not moved. */
  public record Observed(FunctionOutline outline, List<DatedComparison> changes) {
    private Traits traits() {
      return Traits.of(outline.region(), outline.configuration());
    }

    private boolean ranAround(long micros) {
      return outline.earliestMicros() < micros - WINDOW_MICROS
          && outline.nowMicros() > micros + WINDOW_MICROS;
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
        functions.stream().filter(function -> function.outline().isUnversioned()).toList();
    List<Observed> judged = new ArrayList<>();
    for (Observed function : functions) {
      List<DatedComparison> changes = new ArrayList<>();
      for (DatedComparison change : function.changes()) {
        boolean asked = function.outline().isUnversioned() && change.isSpeed();
        SharedFactor factor = asked ? shared(change, function.traits(), unversioned) : null;
        changes.add(factor == null ? change : platform(change, factor));
      }
      judged.add(new Observed(function.outline(), changes));
    }
    return judged;
  }

  private static @Nullable SharedFactor shared(
      DatedComparison change, Traits traits, List<Observed> unversioned) {
    List<SharedFactor.Member> running = new ArrayList<>();
    for (Observed other : unversioned) {
      if (other.ranAround(change.firstMicros())) {
        running.add(new SharedFactor.Member(other.traits(), other.movedWith(change)));
      }
    }
    return SharedFactor.of(traits, running);
  }

  private static DatedComparison platform(DatedComparison change, SharedFactor factor) {
    String note = factor.words() + " that nobody deployed moved the same way in these days";
    return new DatedComparison(
        change.comparison().withVerdict(Verdict.PLATFORM, note),
        change.firstMicros(),
        change.lastMicros());
  }
}
