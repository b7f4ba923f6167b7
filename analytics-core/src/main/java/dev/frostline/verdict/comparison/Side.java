package dev.frostline.verdict.comparison;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One side of a comparison.
 *
 * @param deployment its identity
 * @param medianMs median Init Duration of the starts that count; NaN without any
 * @param starts cold starts that count
 * @param traced those of them with import timings
 * @param days distinct days on which they happened
 * @param since when the period of that deployment began: a rollback brings a name back
 */
public record Side(
    String deployment, double medianMs, int starts, int traced, int days, Instant since) {
  /** The same of a period that began then. */
  Side of(Instant began) {
    return new Side(deployment, medianMs, starts, traced, days, began);
  }

  /** By its deployment, or by deployment and the minute it began: {@code 41@2026-11-04T08:00Z}. */
  public boolean isNamed(String name) {
    return name.equals(deployment) || name.equals(period());
  }

  /** The deployment alone where the name is that of a stretch of it. */
  public String deploymentOfPeriod() {
    int at = deployment.lastIndexOf('@');
    return at < 0 ? deployment : deployment.substring(0, at);
  }

  /** The name of its period alone. */
  public String period() {
    return deployment + "@" + since.truncatedTo(ChronoUnit.MINUTES);
  }
}
