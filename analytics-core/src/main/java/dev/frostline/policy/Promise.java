package dev.frostline.policy;

import dev.frostline.verdict.statistics.Interval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a change to a function was measured to do before anyone deployed it.
 *
 * @param id its number in the store; 0 before it is stored
 * @param change the change in words
 * @param deployment the deployment that carries it; null for the first one after {@code givenAt}
 * @param measuredMs change of init where it was tried, CPU ms, with its 99 % interval
 * @param scale how many ms of the function's init one of these is
 * @param usdPerMonth what it is a month at the function's rate when it was given; NaN where that is
 *     not known
 */
public record Promise(
    long id,
    String account,
    String region,
    String function,
    String change,
    @Nullable String deployment,
    Interval measuredMs,
    double scale,
    double usdPerMonth,
    String givenBy,
    Instant givenAt) {

  /** Imports differ in how much faster another machine runs them. */
  private static final double DOUBT_OF_SCALE = 0.05;

  /** The same under a number. */
  public Promise numbered(long number) {
    return new Promise(
        number,
        account,
        region,
        function,
        change,
        deployment,
        measuredMs,
        scale,
        usdPerMonth,
        givenBy,
        givenAt);
  }

  /** The change of the function's own init, ms. */
  public Interval promisedMs() {
    Interval scaled =
        new Interval(
            measuredMs.estimate() * scale, measuredMs.low() * scale, measuredMs.high() * scale);
    return scale == 1 ? scaled : scaled.wider(DOUBT_OF_SCALE * Math.abs(scaled.estimate()));
  }
}
