package dev.frostline.verdict.changes;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.hosts.InternalStandard;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.hosts.ReferenceImports;
import dev.frostline.verdict.statistics.Ranks;
import dev.frostline.verdict.statistics.SeriesCuts;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds changes that nobody named: where in the history of a {@code $LATEST} function, or under one
 * long-lived deployment, its cold starts changed. Starts with traces are scanned one by one by
 * rank, each found place is then judged like a deployment; series of days without traces are cut by
 * {@link SeriesCuts}.
 */
public final class ChangePoints {
  /** Cold starts of a configuration, spread over its time, that place a shift well enough. */
  public static final int MOST_SCANNED = 500;

  private static final int LEAST_SEGMENT = 8;
  private static final int PERMUTATIONS = 999;
  private static final double ALPHA = 0.01;

  /** Lengths are rounded up to the next of a row that grows by so much: each costs a simulation. */
  private static final double NEXT_LENGTH = 1.1;

  /** What one day shows may be that day's hosts. */
  private static final int LEAST_DAYS = 2;

  /** Days a side to tell a change of hosts, which have a state of their own each day. */
  private static final int LEAST_HOST_DAYS = 3;

  private static final Map<Integer, Double> CRITICAL = new ConcurrentHashMap<>();

  /**
   * A place in the history, with the verdict on what came after it.
   *
   * @param firstStart position of the first cold start after the change, among those looked at
   */
  public record Found(int firstStart, Comparison comparison, long firstMicros, long lastMicros) {
    /** The same without its place. */
    public DatedComparison dated() {
      return new DatedComparison(comparison, firstMicros, lastMicros);
    }
  }

  private final Thresholds thresholds;

