package dev.frostline.verdict;

import org.jspecify.annotations.Nullable;

/**
 * One cold start with its import timings in columns, in the order they were printed (children before parents).
 *
 * @param id identity; breaks ties of time, so that order of rows never matters
 * @param initMs Init Duration, or Restore Duration of a restore; NaN when the platform reported none
 * @param host what the layer saw of the host, if anything
 * @param name number of each import's name
 * @param selfMicros self time of each import
 * @param parent position of the importing row, or -1
 * @param invokePhase whether the import happened after init
 */
public record TimedStart(
    long id,
    long startedAtMicros,
    double initMs,
    Configuration configuration,
    @Nullable HostLoad host,
    int[] name,
    long[] selfMicros,
    int[] parent,
    boolean[] invokePhase) {
  private static final int[] NO_INTS = {};

  /** A cold start without a trace. */
  public static TimedStart untraced(long id, long startedAtMicros, double initMs, Configuration configuration) {
    return new TimedStart(
        id, startedAtMicros, initMs, configuration, null, NO_INTS, new long[0], NO_INTS, new boolean[0]);
  }

  boolean traced() {
    return name.length > 0;
  }

  long day() {
    return Math.floorDiv(startedAtMicros, 86_400_000_000L);
  }
}
