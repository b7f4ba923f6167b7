package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.Slowdown.State;
import dev.frostline.verdict.statistics.Interval;

/** A slowdown while its track is gone through, period by period. */
final class OpenSlowdown {
  private final Step opening;
  private Interval still;
  private State state = State.OPEN;
  private int closedBy = -1;

  OpenSlowdown(Step opening) {
    this.opening = opening;
    still = opening.comparison().changeMs();
  }

  Step opening() {
    return opening;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  double stillMs() {
    return still.estimate();
  }

  boolean isRolledBackBy(Step step) {
    return step.deployment().equals(opening.comparison().before().deployment());
  }

  /** Ends with the return of a period from before it. */
  void rollBack(int period) {
    state = State.ROLLED_BACK;
    closedBy = period;
  }

  /**
   * A later period held against the state before this slowdown.
   *
   * @param newerMs what slowdowns opened since then add: it is theirs
   */
  void recheck(Step step, Comparison now, double newerMs) {
    if (Step.isMeasured(now)) {
      measured(step, less(now.changeMs(), newerMs), now.floorMs(), now.verdict());
    }
  }

  /** A later period that got faster, where nothing holds it against the state before. */
  void shift(Step step) {
    Interval change = step.comparison().changeMs();
    double half = Math.hypot(still.halfWidth(), change.halfWidth());
    Interval rest = Interval.of(still.estimate() + change.estimate(), half);
    measured(step, rest, step.comparison().floorMs(), Verdict.NOT_SHOWN);
  }

  Slowdown life() {
    return new Slowdown(opening.comparison(), still, state, closedBy);
  }

  /** It is over when what is left lies below the floor, or a change of interest is excluded. */
  private void measured(Step step, Interval rest, double floorMs, Verdict verdict) {
    still = rest;
    boolean excluded = verdict == Verdict.UNCHANGED && rest.estimate() < floorMs;
    if (rest.high() <= floorMs || excluded) {
      state = State.TAKEN_BACK;
      closedBy = step.after();
    }
  }

  private static Interval less(Interval change, double ms) {
    return new Interval(change.estimate() - ms, change.low() - ms, change.high() - ms);
  }
}