  public ChangePoints(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Positions at which a series of numbers, one a day or week, changed its level. */
  public static List<Integer> inSeries(double[] values) {
    return SeriesCuts.of(values);
  }

  /**
   * Changes in a history without versions, in the order of time. It is first divided by
   * configuration (memory, runtime, layers); each part is scanned by its traced starts, or by days
   * where there are none; neighbouring parts are compared like deployments. A side is named by the
   * time of its first cold start.
   */
  public List<Found> inHistory(Deployment history) {
    List<Deployment> segments = new ArrayList<>();
    for (Deployment part : byConfiguration(history)) {
      int from = 0;
      for (int cut : cuts(part)) {
        segments.add(dated(part.with(part.starts().subList(from, cut))));
        from = cut;
      }
      segments.add(dated(part.with(part.starts().subList(from, part.starts().size()))));
    }
    List<Found> changes = new ArrayList<>();
    int first = 0;
    for (int i = 1; i < segments.size(); i++) {
      first += segments.get(i - 1).starts().size();
      changes.add(found(first, segments.get(i - 1), segments.get(i)));
    }
    return changes;
  }

  /**
   * Level shifts under one deployment, where nothing was deployed: what got slower or faster on two
   * days or more a side, a configuration that took the place of another, and hosts that are in
   * another state from some day on. A side is named by the time it began.
   */
  public Stretches within(Deployment period) {
    List<List<Deployment>> parts = new ArrayList<>();
    List<DatedComparison> shifts = new ArrayList<>();
    for (Deployment part : byConfiguration(period)) {
      List<Deployment> stretches = new ArrayList<>();
      int from = 0;
      for (Found found : shifts(part)) {
        shifts.add(found.dated());
        if (found.comparison().verdict() != Verdict.HOST) {
          stretches.add(part.with(part.starts().subList(from, found.firstStart())));
          from = found.firstStart();
        }
      }
      stretches.add(part.with(part.starts().subList(from, part.starts().size())));
      addReconfiguration(parts, stretches.get(0), shifts);
      parts.add(stretches);
    }
    shifts.sort(Comparator.comparingLong(DatedComparison::firstMicros));
    return new Stretches(period, parts, shifts);
  }

  private List<Found> shifts(Deployment part) {
    List<TimedStart> traced = part.starts().stream().filter(TimedStart::traced).toList();
    int most = Math.min(part.starts().size(), MOST_SCANNED);
    boolean isTraced = traced.size() >= 2 * LEAST_SEGMENT && 2 * traced.size() >= most;
    Deployment scanned = isTraced ? part.with(traced) : part;
    List<Integer> candidates =
        isTraced ? candidatesOfStarts(scanned) : candidatesOfDays(scanned.starts());
    List<Found> found = new ArrayList<>();
    for (Found one : settled(scanned, candidates, this::isShift)) {
      int position = part.starts().indexOf(scanned.starts().get(one.firstStart()));
      found.add(
          new Found(
              position,
              one.comparison()
                  .withNote("nothing was deployed: " + part.identity() + " served all the time"),
              one.firstMicros(),
              one.lastMicros()));
    }
    return found;
  }

  /**
   * By rank of what imports took, and of what else init did, and by the speed of hosts from day to
   * day.
   */
  private List<Integer> candidatesOfStarts(Deployment history) {
    InternalStandard standard = standard(history);
    double[] speeds = ReferenceImports.controlSpeeds(standard);
    TreeSet<Integer> cuts = new TreeSet<>();
    scan(normalisedTotals(standard.profile, speeds), 0, speeds.length, cuts);
    TreeSet<Integer> others =
        new TreeSet<>(new Days(history.starts(), speeds).cuts(thresholds.hostChange()));
    double[] outside = outsideImports(standard.profile, speeds);
    if (Arrays.stream(outside).noneMatch(Double::isNaN)) {
      scan(outside, 0, outside.length, others);
    }
    for (int cut : others) {
      if (cuts.subSet(cut - LEAST_SEGMENT, cut + LEAST_SEGMENT).isEmpty()) {
        cuts.add(cut);
      }
    }
    return new ArrayList<>(cuts);
  }

  private static double[] outsideImports(Profile profile, double[] speeds) {
    double[] outside = new double[profile.runs];
    for (int run = 0; run < outside.length; run++) {
      double imports = Arrays.stream(profile.self[run]).sum() / 1000;
      outside[run] = (profile.start(run).initMs() - imports) * Math.exp(-speeds[run]);
    }
    return outside;
  }

  private boolean isShift(Comparison comparison) {
    int days = Math.min(comparison.before().days(), comparison.after().days());
    return switch (comparison.verdict()) {
      case SLOWER, FASTER, BROAD -> days >= LEAST_DAYS;
      case HOST ->
          days >= LEAST_HOST_DAYS
              && Math.abs(comparison.measuredMs())
                  >= thresholds.rawFloor(comparison.before().medianMs());
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, MOVED, CONFIGURATION, PLATFORM, MIXED -> false;
    };
  }

  /** Another memory size or layer from some time on; AWS's patches are told apart. */
  private void addReconfiguration(
      List<List<Deployment>> earlier, Deployment part, List<DatedComparison> shifts) {
    if (earlier.isEmpty()) {
      return;
    }
    List<Deployment> stretches = earlier.get(earlier.size() - 1);
    Deployment before = stretches.get(stretches.size() - 1);
    TimedStart last = before.starts().get(before.starts().size() - 1);
    TimedStart first = part.starts().get(0);
    boolean isReplaced = last.startedAtMicros() < first.startedAtMicros();
    if (isReplaced && !last.configuration().isPatchedTo(first.configuration())) {
      Found found = found(0, dated(before), dated(part));
      if (found.comparison().verdict().isFinding()) {
        shifts.add(found.dated());
      }
    }
  }

  /** The starts of each configuration, in the order in which they first appeared. */
  static List<Deployment> byConfiguration(Deployment history) {
    Map<Configuration, List<TimedStart>> parts = new LinkedHashMap<>();
    for (TimedStart start : history.starts()) {
      parts.computeIfAbsent(start.configuration(), key -> new ArrayList<>()).add(start);
    }
    return parts.values().stream().map(history::with).toList();
  }

  /** A segment under the minute it began at, in UTC. */
  private static Deployment dated(Deployment segment) {
    Instant began =
        Instant.EPOCH.plus(segment.starts().get(0).startedAtMicros(), ChronoUnit.MICROS);
    return segment.named(segment.identity() + "@" + began.truncatedTo(ChronoUnit.MINUTES));
  }

  /** Positions in the order of time at which one configuration's starts changed. */
  private List<Integer> cuts(Deployment part) {
    List<TimedStart> traced = part.starts().stream().filter(TimedStart::traced).toList();
    if (traced.size() >= 2 * LEAST_SEGMENT && 2 * traced.size() >= part.starts().size()) {
      List<Integer> cuts = new ArrayList<>();
      for (Found found : inStarts(part.with(traced))) {
        cuts.add(part.starts().indexOf(traced.get(found.firstStart())));
      }
      return cuts;
    }
    return cutsOfDays(part);
  }

  private List<Integer> cutsOfDays(Deployment part) {
    return settled(part, candidatesOfDays(part.starts()), ChangePoints::isFinding).stream()
        .map(Found::firstStart)
        .toList();
  }

  private static List<Integer> candidatesOfDays(List<TimedStart> starts) {
    double[] logs =
        starts.stream()
            .mapToDouble(start -> start.initMs() > 0 ? Math.log(start.initMs()) : Double.NaN)
            .toArray();
    return new Days(starts, logs).cuts(0);
  }

  /** Changes in a history of traced starts, in the order of time. */
  public List<Found> inStarts(Deployment history) {
    if (history.starts().size() < 2 * LEAST_SEGMENT) {
      return List.of();
    }
    InternalStandard standard = standard(history);
    double[] totals = normalisedTotals(standard.profile, ReferenceImports.controlSpeeds(standard));
    TreeSet<Integer> cuts = new TreeSet<>();
    scan(totals, 0, totals.length, cuts);
    return settled(history, new ArrayList<>(cuts), ChangePoints::isFinding);
  }

  /** Drops what is not confirmed until every cut left stands between its neighbours. */
  private List<Found> settled(
      Deployment history, List<Integer> candidates, Predicate<Comparison> isChange) {
    List<Integer> cuts = candidates;
    List<Found> found = confirmed(history, cuts, isChange);
    while (found.size() < cuts.size()) {
      cuts = found.stream().map(Found::firstStart).toList();
      found = confirmed(history, cuts, isChange);
    }
    return found;
  }

  private static boolean isFinding(Comparison comparison) {
    return comparison.verdict().isFinding();
  }

  /** Keeps the places where the engine itself sees a change between the neighbouring segments. */
  private List<Found> confirmed(
      Deployment history, List<Integer> cuts, Predicate<Comparison> isChange) {
    List<Found> kept = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < cuts.size(); i++) {
      int to = i + 1 < cuts.size() ? cuts.get(i + 1) : history.starts().size();
      Deployment before = history.with(history.starts().subList(from, cuts.get(i)));
      Deployment after = history.with(history.starts().subList(cuts.get(i), to));
      Found found = found(cuts.get(i), dated(before), dated(after));
      if (isChange.test(found.comparison())) {
        kept.add(found);
        from = cuts.get(i);
      }
    }
    return kept;
  }

