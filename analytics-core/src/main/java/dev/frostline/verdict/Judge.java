package dev.frostline.verdict;

import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.fleet.FleetShifts;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.Histories;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The door: from the histories of functions to what changed. Each deployment of a function is
 * compared with the one before it, and p corrected over the whole answer. A function that never
 * published a version is looked through for changes in time, and each deployment for patches of the
 * runtime that AWS made under it.
 */
public final class Judge {
  /** Import timings read at once: about 40 bytes each while they are read and unpacked. */
  private static final long TIMINGS_AT_ONCE = 2_000_000;

  private final Thresholds thresholds;
  private final @Nullable RememberedChanges remembered;

  /** Judges everything anew each time. */
  public Judge(Thresholds thresholds) {
    this(thresholds, null);
  }

  private Judge(Thresholds thresholds, @Nullable RememberedChanges remembered) {
    this.thresholds = thresholds;
    this.remembered = remembered;
  }

  /**
   * The same answers, but what none of whose cold starts has changed since an earlier answer, of
   * these histories or of a copy, is not judged again.
   */
  public static Judge remembering(Thresholds thresholds) {
    return new Judge(thresholds, new RememberedChanges());
  }

  /**
   * Comparisons by account, region, function and deployment order; the same whatever the row order
   * or thread count.
   */
  public List<Comparison> compare(Histories histories, Query query) {
    RememberedChanges judged = remembered == null ? new RememberedChanges() : remembered;
    Map<Long, Long> fingerprints =
        remembered == null ? Map.of() : histories.fingerprints(query.scope());
    List<FunctionJudgement> tasks = new ArrayList<>();
    for (FunctionHistory history : histories.functions(query.scope())) {
      FunctionJudgement task =
          FunctionJudgement.of(history, query, thresholds, judged, fingerprints);
      if (!task.isEmpty()) {
        tasks.add(task);
      }
    }
    List<FleetShifts.Observed> observed = observed(histories, tasks, judged);
    List<Comparison> comparisons = new ArrayList<>();
    for (DatedComparison change : FleetShifts.judged(observed)) {
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
  public Comparison explain(Histories histories, Query query, String before, String after) {
    List<Comparison> found = between(histories, query, before, after);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No cold starts of " + query.function() + " " + before + " and " + after + " that count");
    }
    return found.get(0);
  }

  /** The same for every function that has both; corrected over all of them. */
  public List<Comparison> between(Histories histories, Query query, String before, String after) {
    List<Comparison> found = new ArrayList<>();
    for (FunctionHistory history : histories.functions(query.scope())) {
      int one = history.position(before);
      int other = history.position(after);
      if (one >= 0 && other >= 0) {
        found.add(between(history, one, other, histories));
      }
    }
    if (before.contains("@")) {
      for (Comparison change : compare(histories, query)) {
        if (change.before().deployment().equals(before)
            && change.after().deployment().equals(after)) {
          found.add(change);
        }
      }
    }
    return Verdicts.correct(found);
  }

  private Comparison between(FunctionHistory history, int before, int after, Histories histories) {
    List<StartRecord> wanted = new ArrayList<>(history.traced(before, thresholds.poolSize()));
    wanted.addAll(history.traced(after, thresholds.poolSize()));
    TraceBatch traces = histories.traces(wanted);
    ImportNames names = new ImportNames();
    return new Verdicts(thresholds)
        .compare(
            history.deployment(before, traces, names, thresholds),
            history.deployment(after, traces, names, thresholds));
  }

  /**
   * Deployments that never happened, played on the longest deployment of each function: how often
   * would its verdicts cry wolf?
   */
  public List<Calibration> replay(Histories histories, Query query, int replays) {
    SelfCalibration calibration = new SelfCalibration(thresholds);
    List<Calibration> results = new ArrayList<>();
    for (FunctionHistory history : histories.functions(query.scope())) {
      int longest = history.longest();
      TraceBatch traces = histories.traces(history.traced(longest, thresholds.poolSize()));
      Deployment deployment = history.deployment(longest, traces, new ImportNames(), thresholds);
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

  /**
   * As many functions at a time as memory allows; one batch is judged, its functions side by side,
   * while the next is read.
   */
  private List<FleetShifts.Observed> observed(
      Histories histories, List<FunctionJudgement> tasks, RememberedChanges judged) {
    List<FleetShifts.Observed> observed = new ArrayList<>();
    ForkJoinTask<List<FleetShifts.Observed>> judging = null;
    int from = 0;
    while (from < tasks.size()) {
      int to = from;
      List<StartRecord> wanted = new ArrayList<>();
      for (long timings = 0; to < tasks.size() && timings <= TIMINGS_AT_ONCE; to++) {
        timings += tasks.get(to).timings();
        wanted.addAll(tasks.get(to).wanted());
      }
      TraceBatch traces = wanted.isEmpty() ? TraceBatch.NONE : histories.traces(wanted);
      if (judging != null) {
        observed.addAll(judging.join());
      }
      List<FunctionJudgement> batch = tasks.subList(from, to);
      judging = ForkJoinTask.adapt(() -> observed(batch, traces, judged)).fork();
      from = to;
    }
    observed.addAll(judging == null ? List.of() : judging.join());
    return observed;
  }

  private List<FleetShifts.Observed> observed(
      List<FunctionJudgement> batch, TraceBatch traces, RememberedChanges judged) {
    return IntStream.range(0, batch.size())
        .parallel()
        .mapToObj(i -> batch.get(i).observed(traces, thresholds, judged))
        .toList();
  }

  private static List<Comparison> filtered(List<Comparison> comparisons, Query query) {
    if (query.includeAll()) {
      return comparisons;
    }
    return comparisons.stream().filter(comparison -> comparison.verdict().isFinding()).toList();
  }
}
