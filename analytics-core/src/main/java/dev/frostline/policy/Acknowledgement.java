package dev.frostline.policy;

import dev.frostline.verdict.comparison.Comparison;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  public Acknowledgement {
    givenAt = givenAt.truncatedTo(ChronoUnit.MICROS); // as a store keeps it
  }

  /**
   * The last day that somebody wrote.
   *
   * @throws IllegalArgumentException with a sentence, when it is no day, over or beyond all bounds
   */
  public static LocalDate lastDay(String text, LocalDate today) {
    if (!DAY.matcher(text).matches()) {
      throw noDay(text, null);
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.isBefore(today)) {
        throw new IllegalArgumentException(text + " is over. Name a day to come.");
      }
      return day;
    } catch (DateTimeParseException e) {
      throw noDay(text, e);
    }
  }

  private static IllegalArgumentException noDay(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException("No day: " + text + ". Write 2026-12-31.", cause);
  }

  /**
   * Whether it is about the finding that this comparison opened: that of the deployment after,
   * whatever it is held against by now.
   */
  public boolean covers(Comparison comparison) {
    return covers(
        comparison.account(),
        comparison.region(),
        comparison.function(),
        comparison.after().deployment());
  }

  /** Whether it accepts what that deployment of a function brought. */
  public boolean covers(String account, String region, String function, String after) {
    return this.account.equals(account)
        && this.region.equals(region)
        && this.function.equals(function)
        && this.after.equals(after);
  }

  /** Whether it still holds on a day. */
  public boolean holdsOn(LocalDate day) {
    return !until.isBefore(day);
  }
}
