package dev.frostline.verdict.history;

import java.util.Map;
import java.util.function.LongFunction;

/** The import timings that were read for some cold starts. */
public final class TraceBatch {
  /** No imports at all. */
  public static final TraceBatch NONE = new TraceBatch(Map.of(), key -> "?");

  private final Map<Long, ImportTimings> byStart;
  private final LongFunction<String> nameOfKey;

  /**
   * @param byStart import timings by the id of their cold start; neither it nor they change any
   *     more
   * @param nameOfKey the name of an import behind its key
   */
  public TraceBatch(Map<Long, ImportTimings> byStart, LongFunction<String> nameOfKey) {
    this.byStart = byStart;
    this.nameOfKey = nameOfKey;
  }

  /** The cold start with the imports that were read for it, none if none were. */
  TimedStart timed(StartRecord start, ImportNames names) {
    ImportTimings timings = byStart.get(start.id());
    return start.with(timings == null ? Trace.NONE : timings.trace(names, nameOfKey));
  }
}
