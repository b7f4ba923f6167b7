package dev.frostline.verdict.fleet;

import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.FunctionOutline;
import dev.frostline.verdict.statistics.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a shift of the platform from a change of code: where most functions that share a trait or
 * two (a runtime, an architecture, container images, a layer …) and served the same code around
 * that time moved the same way within a few days, what they share moved them. It is said once, in
 * the same words for each of them; and a deployment of these days that no import is to blame for is
 * theirs as far as it is no larger.
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

    /** Whether nothing was deployed around that time, as far as anybody knows. */
    private boolean ranAround(long micros) {
      return outline.isSteadyAround(micros, WINDOW_MICROS);
    }

    private boolean movedWith(DatedComparison change) {
      for (DatedComparison own : changes) {
        if (own.isNear(change.firstMicros(), WINDOW_MICROS)
            && own.isUndeployed()
            && own.sign() == change.sign()) {
          return true;
        }
      }
      return false;
    }
  }

  /** A change that may be shared, with what it shares. */
  private record Shared(int function, DatedComparison change, SharedFactor factor, double pct) {
    private boolean isOf(Shared first) {
      return factor.isSameAs(first.factor)
          && change.sign() == first.change.sign()
          && change.isNear(first.change.firstMicros(), WINDOW_MICROS);
    }
  }

  /** The same, every change that is the platform's called so. */
  public static List<Observed> judged(List<Observed> functions) {
    List<Shared> shared = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      for (DatedComparison change : functions.get(i).changes()) {
        SharedFactor factor =
            change.isUndeployed() ? factor(change, functions.get(i), functions) : null;
        if (factor != null) {
          shared.add(new Shared(i, change, factor, change.movedPct()));
        }
      }
    }
    shared.sort(Comparator.comparingLong(one -> one.change().firstMicros()));
    List<List<Shared>> moves = moves(shared);
    List<Observed> judged = new ArrayList<>();
    for (Observed function : functions) {
      List<DatedComparison> changes = new ArrayList<>();
      for (DatedComparison change : function.changes()) {
        changes.add(judged(change, function.traits(), moves));
      }
      judged.add(new Observed(function.outline(), changes));
    }
    return judged;
  }

  private static @Nullable SharedFactor factor(
      DatedComparison change, Observed of, List<Observed> functions) {
    List<SharedFactor.Member> running = new ArrayList<>();
    for (Observed other : functions) {
      if (other.ranAround(change.firstMicros())) {
        running.add(new SharedFactor.Member(other.traits(), other.movedWith(change)));
      }
    }
    return SharedFactor.of(of.traits(), running);
  }

  /** The changes that are one move of the platform, in the order of time. */
  private static List<List<Shared>> moves(List<Shared> shared) {
    List<List<Shared>> moves = new ArrayList<>();
    for (Shared one : shared) {
      List<Shared> own = null;
      for (List<Shared> move : moves) {
        own = one.isOf(move.get(0)) ? move : own;
      }
      if (own == null) {
        own = new ArrayList<>();
        moves.add(own);
      }
      own.add(one);
    }
    return moves;
  }

  private static DatedComparison judged(
      DatedComparison change, Traits traits, List<List<Shared>> moves) {
    for (List<Shared> move : moves) {
      if (move.stream().anyMatch(one -> one.change().equals(change))) {
        return change.with(change.comparison().withVerdict(Verdict.PLATFORM, words(move)));
      }
    }
    for (List<Shared> move : moves) {
      Shared first = move.get(0);
      boolean isBeside =
          change.isSpeed()
              && change.comparison().kind() == Kind.DEPLOYMENT
              && change.isNear(first.change().firstMicros(), WINDOW_MICROS)
              && change.sign() == first.change().sign()
              && first.factor().covers(traits);
      if (isBeside) {
        return change.with(beside(change.comparison(), move));
      }
    }
    return change;
  }

  /** A deployment of these days: the platform's where its code need not have done more. */
  private static Comparison beside(Comparison deployment, List<Shared> move) {
    double pct = move.stream().mapToDouble(Shared::pct).sorted().toArray()[move.size() / 2];
    double ms = pct / 100 * deployment.before().medianMs();
    Interval change = deployment.changeMs();
    Interval rest = new Interval(change.estimate() - ms, change.low() - ms, change.high() - ms);
    boolean isMore = rest.above(deployment.floorMs()) || rest.below(deployment.floorMs());
    return isMore
        ? deployment.withNote(
            String.format(
                Locale.ROOT, "about %+.1f ms of it are the platform's: %s", ms, words(move)))
        : deployment.withVerdict(Verdict.PLATFORM, words(move));
  }

  private static String words(List<Shared> move) {
    Shared first = move.get(0);
    double[] pct = move.stream().mapToDouble(Shared::pct).sorted().toArray();
    Instant from = Instant.EPOCH.plus(first.change().firstMicros(), ChronoUnit.MICROS);
    return String.format(
        Locale.ROOT,
        "%s that nobody deployed moved by %+.0f to %+.0f %% from %s on",
        first.factor().words(),
        pct[0],
        pct[pct.length - 1],
        from.atOffset(ZoneOffset.UTC).toLocalDate());
  }
}
