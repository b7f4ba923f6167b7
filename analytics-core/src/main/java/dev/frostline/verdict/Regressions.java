package dev.frostline.verdict;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The door for a store: each deployment of a function against the one before it, corrected over the
 * whole answer. A function that never published a version is looked through for changes in time,
 * and each deployment for patches of the runtime that AWS made under it.
 */
public final class Regressions {
  /** Import timings read at once: about 40 bytes each while they are read and unpacked. */
  private static final long TIMINGS_AT_ONCE = 2_000_000;

  /** Traced cold starts of a history without versions that are scanned: a year of eight a day. */
  private static final int LONGEST_HISTORY = 3000;

  private final Thresholds thresholds;

  public Regressions(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Comparisons by account, region, function and deployment order; the same whatever the row order
   * or thread count.
   */
  public List<Comparison> compare(Connection connection, Query query) throws SQLException {
    StoredStarts store = new StoredStarts(connection, query);
    List<Task> tasks = new ArrayList<>();
    for (History history : History.of(store.all)) {
      List<Integer> changes = history.changes(query.since());
      List<Integer> patched = history.patched(query.since());
      if (history.isUnversioned()) {
        tasks.add(new Task(history, changes, patched, history.traced(0, LONGEST_HISTORY)));
      } else if (!changes.isEmpty() || !patched.isEmpty()) {
        tasks.add(
            new Task(history, changes, patched, history.wanted(changes, patched, thresholds)));
      }
    }
    List<FleetShifts.Observed> observed = observed(store, tasks);
    List<Comparison> comparisons = new ArrayList<>();
    for (FleetShifts.Change change : FleetShifts.judged(observed)) {
      boolean recent = query.since() == null || change.isSeenSince(query.since());
      if (recent) {
        comparisons.add(change.comparison());
      }
    }
    return filtered(Verdicts.correct(comparisons), query);
  }

  /**
   * One deployment against another of the same function, whether or not they follow each other;
   * also two stretches of one deployment, as {@link #compare} names them.
   */
  public Comparison explain(Connection connection, Query query, String before, String after)
      throws SQLException {
    List<Comparison> found = between(connection, query, before, after);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No cold starts of " + query.function() + " " + before + " and " + after + " that count");
    }
    return found.get(0);
  }

  /** The same for every function that has both; corrected over all of them. */
  public List<Comparison> between(Connection connection, Query query, String before, String after)
      throws SQLException {
    StoredStarts store = new StoredStarts(connection, query);
    List<Comparison> found = new ArrayList<>();
    for (History history : History.of(store.all)) {
      int one = history.position(before);
      int other = history.position(after);
      if (one >= 0 && other >= 0) {
        found.add(between(history, one, other, store));
      }
    }
    if (before.contains("@")) {
      for (Comparison change : compare(connection, query)) {
        if (change.before().deployment().equals(before)
            && change.after().deployment().equals(after)) {
          found.add(change);
        }
      }
    }
    return Verdicts.correct(found);
  }

  private Comparison between(History history, int before, int after, StoredStarts store)
      throws SQLException {
    List<StoredStart> wanted = new ArrayList<>(history.traced(before, thresholds.poolSize()));
    wanted.addAll(history.traced(after, thresholds.poolSize()));
    store.readTimings(wanted);
    Names names = new Names();
    return new Verdicts(thresholds)
        .compare(
            history.deployment(before, store, names, thresholds),
            history.deployment(after, store, names, thresholds));
  }

  /**
   * Deployments that never happened, played on the longest deployment of each function: how often
   * would its verdicts cry wolf?
   */
  public List<Calibration> replay(Connection connection, Query query, int replays)
      throws SQLException {
    StoredStarts store = new StoredStarts(connection, query);
    SelfCalibration calibration = new SelfCalibration(thresholds);
    List<Calibration> results = new ArrayList<>();
    for (History history : History.of(store.all)) {
      int longest = history.longest();
      store.readTimings(history.traced(longest, thresholds.poolSize()));
      Deployment deployment = history.deployment(longest, store, new Names(), thresholds);
      results.add(
          new Calibration(
              deployment.account(),
              deployment.region(),
              deployment.function(),
              deployment.identity(),
              deployment.starts().size(),
              calibration.replay(deployment, replays)));
    }
    return results;
  }

