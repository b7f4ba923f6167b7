package dev.frostline.verdict.history;

import dev.frostline.verdict.timeline.ServedStart;
import org.jspecify.annotations.Nullable;

/**
 * One countable cold start of a function, before its imports are looked at. Failed inits, snapshots
 * and starts whose lines contradict each other never become one.
 *
 * @param id identity, the same in every store
 * @param version what Lambda calls the code: a published version, or {@code $LATEST}
 * @param deployment identity of the code
 * @param startedAtMicros microseconds since 1970, UTC
 * @param initMs Init Duration, or Restore Duration of a restore; NaN when the platform reported
 *     none
 * @param host what the layer saw of the host, if anything
 * @param importCount import timings there are to read; 0 when the function is not wrapped
 * @param cut whether import timings are missing: lost, or more than the layer prints
 */
public record StartRecord(
    long id,
    String version,
    String deployment,
    long startedAtMicros,
    double initMs,
    Configuration configuration,
    @Nullable HostLoad host,
    int importCount,
    boolean cut)
    implements ServedStart {
  /** Whether it has all its imports. */
  boolean isTraced() {
    return !cut && importCount > 0;
  }

  /** The cold start with its imports. */
  TimedStart with(Trace trace) {
    return new TimedStart(id, startedAtMicros, initMs, configuration, host, trace);
  }

  /** The cold start where it only matters whether it has imports. */
  TimedStart counted() {
    return with(isTraced() ? Trace.UNREAD : Trace.NONE);
  }
}
