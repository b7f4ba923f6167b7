package dev.frostline.verdict.timeline;

import java.util.List;

/**
 * A deployment from its first to its last cold start, with no other taking its place in between: A,
 * B and A again are three periods of two deployments.
 *
 * @param deployment plain name, not unique: a rollback brings it back
 * @param starts in the order of time, at least one
 * @param from where its first start stands on its track
 * @param to where its last start stands on its track
 */
public record LivePeriod<S extends ServedStart>(
    Track track, String deployment, List<S> starts, int from, int to) {
  public LivePeriod {
    starts = List.copyOf(starts);
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("a period of " + deployment + " without cold starts");
    }
  }

  /** When it began to serve, in microseconds since 1970 UTC. */
  public long beganMicros() {
    return starts.get(0).startedAtMicros();
  }

  /** Its latest cold start, in microseconds since 1970 UTC. */
  public long lastMicros() {
    return starts.get(starts.size() - 1).startedAtMicros();
  }

  /** Whether nothing but the name of its track is known of its code. */
  public boolean isUnnamed() {
    return Track.isUnknown(deployment);
  }
}
