package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.history.FunctionOutline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many steps below the floor. The way back from the live period, step by step, says roughly how
 * fast each state was with the hosts taken out; the live one is then held against the fastest
 * lasting state of the last quarter and the state of four weeks ago.
 */
public final class Drift {
  private static final long DAY = 86_400_000_000L;
  private static final long QUARTER = 91 * DAY;
  private static final long WEEKS_AGO = 28 * DAY;

  /** So much of the floor must the steps come to before it is worth a comparison. */
  private static final double WORTH_ASKING = 0.5;

  private static final int DEPLOYMENTS_TOLD = 12;

  /** A state on the way back, and how much faster than the live one the steps say it was. */
  private record State(int position, double fasterMs) {}

  private final List<FunctionOutline.Period> periods;
  private final int live;
  private final long nowMicros;

  /** The nearest one first. */
  private final List<State> states = new ArrayList<>();

  private double floorMs;

  /**
   * @param periods of one track
   * @param steps between them
   * @param slowdowns what became of them: an open one explains what lies before it
   * @param live where the newest live period stands; -1 when none is
   * @param nowMicros the newest cold start
   */
  public Drift(
      List<FunctionOutline.Period> periods,
      List<Step> steps,
      List<Slowdown> slowdowns,
      int live,
      long nowMicros) {
    this.periods = periods;
    this.live = live;
    this.nowMicros = nowMicros;
    Set<Comparison> open =
        slowdowns.stream()
            .filter(Slowdown::isOpen)
            .map(Slowdown::opening)
            .collect(Collectors.toSet());
    Map<Integer, Step> byPeriod = new HashMap<>();
    Set<Integer> shifted = new HashSet<>();
    for (Step step : steps) {
      if (step.isShift()) {
        shifted.add(step.after());
      } else {
        byPeriod.put(step.after(), step);
      }
    }
    walkBack(byPeriod, shifted, open);
  }

  /** The comparisons it takes: none where the steps come to nothing. */
  public Set<Recheck> rechecks() {
    Set<Recheck> rechecks = new LinkedHashSet<>();
    State fastest = fastest();
    State weeksAgo = weeksAgo();
    for (State state : new State[] {fastest, weeksAgo}) {
      if (state != null && isWorthAsking(state)) {
        rechecks.add(new Recheck(state.position(), live));
      }
    }
    return rechecks;
  }

  /** The drift that these answers show, if any. */
  public @Nullable Comparison found(Map<Recheck, Comparison> rechecked) {
    for (Recheck recheck : rechecks()) {
      Comparison comparison = rechecked.get(recheck);
      if (comparison != null && comparison.verdict() == Verdict.SLOWER) {
        return comparison.withNote(
            "no single deployment did it, it came with " + way(recheck.before()));
      }
    }
    return null;
  }

  /** Back to what is a finding of its own: an open slowdown, or a shift under a period. */
  private void walkBack(Map<Integer, Step> byPeriod, Set<Integer> shifted, Set<Comparison> open) {
    double fasterMs = 0;
    for (Step at = byPeriod.get(live); at != null; at = byPeriod.get(at.before())) {
      if (!at.isMeasured() || open.contains(at.comparison())) {
        return;
      }
      floorMs = Math.max(floorMs, at.comparison().floorMs());
      fasterMs += at.comparison().changeMs().estimate();
      states.add(new State(at.before(), fasterMs));
      if (shifted.contains(at.before())) {
        return;
      }
    }
  }

  /** The oldest of those that were as fast as the fastest. */
  private @Nullable State fastest() {
    double most = Double.NEGATIVE_INFINITY;
    @Nullable State fastest = null;
    for (State state : states) {
      if (periods.get(state.position()).lastMicros() >= nowMicros - QUARTER) {
        most = Math.max(most, state.fasterMs());
        fastest = state.fasterMs() >= most - floorMs / 2 ? state : fastest;
      }
    }
    return fastest;
  }

  private @Nullable State weeksAgo() {
    for (State state : states) {
      if (periods.get(state.position()).beganMicros() <= nowMicros - WEEKS_AGO) {
        return state;
      }
    }
    return null;
  }

  /** One step is a deployment's own question. */
  private boolean isWorthAsking(State state) {
    boolean isFurther = !state.equals(states.get(0));
    boolean isOther = !deployment(state.position()).equals(deployment(live));
    return isFurther && isOther && state.fasterMs() >= WORTH_ASKING * floorMs;
  }

  /** The deployments from behind a state to the live one. */
  private String way(int from) {
    List<String> names = new ArrayList<>(List.of(deployment(live)));
    for (State state : states) {
      if (state.position() > from) {
        names.add(0, deployment(state.position()));
      }
    }
    int more = names.size() - DEPLOYMENTS_TOLD;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, DEPLOYMENTS_TOLD - 1))
            + ", ... "
            + deployment(live)
            + " ("
            + names.size()
            + " deployments)";
  }

  private String deployment(int position) {
    return periods.get(position).deployment();
  }
}
