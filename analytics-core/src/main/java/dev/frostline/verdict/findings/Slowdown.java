package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Interval;

/**
 * A slowdown from the deployment that brought it to the one that took it back.
 *
 * @param opening the comparison that showed it: its side after is what opened it
 * @param still what of it was there in the last period that was measured, against the state before
 * @param closedBy where the period that took it back stands on its track; -1 while it is open
 */
public record Slowdown(Comparison opening, Interval still, State state, int closedBy) {
  /** Where it stands. */
  public enum State {
    OPEN,
    /** A later deployment is as fast as before. */
    TAKEN_BACK,
    /** The deployment before came back, or what it was tried beside went on alone. */
    ROLLED_BACK
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }
}