  /** What self-calibration measured on one function. */
  public record Calibration(
      String account,
      String region,
      String function,
      String deployment,
      int starts,
      SelfCalibration.Result result) {}

  /** What the deployments cost: most added milliseconds a week first. */
  public static List<Comparison> rankedByCost(List<Comparison> comparisons) {
    List<Comparison> ranked = new ArrayList<>(comparisons);
    ranked.sort(Comparator.comparingDouble(Comparison::addedMsPerWeek).reversed());
    return ranked;
  }

  /** A function to judge, the deployments asked for and the cold starts whose imports it needs. */
  private record Task(
      History history, List<Integer> changes, List<Integer> patched, List<StoredStart> wanted) {
    long timings() {
      return wanted.stream().mapToLong(start -> start.expected).sum();
    }
  }

  /**
   * As many functions at a time as memory allows; one batch is judged, its functions side by side,
   * while the next is read.
   */
  private List<FleetShifts.Observed> observed(StoredStarts store, List<Task> tasks)
      throws SQLException {
    List<FleetShifts.Observed> observed = new ArrayList<>();
    ForkJoinTask<List<FleetShifts.Observed>> judging = null;
    int from = 0;
    while (from < tasks.size()) {
      int to = from;
      List<StoredStart> wanted = new ArrayList<>();
      for (long timings = 0; to < tasks.size() && timings <= TIMINGS_AT_ONCE; to++) {
        timings += tasks.get(to).timings();
        wanted.addAll(tasks.get(to).wanted());
      }
      if (!wanted.isEmpty()) {
        store.readTimings(wanted);
      }
      if (judging != null) {
        observed.addAll(judging.join());
      }
      List<Task> batch = tasks.subList(from, to);
      judging = ForkJoinTask.adapt(() -> observed(batch, store)).fork();
      from = to;
    }
    observed.addAll(judging == null ? List.of() : judging.join());
    return observed;
  }

  private List<FleetShifts.Observed> observed(List<Task> batch, StoredStarts store) {
    return IntStream.range(0, batch.size())
        .parallel()
        .mapToObj(i -> observed(batch.get(i), store))
        .toList();
  }

  private FleetShifts.Observed observed(Task task, StoredStarts store) {
    History history = task.history();
    Names names = new Names();
    List<FleetShifts.Change> changes = new ArrayList<>();
    if (history.isUnversioned()) {
      Deployment whole = history.deployment(0, store, names, thresholds);
      for (ChangePoints.Found found : new ChangePoints(thresholds).inHistory(whole)) {
        changes.add(
            new FleetShifts.Change(found.comparison(), found.firstMicros(), found.lastMicros()));
      }
      return new FleetShifts.Observed(history, changes);
    }
    Verdicts verdicts = new Verdicts(thresholds);
    PatchShifts patches = new PatchShifts(verdicts);
    @Nullable Deployment before = null;
    for (int i = 0; i < history.deployments.size(); i++) {
      boolean changed = task.changes().contains(i);
      boolean patched = task.patched().contains(i);
      if (!changed && !patched && !task.changes().contains(i + 1)) {
        before = null;
        continue;
      }
      Deployment after = history.deployment(i, store, names, thresholds);
      if (changed && before != null) {
        History.Stored stored = history.deployments.get(i);
        changes.add(
            new FleetShifts.Change(
                verdicts.compare(before, after), stored.firstMicros(), stored.lastMicros()));
      }
      changes.addAll(patched ? patches.within(after) : List.of());
      before = after;
    }
    return new FleetShifts.Observed(history, changes);
  }

  private static List<Comparison> filtered(List<Comparison> comparisons, Query query) {
    if (query.includeAll()) {
      return comparisons;
    }
    return comparisons.stream().filter(comparison -> comparison.verdict().isFinding()).toList();
  }
}
