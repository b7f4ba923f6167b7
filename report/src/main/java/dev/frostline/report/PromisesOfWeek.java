package dev.frostline.report;

import dev.frostline.policy.Delivery;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Promised;
import dev.frostline.verdict.comparison.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Promises that are still open, and those that a deployment of the week or shortly before carried.
 */
final class PromisesOfWeek {
  private PromisesOfWeek() {}

  static List<Promised> of(Connection connection, Week week, List<Comparison> judged)
      throws SQLException {
    return Delivery.of(new Promises(connection).all(), judged).stream()
        .filter(one -> one.promise().givenAt().isBefore(week.until()))
        .filter(one -> isOfWeek(one, week))
        .map(PromisesOfWeek::told)
        .toList();
  }

  private static boolean isOfWeek(Delivery one, Week week) {
    Comparison comparison = one.comparison();
    Instant earliest = week.since().minus(ChangesOfWeek.CARRIED_OVER);
    return comparison == null || !comparison.after().since().isBefore(earliest);
  }

  private static Promised told(Delivery one) {
    Promise promise = one.promise();
    Comparison comparison = one.comparison();
    return new Promised(
        new FunctionId(promise.account(), promise.region(), promise.function()),
        promise.change(),
        one.state().words(),
        promise.promisedMs(),
        one.deliveredMs(),
        Phrase.usdPerMonth(one),
        comparison == null ? null : comparison.before().deployment(),
        comparison == null ? promise.deployment() : comparison.after().deployment());
  }
}
