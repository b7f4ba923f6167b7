package dev.frostline.verdict.changes;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.timeline.Track;
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
    return Math.signum(movedMs());
  }

  /** How much init moved, in % of the side before. */
  public double movedPct() {
    return 100 * movedMs() / comparison.before().medianMs();
  }

  /** Where hosts changed it is what was measured, not what the code did, that moved. */
  private double movedMs() {
    return switch (comparison.verdict()) {
      case HOST, BROAD -> comparison.measuredMs();
      default -> comparison.changeMs().estimate();
    };
  }

  /** A change of speed that no import is to blame for: only such can be the platform's. */
  public boolean isSpeed() {
    return isSlowerOrFaster() && !comparison.blamesImports();
  }

  /**
   * A change of speed that nobody deployed. Where nothing names the code only one without a suspect
   * is: a library that is rolled out everywhere moves such functions together, too.
   */
  public boolean isUndeployed() {
    if (comparison.kind() != Kind.SHIFT) {
      return false;
    }
    boolean isHost = comparison.verdict() == Verdict.HOST || comparison.verdict() == Verdict.BROAD;
    return isNamed() ? isSlowerOrFaster() || isHost : isSpeed();
  }

  /** The same comparison in other words. */
  public DatedComparison with(Comparison other) {
    return new DatedComparison(other, firstMicros, lastMicros);
  }

  private boolean isSlowerOrFaster() {
    return comparison.verdict() == Verdict.SLOWER || comparison.verdict() == Verdict.FASTER;
  }

  /** Whether it is known that the same code served on both sides. */
  private boolean isNamed() {
    return !Track.isUnknown(comparison.after().deploymentOfPeriod());
  }
}
