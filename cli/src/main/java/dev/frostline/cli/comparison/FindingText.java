package dev.frostline.cli.comparison;

import dev.frostline.verdict.findings.FindingLife;
import java.time.Duration;
import java.time.Instant;

/** The words for the life of a finding. */
public final class FindingText {
  private FindingText() {}

  /** {@code still +48.1 ms of +50.6 ms, opened by 42, 12 days}. */
  public static String still(FindingLife life, Instant now) {
    return "still "
        + ComparisonText.signed(life.still().estimate())
        + " of "
        + ComparisonText.signed(life.opening().changeMs().estimate())
        + ", opened by "
        + life.openedBy()
        + ", "
        + age(Duration.between(life.since(), now));
  }

  private static String age(Duration age) {
    long days = age.toDays();
    return days == 1 ? "1 day" : days > 0 ? days + " days" : age.toHours() + " h";
  }
}
