package dev.frostline.policy;

/**
 * How long events and import timings stay as they were delivered. Behind that, every cold start
 * stays with its times, and a sample of them keeps its import timings.
 *
 * @param rawDays days; at least {@link #LEAST_DAYS}
 * @param dailyStarts cold starts of each day, deployment and configuration that keep their import
 *     timings; at least {@link #LEAST_STARTS}
 */
public record Retention(int rawDays, int dailyStarts) {
  /** What is live is told by its last seven days. */
  public static final int LEAST_DAYS = 7;

  /** Below so many a side, nothing can be judged. */
  public static final int LEAST_STARTS = 5;

  /** Where nothing is said. */
  public static final int DAILY_STARTS = 30;

  public Retention {
    if (rawDays < LEAST_DAYS) {
      throw new IllegalArgumentException("raw-days is " + LEAST_DAYS + " or more, not " + rawDays);
    }
    if (dailyStarts < LEAST_STARTS) {
      throw new IllegalArgumentException(
          "daily-starts is " + LEAST_STARTS + " or more, not " + dailyStarts);
    }
  }
}
