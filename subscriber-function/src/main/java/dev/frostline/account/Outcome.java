package dev.frostline.account;

import java.util.function.Supplier;

/**
 * What became of one item of a plan.
 *
 * @param subject log group, function, permission or policy
 * @param message in words, for people
 */
public record Outcome(String subject, Result result, String message) {
  /** What an attempt came to, where a call that AWS refuses for good is a failure of its item. */
  public static Outcome of(String subject, Supplier<Outcome> attempt) {
    try {
      return attempt.get();
    } catch (AccountException e) {
      return new Outcome(subject, Result.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is as the plan wants it, and why not. */
  public enum Result {
    /** Done now. */
    DONE,
    /** It was so already, as after an apply that was stopped. */
    ALREADY,
    /** Changed by somebody since the plan: left alone. */
    DRIFTED,
    /** AWS or a limit refused. */
    FAILED;

    /** Whether it is as the plan wants it. */
    public boolean isFine() {
      return this == DONE || this == ALREADY;
    }
  }
}
