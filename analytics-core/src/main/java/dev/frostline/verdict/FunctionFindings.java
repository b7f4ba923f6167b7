package dev.frostline.verdict;

import dev.frostline.verdict.JudgedFunction.Answered;
import dev.frostline.verdict.JudgedFunction.Question;
import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.findings.Drift;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.findings.Recheck;
import dev.frostline.verdict.findings.Slowdown;
import dev.frostline.verdict.findings.Slowdown.State;
import dev.frostline.verdict.findings.Step;
import dev.frostline.verdict.findings.TrackFindings;
import dev.frostline.verdict.history.FunctionOutline;
import dev.frostline.verdict.history.FunctionOutline.Period;
import dev.frostline.verdict.timeline.Track;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the comparisons of one function come to: its findings with their lives, and its drift. */
final class FunctionFindings {
  final FunctionOutline outline;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final Map<Track, List<Step>> steps = new EnumMap<>(Track.class);
  private final Map<Recheck, Comparison> rechecked = new HashMap<>();
  private final List<Answered> rechecks = new ArrayList<>();
  private final Map<Track, Comparison> drifts = new EnumMap<>(Track.class);

  /**
   * @param answers the changes of every part, what the platform did called so
   */
  FunctionFindings(FunctionOutline outline, List<Answered> answers) {
    this.outline = outline;
    for (Answered answer : answers) {
      Track track = outline.periods().get(answer.part().after()).track();
      List<Step> own = steps.computeIfAbsent(track, key -> new ArrayList<>());
      for (DatedComparison change : answer.changes()) {
        Comparison comparison =
            change.comparison().withTrack(track.word()).withNotes(outline.unknown());
        if (answer.part().question() == Question.DEPLOYMENT) {
          comparison = comparison.withNotes(answer.part().skipped());
          own.add(new Step(answer.part().before(), answer.part().after(), comparison));
        } else if (answer.part().question() == Question.SHIFTS) {
          own.add(new Step(answer.part().after(), answer.part().after(), comparison));
        } else if (answer.part().question() == Question.HISTORY) {
          own.add(new Step(own.size(), own.size() + 1, comparison));
        }
        comparisons.add(comparison);
      }
    }
  }

  /** Every comparison, track after track, in the order of time; drift last. */
  List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>(comparisons);
    for (Track track : steps.keySet()) {
      Comparison drift = drift(track);
      if (drift != null) {
        all.add(drift);
      }
    }
    return all;
  }

  /** Comparisons with states further back that tell what became of slowdowns. */
  Set<Recheck> rechecks() {
    Set<Recheck> rechecks = new HashSet<>();
    for (Track track : steps.keySet()) {
      if (!isUnnamed(track)) {
        rechecks.addAll(of(track).rechecks());
      }
    }
    return rechecks;
  }

  /** Those that tell a drift; asked once the slowdowns are known. */
  Set<Recheck> driftRechecks() {
    Set<Recheck> rechecks = new HashSet<>();
    for (Track track : steps.keySet()) {
      if (!isUnnamed(track)) {
        rechecks.addAll(driftOf(track).rechecks());
      }
    }
    rechecks.removeAll(rechecked.keySet());
    return rechecks;
  }

  /** The answers to rechecks so far. */
  List<Answered> rechecked() {
    return rechecks;
  }

  void recheck(List<Answered> answers) {
    rechecks.addAll(answers);
    for (Answered answer : answers) {
      String track = outline.periods().get(answer.part().after()).track().word();
      rechecked.put(
          new Recheck(answer.part().before(), answer.part().after()),
          answer.changes().get(0).comparison().withTrack(track));
    }
  }

  /** Every slowdown and drift with what became of it. */
  List<FindingLife> lives() {
    List<FindingLife> lives = new ArrayList<>();
    for (Track track : steps.keySet()) {
      for (Slowdown slowdown : slowdowns(track)) {
        lives.add(life(track, slowdown));
      }
      Comparison drift = drift(track);
      if (drift != null) {
        lives.add(
            life(track, new Slowdown(drift, drift.changeMs(), State.OPEN, FunctionOutline.NONE)));
      }
    }
    return lives;
  }

  /**
   * The comparison of what is about to ship: of the newest live period of the main track, or of the
   * newest change where nothing names the code.
   */
  @Nullable Comparison newest() {
    List<Step> own = steps.getOrDefault(outline.mainTrack(), List.of());
    if (own.isEmpty()) {
      return null;
    }
    if (isUnnamed(outline.mainTrack())) {
      return own.get(own.size() - 1).comparison();
    }
    String live = outline.periods().get(live(outline.mainTrack())).deployment();
    Comparison newest = null;
    for (Step step : own) {
      boolean isLive = step.after() <= live(outline.mainTrack());
      newest = isLive && step.deployment().equals(live) ? step.comparison() : newest;
    }
    return newest;
  }

  private FindingLife life(Track track, Slowdown slowdown) {
    boolean isNamed = !isUnnamed(track);
    Period live = isNamed ? liveOne(track) : null;
    Period closed =
        isNamed && !slowdown.isOpen() ? outline.periods().get(slowdown.closedBy()) : null;
    return new FindingLife(
        slowdown.opening(),
        track == outline.mainTrack(),
        slowdown.still(),
        slowdown.state(),
        live == null ? null : live.deployment(),
        live == null ? null : instant(live.beganMicros()),
        instant(lastMicros(track)),
        closed == null ? null : closed.deployment(),
        closed == null ? null : instant(closed.beganMicros()));
  }

  private @Nullable Period liveOne(Track track) {
    int live = live(track);
    return live == FunctionOutline.NONE ? null : outline.periods().get(live);
  }

  private List<Slowdown> slowdowns(Track track) {
    return of(track).slowdowns(rechecked);
  }

  private @Nullable Comparison drift(Track track) {
    Comparison known = drifts.get(track);
    if (known != null || isUnnamed(track)) {
      return known;
    }
    Comparison drift = driftOf(track).found(rechecked);
    return drift == null ? null : drifts.computeIfAbsent(track, key -> drift.withKind(Kind.DRIFT));
  }

  private TrackFindings of(Track track) {
    return new TrackFindings(steps.getOrDefault(track, List.of()), live(track));
  }

  private Drift driftOf(Track track) {
    return new Drift(
        outline.periods(),
        steps.getOrDefault(track, List.of()),
        slowdowns(track),
        live(track),
        outline.nowMicros());
  }

  /** Where the newest live period of a track stands. */
  private int live(Track track) {
    if (isUnnamed(track)) {
      return steps.getOrDefault(track, List.of()).size();
    }
    return outline.live(track);
  }

  private boolean isUnnamed(Track track) {
    return outline.isUnnamed(track);
  }

  private long lastMicros(Track track) {
    long last = Long.MIN_VALUE;
    for (Period period : outline.periods()) {
      last = period.track() == track ? Math.max(last, period.lastMicros()) : last;
    }
    return last;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
