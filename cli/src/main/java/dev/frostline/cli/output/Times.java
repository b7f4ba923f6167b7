package dev.frostline.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as people write them: {@code 7d}, {@code 2h ago}, {@code 2026-11-16}, {@code
 * 2026-W47}, ISO. All UTC.
 */
public final class Times {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*(m|min|h|d|w)(?:\\s+ago)?");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{1,2})");

  private Times() {}

  public static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    try {
      Matcher week = WEEK.matcher(text);
      if (week.matches()) {
        return monday(Integer.parseInt(week.group(1)), Integer.parseInt(week.group(2)));
      }
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      throw new Failure(
          Failure.USAGE,
          "No time: "
              + text
              + ". Write 7d, '2h ago', 2026-11-16, 2026-W47 or 2026-11-16T08:00:00Z.");
    }
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofDays(7 * amount);
    };
  }

  private static Instant monday(int year, int week) {
    LocalDate inYear = LocalDate.of(year, 6, 1);
    if (week < 1 || week > IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inYear).getMaximum()) {
      throw new DateTimeException("week");
    }
    return inYear
        .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week)
        .with(WeekFields.ISO.dayOfWeek(), 1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }
}
