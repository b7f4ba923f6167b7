package dev.frostline.verdict.changes;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A comparison with the time of the first and last cold start after it. */
public record DatedComparison(Comparison comparison, long firstMicros, long lastMicros) {
  /** Whether a cold start after the change happened then or later. */
  public boolean isSeenSince(Instant since) {
    return lastMicros >= TimeUnit.SECONDS.toMicros(since.getEpochSecond()) + since.getNano() / 1000;
  }

  /** Whether it began within so many microseconds of a time. */
  public boolean isNear(long micros, long windowMicros) {
    return Math.abs(firstMicros - micros) <= windowMicros;
  }

  /** 1 where init got longer, -1 where it got shorter. */
  public double sign() {
    return Math.signum(comparison.changeMs().estimate());
  }

  /** A change of speed that no import is to blame for: only such can be the platform's. */
  public boolean isSpeed() {
    boolean speed =
        comparison.verdict() == Verdict.SLOWER || comparison.verdict() == Verdict.FASTER;
    return speed && comparison.suspects().isEmpty();
  }
}
