package dev.frostline.verdict.history;

import org.jspecify.annotations.Nullable;

/**
 * One countable cold start with the timings of its imports.
 *
 * @param id identity; breaks ties of time, so that the order of rows never matters
 * @param initMs Init Duration, or Restore Duration of a restore; NaN when the platform reported
 *     none
 * @param host what the layer saw of the host, if anything
 * @param trace its imports; empty when the function is not wrapped
 */
public record TimedStart(
    long id,
    long startedAtMicros,
    double initMs,
    Configuration configuration,
    @Nullable HostLoad host,
    Trace trace) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** A cold start without a trace. */
  public static TimedStart untraced(
      long id, long startedAtMicros, double initMs, Configuration configuration) {
    return new TimedStart(id, startedAtMicros, initMs, configuration, null, Trace.NONE);
  }

  public boolean traced() {
    return trace.size() > 0;
  }

  public long day() {
    return Math.floorDiv(startedAtMicros, MICROS_PER_DAY);
  }
}
