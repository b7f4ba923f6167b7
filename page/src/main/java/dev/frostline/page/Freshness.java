package dev.frostline.page;

import dev.frostline.report.Figure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How new the newest cold start is: what the page shows is of then, whenever its file was written.
 *
 * @param newest when it was; absent without any
 */
record Freshness(@Nullable Instant newest) {
  private static final Duration OLD = Duration.ofDays(2);

  /** Whether a fleet whose logs come in day by day would have newer ones. */
  boolean isOld() {
    return newest != null && age(newest).compareTo(OLD) >= 0;
  }

  String words() {
    if (newest == null) {
      return "No data yet";
    }
    return "Data until "
        + Figure.time(newest)
        + (isOld() ? ", " + Figure.counted(age(newest).toDays(), "day") + " ago" : "");
  }

  private static Duration age(Instant time) {
    return Duration.between(time, Instant.now());
  }
}
