package dev.frostline.verdict;

import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.history.FunctionOutline;
import java.util.List;

/**
 * All that was judged of one function by itself: the form in which judgements are kept. What the
 * fleet makes of it, and what became of its findings, is told from it anew each time.
 *
 * @param isCurrent whether none of its cold starts has changed since
 * @param changes every period against the one it replaced, and what happened under it
 * @param rechecks periods against states further back
 */
public record JudgedFunction(
    FunctionOutline outline, boolean isCurrent, List<Answered> changes, List<Answered> rechecks) {
  public JudgedFunction {
    changes = List.copyOf(changes);
    rechecks = List.copyOf(rechecks);
  }

  /** The same, some of its cold starts having changed since. */
  public JudgedFunction outdated() {
    return new JudgedFunction(outline, false, changes, rechecks);
  }

  /** How changes are looked for. */
  public enum Question {
    /** A live period against the one it replaced, or against a state further back. */
    DEPLOYMENT,
    /** Level shifts under a period, where nothing was deployed. */
    SHIFTS,
    /** Patches of the runtime under a period. */
    PATCHES,
    /** Changes in time where nothing names the code. */
    HISTORY
  }

  /**
   * What is asked of one period.
   *
   * @param before the period it is held against; itself for the other questions
   * @param skipped what could not be judged in between, in words; empty where nothing was
   * @param key of everything the answer is made from
   */
  public record Part(Question question, int before, int after, String skipped, String key) {}

  /** The changes of one part, as its function alone shows them. */
  public record Answered(Part part, List<DatedComparison> changes) {
    public Answered {
      changes = List.copyOf(changes);
    }
  }
}