  private Found found(int firstStart, Deployment before, Deployment after) {
    List<TimedStart> later = after.starts();
    return new Found(
        firstStart,
        new Verdicts(thresholds).compare(before, after).withKind(Kind.SHIFT),
        later.get(0).startedAtMicros(),
        later.get(later.size() - 1).startedAtMicros());
  }

  private static InternalStandard standard(Deployment history) {
    int half = history.starts().size() / 2;
    return new InternalStandard(
        new Profile(
            history,
            history,
            history.starts().subList(0, half),
            history.starts().subList(half, history.starts().size())));
  }

  private static double[] normalisedTotals(Profile profile, double[] speeds) {
    double[] totals = new double[profile.runs];
    for (int run = 0; run < totals.length; run++) {
      for (double self : profile.self[run]) {
        totals[run] += self;
      }
      totals[run] *= Math.exp(-speeds[run]);
    }
    return totals;
  }

  private static void scan(double[] values, int from, int to, Set<Integer> cuts) {
    if (to - from < 2 * LEAST_SEGMENT) {
      return;
    }
    double[] ranks = Ranks.of(values, from, to);
    int best = Ranks.strongestSplit(ranks, LEAST_SEGMENT);
    double critical = CRITICAL.computeIfAbsent(rounded(to - from), ChangePoints::critical);
    if (Ranks.statistic(ranks, best) <= critical) {
      return;
    }
    scan(values, from, from + best, cuts);
    cuts.add(from + best);
    scan(values, from + best, to, cuts);
  }

  /** It grows slowly with the length, so the next longer one is as good and a little stricter. */
  private static int rounded(int length) {
    int rounded = 2 * LEAST_SEGMENT;
    while (rounded < length) {
      rounded = (int) Math.ceil(rounded * NEXT_LENGTH);
    }
    return rounded;
  }

  /**
   * The largest statistic over all splits that only one in a hundred orders of unrelated values
   * exceeds.
   */
  private static double critical(int length) {
    return Ranks.critical(length, LEAST_SEGMENT, PERMUTATIONS, ALPHA);
  }
}
