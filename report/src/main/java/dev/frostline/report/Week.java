package dev.frostline.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One ISO 8601 week in UTC, Monday to Sunday, e.g. {@code 2026-W41}. The year is the week's, which
 * may differ from the calendar's in the days around New Year.
 */
public record Week(int year, int number) {
  private static final Pattern FORM = Pattern.compile("(\\d{4})-?W(\\d{1,2})");

  public Week {
    if (number < 1 || number > weeksOf(year)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d has weeks W01 to W%02d, not W%02d", year, weeksOf(year), number));
    }
  }

  /** The week of the form {@code 2026-W41}. */
  public static Week parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("A week is written like 2026-W41, not " + text);
    }
    return new Week(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** The week an instant lies in. */
  public static Week of(Instant instant) {
    LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
    return new Week(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** Its Monday. */
  public LocalDate monday() {
    return mondayOfFirst(year).plusWeeks(number - 1L);
  }

  /** The Monday after it. */
  public LocalDate nextMonday() {
    return monday().plusWeeks(1);
  }

  /** Its first instant. */
  public Instant since() {
    return monday().atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** The first instant after it. */
  public Instant until() {
    return nextMonday().atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04d-W%02d", year, number);
  }

  /** The first week of a year is the one with 4 January in it. */
  private static LocalDate mondayOfFirst(int year) {
    LocalDate fourth = LocalDate.of(year, 1, 4);
    return fourth.minusDays(fourth.getDayOfWeek().getValue() - 1L);
  }

  private static int weeksOf(int year) {
    return (int)
        IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(LocalDate.of(year, 1, 4)).getMaximum();
  }
}
