package dev.frostline.verdict;

import dev.frostline.verdict.history.FunctionOutline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One period of a deployment as a row of a table, in whatever holds it: the columns of {@code
 * live_period} in their order.
 */
public record LivePeriodRow(
    String account,
    String region,
    String function,
    String track,
    String deployment,
    Instant beganAt,
    Instant lastAt,
    long coldStarts,
    boolean main,
    boolean live,
    boolean newest) {
  /** The periods of a function in its order. */
  public static List<LivePeriodRow> of(FunctionOutline function) {
    List<LivePeriodRow> rows = new ArrayList<>();
    for (FunctionOutline.Period period : function.periods()) {
      boolean isMain = period.track() == function.mainTrack();
      rows.add(
          new LivePeriodRow(
              function.account(),
              function.region(),
              function.function(),
              period.track().word(),
              period.deployment(),
              Instant.EPOCH.plus(period.beganMicros(), ChronoUnit.MICROS),
              Instant.EPOCH.plus(period.lastMicros(), ChronoUnit.MICROS),
              period.starts(),
              isMain,
              period.isLive(),
              isMain && period.isNewest()));
    }
    return rows;
  }
}
