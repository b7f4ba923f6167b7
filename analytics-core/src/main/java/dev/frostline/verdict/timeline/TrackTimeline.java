package dev.frostline.verdict.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live periods of one track in the order in which they began. Two that serve at the same time,
 * as a canary and what it stands beside, overlap.
 */
public final class TrackTimeline<S extends ServedStart> {
  /**
   * What a period is compared with.
   *
   * @param skipped periods in between that cannot be judged, oldest first
   */
  public record Baseline<S extends ServedStart>(
      LivePeriod<S> period, List<LivePeriod<S>> skipped) {}

  /** By the time they began; versions that began together by their numbers. */
  private static final Comparator<LivePeriod<?>> ORDER =
      Comparator.comparingLong((LivePeriod<?> period) -> period.beganMicros())
          .thenComparingLong(period -> number(period.deployment()))
          .thenComparingInt(LivePeriod::from);

  private final Track track;
  private final List<S> starts = new ArrayList<>();
  private final List<LivePeriod<S>> periods = new ArrayList<>();
  private final Map<String, Presence> presences = new HashMap<>();
  private final int unknown;

  /** The starts of one track of one function, in the order of time. */
  TrackTimeline(Track track, List<S> all) {
    this.track = track;
    List<@Nullable String> names = Identities.of(all);
    Map<String, List<Integer>> positions = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String name = names.get(i);
      if (name != null) {
        positions.computeIfAbsent(name, key -> new ArrayList<>()).add(starts.size());
        starts.add(all.get(i));
      }
    }
    unknown = all.size() - starts.size();
    positions.forEach(this::addPeriods);
    periods.sort(ORDER);
  }

  public Track track() {
    return track;
  }

  /** All periods, by the time they began; versions that began together by their numbers. */
  public List<LivePeriod<S>> periods() {
    return List.copyOf(periods);
  }

  /** Cold starts whose code nobody knows: they count nowhere. */
  public int unknownStarts() {
    return unknown;
  }

  /**
   * The last period before this one that can be judged and that it replaced, or stands beside: the
   * newest of those that served when it began, else the one that served last; the same of all
   * periods where none can be judged. Null where that is the same deployment, which only went on.
   *
   * @param canBeJudged whether a period has cold starts enough
   */
  public @Nullable Baseline<S> baseline(
      LivePeriod<S> period, Predicate<LivePeriod<S>> canBeJudged) {
    LivePeriod<S> found = replaced(period, canBeJudged);
    if (found == null) {
      found = replaced(period, any -> true);
    }
    if (found == null || found.deployment().equals(period.deployment())) {
      return null;
    }
    List<LivePeriod<S>> skipped = new ArrayList<>();
    for (LivePeriod<S> between : periods) {
      boolean isBetween = isEarlier(found, between) && isEarlier(between, period);
      if (isBetween && !canBeJudged.test(between)) {
        skipped.add(between);
      }
    }
    return new Baseline<>(found, List.copyOf(skipped));
  }

  /** The periods that still serve, with a start since then, newest first. */
  List<LivePeriod<S>> live(long sinceMicros) {
    List<LivePeriod<S>> live = new ArrayList<>();
    for (LivePeriod<S> period : periods) {
      if (period.lastMicros() >= sinceMicros && !isOver(period, starts.size())) {
        live.add(0, period);
      }
    }
    return live;
  }

  private @Nullable LivePeriod<S> replaced(
      LivePeriod<S> period, Predicate<LivePeriod<S>> canBeJudged) {
    LivePeriod<S> serving = null;
    LivePeriod<S> last = null;
    for (LivePeriod<S> other : periods) {
      if (isEarlier(other, period) && canBeJudged.test(other)) {
        serving = isOver(other, period.from()) ? serving : other;
        last = last == null || other.to() > last.to() ? other : last;
      }
    }
    return serving == null ? last : serving;
  }

  private boolean isEarlier(LivePeriod<S> one, LivePeriod<S> other) {
    return ORDER.compare(one, other) < 0;
  }

  /** Whether a period had ended when the start at that position came. */
  private boolean isOver(LivePeriod<S> period, int position) {
    return Objects.requireNonNull(presences.get(period.deployment()))
        .isOver(period.from(), period.to(), position - period.to() - 1);
  }

  private void addPeriods(String deployment, List<Integer> own) {
    int[] positions = own.stream().mapToInt(Integer::intValue).toArray();
    Presence presence = new Presence(positions, starts.size());
    presences.put(deployment, presence);
    int from = 0;
    for (int i = 0; i < positions.length; i++) {
      if (i == positions.length - 1 || presence.isReplacedAfter(i)) {
        addPeriod(deployment, Arrays.copyOfRange(positions, from, i + 1));
        from = i + 1;
      }
    }
  }

  private void addPeriod(String deployment, int[] positions) {
    List<S> own = Arrays.stream(positions).mapToObj(starts::get).toList();
    int last = positions[positions.length - 1];
    periods.add(new LivePeriod<>(track, deployment, own, positions[0], last));
  }

  /** The number of a version. */
  private static long number(String deployment) {
    boolean isNumber =
        deployment.length() < 18 && deployment.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && !deployment.isEmpty() ? Long.parseLong(deployment) : -1;
  }
}
