package dev.frostline.verdict.history;

import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.timeline.LivePeriod;
import dev.frostline.verdict.timeline.ServedStart;
import dev.frostline.verdict.timeline.Timeline;
import dev.frostline.verdict.timeline.Track;
import dev.frostline.verdict.timeline.TrackTimeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The countable cold starts of one function, by live period: track after track, on each in the
 * order in which they began.
 */
public final class FunctionHistory {
  /** Where a period stands that replaced nothing. */
  public static final int NONE = -1;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** A period on fewer days has no level that could shift: two days a side are the least. */
  private static final int LONG_DAYS = 4;

  /**
   * What a period is held against.
   *
   * @param position where the period it replaced stands; {@link #NONE} where it replaced none
   * @param skipped what could not be judged in between, in words; empty where nothing was
   */
  public record Baseline(int position, String skipped) {}

  public final String account;
  public final String region;
  public final String function;

  /** Track after track, on each in the order in which they began. */
  public final List<LivePeriod<StartRecord>> periods;

  private final List<StartRecord> starts;
  private final Timeline<StartRecord> timeline;

  /**
   * @param starts all its countable cold starts, in any order; at least one
   */
  public FunctionHistory(String account, String region, String function, List<StartRecord> starts) {
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("no cold starts of " + function);
    }
    this.account = account;
    this.region = region;
    this.function = function;
    this.starts = starts.stream().sorted(ServedStart.ORDER).toList();
    timeline = Timeline.of(this.starts);
    periods = timeline.tracks().stream().flatMap(track -> track.periods().stream()).toList();
  }

  /** The period that one at that position replaced, or stands beside. */
  public Baseline baseline(int position, Thresholds thresholds) {
    LivePeriod<StartRecord> period = periods.get(position);
    TrackTimeline.Baseline<StartRecord> found =
        track(period.track()).baseline(period, any -> canBeJudged(any, thresholds));
    return found == null
        ? new Baseline(NONE, "")
        : new Baseline(position(found.period()), skipped(found.skipped()));
  }

  /** Enough starts with import timings, or else enough on enough days. */
  private static boolean canBeJudged(LivePeriod<StartRecord> period, Thresholds thresholds) {
    int traced = 0;
    for (StartRecord start : period.starts()) {
      traced += start.isTraced() ? 1 : 0;
    }
    return traced >= thresholds.minTraced()
        || (period.starts().size() >= thresholds.minRawStarts()
            && days(period) >= thresholds.minDays());
  }

  private static int days(LivePeriod<StartRecord> period) {
    Set<Long> days = new HashSet<>();
    for (StartRecord start : period.starts()) {
      days.add(Math.floorDiv(start.startedAtMicros(), MICROS_PER_DAY));
    }
    return days.size();
  }

  /** Whether a deployment served so long that its level may have shifted under it. */
  public boolean isLongLived(int position) {
    LivePeriod<StartRecord> period = periods.get(position);
    return !period.isUnnamed() && days(period) >= LONG_DAYS;
  }

  private static String skipped(List<LivePeriod<StartRecord>> periods) {
    return periods.stream()
        .map(
            period ->
                period.deployment()
                    + " skipped: "
                    + period.starts().size()
                    + (period.starts().size() == 1 ? " cold start" : " cold starts"))
        .collect(Collectors.joining(", "));
  }

  /** The same without its cold starts. */
  public FunctionOutline outline() {
    Set<Integer> newest =
        timeline.tracks().stream().map(one -> live(one.track())).collect(Collectors.toSet());
    List<FunctionOutline.Period> outlines = new ArrayList<>();
    for (int i = 0; i < periods.size(); i++) {
      LivePeriod<StartRecord> period = periods.get(i);
      outlines.add(
          new FunctionOutline.Period(
              period.track(),
              period.deployment(),
              period.beganMicros(),
              period.lastMicros(),
              period.starts().size(),
              period.isUnnamed(),
              isLive(i),
              newest.contains(i)));
    }
    return new FunctionOutline(
        account,
        region,
        function,
        outlines,
        mainTrack(),
        starts.get(starts.size() - 1).configuration(),
        timeline.nowMicros(),
        unknown());
  }

  /** The newest cold start, in microseconds since 1970 UTC. */
  public long nowMicros() {
    return timeline.nowMicros();
  }

  /** The track that gate, fleet and report speak of. */
  public Track mainTrack() {
    return timeline.main().track();
  }

  /** Where the newest period of a track that serves now stands; {@link #NONE} where none does. */
  public int live(Track track) {
    List<LivePeriod<StartRecord>> live = timeline.live(track(track));
    return live.isEmpty() ? NONE : position(live.get(0));
  }

  /** Whether a period serves now. */
  public boolean isLive(int position) {
    LivePeriod<StartRecord> period = periods.get(position);
    return timeline.live(track(period.track())).stream()
        .anyMatch(live -> live.from() == period.from());
  }

  /** Cold starts whose code nobody knows, in words; empty without any. */
  public String unknown() {
    int unknown = timeline.tracks().stream().mapToInt(TrackTimeline::unknownStarts).sum();
    return unknown == 0
        ? ""
        : unknown
            + (unknown == 1 ? " cold start" : " cold starts")
            + " of unknown code left out: the lines that name it are missing";
  }

  /** Where the newest period of that name stands, on the main track if it is there, or -1. */
  public int position(String name) {
    int found = NONE;
    for (int i = 0; i < periods.size(); i++) {
      Track track = periods.get(i).track();
      boolean isBetter =
          found == NONE || track == periods.get(found).track() || track == mainTrack();
      found = isNamed(periods.get(i), name) && isBetter ? i : found;
    }
    return found;
  }

  /**
   * Where the period of that name stands that the one at another position replaced, or that came
   * before it last; the newest of that name where none did.
   */
  public int position(String name, int after, Thresholds thresholds) {
    int baseline = baseline(after, thresholds).position();
    if (baseline != NONE && isNamed(periods.get(baseline), name)) {
      return baseline;
    }
    int found = NONE;
    for (int i = 0; i < after; i++) {
      boolean isSameTrack = periods.get(i).track() == periods.get(after).track();
      found = isSameTrack && isNamed(periods.get(i), name) ? i : found;
    }
    return found == NONE ? position(name) : found;
  }

  private int position(LivePeriod<StartRecord> period) {
    for (int i = 0; i < periods.size(); i++) {
      boolean isOnTrack = periods.get(i).track() == period.track();
      if (isOnTrack && periods.get(i).from() == period.from()) {
        return i;
      }
    }
    return NONE;
  }

  private TrackTimeline<StartRecord> track(Track track) {
    return timeline.tracks().stream()
        .filter(one -> one.track() == track)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(function + " has no track " + track));
  }

  /** By its deployment, or by deployment and the minute it began. */
  private static boolean isNamed(LivePeriod<StartRecord> period, String name) {
    Instant began = Instant.EPOCH.plus(period.beganMicros(), ChronoUnit.MICROS);
    return name.equals(period.deployment())
        || name.equals(period.deployment() + "@" + began.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Where the period with most cold starts stands; the latest of equals. */
  public int longest() {
    int longest = 0;
    for (int i = 1; i < periods.size(); i++) {
      boolean longer = periods.get(i).starts().size() >= periods.get(longest).starts().size();
      longest = longer ? i : longest;
    }
    return longest;
  }

  /** All its countable cold starts in the order of time, those of unknown code among them. */
  public List<StartRecord> starts() {
    return starts;
  }

  /** Whether AWS changed the runtime's patch under a period. */
  public boolean isPatched(int position) {
    return periods.get(position).starts().stream()
            .map(start -> start.configuration().runtimeVersion())
            .distinct()
            .count()
        > 1;
  }

  /**
   * Cold starts whose imports the comparison of a period needs: none where too few have any, and
   * none that was cut short.
   */
  public List<StartRecord> wanted(int position, Thresholds thresholds) {
    List<StartRecord> traced = traced(position, thresholds.poolSize());
    return traced.size() < thresholds.minTraced() ? List.of() : traced;
  }

  /** The latest traced cold starts of a deployment, at most so many of each configuration. */
  public List<StartRecord> traced(int position, int most) {
    List<StartRecord> starts = periods.get(position).starts();
    Map<Configuration, Integer> counts = new HashMap<>();
    List<StartRecord> traced = new ArrayList<>();
    for (int i = starts.size() - 1; i >= 0; i--) {
      StartRecord start = starts.get(i);
      if (start.isTraced() && counts.merge(start.configuration(), 1, Integer::sum) <= most) {
        traced.add(start);
      }
    }
    return traced;
  }

  /**
   * Those that tell when the level of a period shifted: the same, and at most so many of each
   * configuration from all of its time.
   */
  public List<StartRecord> wantedInTime(int position, int most, Thresholds thresholds) {
    Map<Configuration, List<StartRecord>> traced = new LinkedHashMap<>();
    for (StartRecord start : periods.get(position).starts()) {
      if (start.isTraced()) {
        traced.computeIfAbsent(start.configuration(), key -> new ArrayList<>()).add(start);
      }
    }
    Set<StartRecord> wanted = new LinkedHashSet<>(wanted(position, thresholds));
    for (List<StartRecord> starts : traced.values()) {
      int chosen = wanted.isEmpty() ? 0 : Math.min(most, starts.size());
      for (int i = 0; i < chosen; i++) {
        wanted.add(starts.get((int) ((long) i * starts.size() / chosen)));
      }
    }
    return List.copyOf(wanted);
  }

  /** One period with the imports that were read. */
  public Deployment deployment(
      int position, TraceBatch traces, ImportNames names, Thresholds thresholds) {
    boolean unread = traced(position, thresholds.minTraced()).size() < thresholds.minTraced();
    LivePeriod<StartRecord> period = periods.get(position);
    List<TimedStart> timed = new ArrayList<>();
    for (StartRecord start : period.starts()) {
      timed.add(unread ? start.counted() : traces.timed(start, names));
    }
    return new Deployment(
        account,
        region,
        function,
        period.deployment(),
        Imports.kindOf(period.starts().get(0).configuration().runtime()),
        names,
        timed);
  }
}
