package dev.frostline.ingest;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as logs write them, to Unix milliseconds. One without a zone is UTC, as the service and its
 * tools print it:
 *
 * <pre>
 * 1790000000000    2026-09-21T10:00:30    2026-09-21 10:00:30.123    2026-10-08T07:30:27.768000+00:00    … (+02:00)
 * </pre>
 */
final class LogTime {
  /** Where a text is no time. */
  static final long NONE = -1;

  /** The same as text of an expression: date, time, fraction, zone. */
  static final String WRITTEN =
      "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?"
          + "(?: ?(Z|UTC|\\(?[+-]\\d\\d:?\\d\\d\\)?))?";

  private static final Pattern PATTERN = Pattern.compile(WRITTEN);
  private static final Pattern FRACTION = Pattern.compile("\\d{9,10}\\.\\d{1,9}");
  private static final int SECONDS = 10;
  private static final int MICROSECONDS = 16;
  private static final int NANOSECONDS = 19;
  private static final long LATEST = 253_402_300_799_999L; // the end of year 9999

  private LogTime() {}

  /** Unix milliseconds; {@link #NONE} where it is no time. */
  static long millis(String text) {
    String trimmed = text.strip();
    if (trimmed.length() <= NANOSECONDS && isNumber(trimmed)) {
      return ofNumber(trimmed);
    }
    if (FRACTION.matcher(trimmed).matches()) {
      return ofSeconds(Double.parseDouble(trimmed));
    }
    Matcher written = PATTERN.matcher(trimmed);
    return written.matches() ? millis(written, 1) : NONE;
  }

  /** The time of a match of {@link #WRITTEN} whose first group is that one. */
  static long millis(Matcher written, int group) {
    try {
      LocalDateTime local =
          LocalDateTime.parse(written.group(group) + "T" + written.group(group + 1));
      String fraction = written.group(group + 2);
      long millis = fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
      return inRange(local.toEpochSecond(offset(written.group(group + 3))) * 1000 + millis);
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /** A number of milliseconds as it stands, if it is a time. */
  static long inRange(long millis) {
    return millis >= 0 && millis <= LATEST ? millis : NONE;
  }

  /** Unix milliseconds of Unix seconds with a fraction, as loggers of programs write them. */
  static long ofSeconds(double seconds) {
    return seconds >= 0 && seconds * 1000 <= LATEST ? Math.round(seconds * 1000) : NONE;
  }

  private static long ofNumber(String digits) {
    long number = Long.parseLong(digits);
    return switch (digits.length()) {
      case NANOSECONDS -> inRange(number / 1_000_000);
      case SECONDS -> inRange(number * 1000);
      case MICROSECONDS -> inRange(number / 1000);
      default -> inRange(number);
    };
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static ZoneOffset offset(@Nullable String zone) {
    if (zone == null || zone.startsWith("Z") || zone.startsWith("U")) {
      return ZoneOffset.UTC;
    }
    return ZoneOffset.of(zone.replace("(", "").replace(")", ""));
  }
}
