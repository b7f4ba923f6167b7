package dev.frostline.policy;

import dev.frostline.verdict.comparison.Comparison;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A finding that somebody accepted: shown apart until its day is over, then it returns.
 *
 * @param until the last day (UTC) on which it holds
 */
public record Acknowledgement(
    String account,
    String region,
    String function,
    String before,
    String after,
    String reason,
    String givenBy,
    Instant givenAt,
    LocalDate until) {
  public Acknowledgement {
    givenAt = givenAt.truncatedTo(ChronoUnit.MICROS); // as a store keeps it
  }

  /**
   * Whether it is about the finding that this comparison opened: that of the deployment after,
   * whatever it is held against by now.
   */
  public boolean covers(Comparison comparison) {
    return account.equals(comparison.account())
        && region.equals(comparison.region())
        && function.equals(comparison.function())
        && after.equals(comparison.after().deployment());
  }

  /** Whether it still holds on a day. */
  public boolean holdsOn(LocalDate day) {
    return !until.isBefore(day);
  }
}
