package dev.frostline.verdict.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What served one function when: a deployment is no name, ordered once, but a stretch of time in
 * which some code served requests. Now is the newest cold start, so that an old export has one.
 */
public final class Timeline<S extends ServedStart> {
  private static final long LIVE_MICROS = 7 * 86_400_000_000L;

  private final Map<Track, TrackTimeline<S>> tracks = new EnumMap<>(Track.class);
  private final TrackTimeline<S> main;
  private final long nowMicros;

  private Timeline(List<S> sorted) {
    nowMicros = sorted.get(sorted.size() - 1).startedAtMicros();
    Map<Track, List<S>> starts = new EnumMap<>(Track.class);
    for (S start : sorted) {
      Track track = Track.of(start.version());
      starts.computeIfAbsent(track, key -> new ArrayList<>()).add(start);
    }
    starts.forEach((track, own) -> tracks.put(track, new TrackTimeline<>(track, own)));
    main = Objects.requireNonNull(tracks.get(busiest(starts)));
  }

  private Track busiest(Map<Track, List<S>> starts) {
    Track busiest = Track.PUBLISHED;
    long most = 0;
    for (Map.Entry<Track, List<S>> entry : starts.entrySet()) {
      long recent =
          entry.getValue().stream()
              .filter(start -> start.startedAtMicros() >= nowMicros - LIVE_MICROS)
              .count();
      busiest = recent > most ? entry.getKey() : busiest;
      most = Math.max(most, recent);
    }
    return busiest;
  }

  /** The timeline of one function's countable cold starts, at least one, in any order. */
  public static <S extends ServedStart> Timeline<S> of(Collection<S> starts) {
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("a timeline needs a cold start");
    }
    List<S> sorted = new ArrayList<>(starts);
    sorted.sort(ServedStart.ORDER);
    return new Timeline<>(sorted);
  }

  /** The newest cold start of the function, in microseconds since 1970 UTC. */
  public long nowMicros() {
    return nowMicros;
  }

  /** Every track that has cold starts, published versions first. */
  public List<TrackTimeline<S>> tracks() {
    return List.copyOf(tracks.values());
  }

  /** The track with most cold starts in the last 7 days; published versions when equal. */
  public TrackTimeline<S> main() {
    return main;
  }

  /**
   * The periods of a track that serve now: with a cold start in the last 7 days and not replaced,
   * the newest first. A canary and what it stands beside are both live.
   */
  public List<LivePeriod<S>> live(TrackTimeline<S> track) {
    return track.live(nowMicros - LIVE_MICROS);
  }
}
