package dev.frostline.verdict;

import dev.frostline.verdict.FunctionJudgement.Answered;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.findings.Recheck;
import dev.frostline.verdict.fleet.FleetShifts;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.Histories;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The door: from the histories of functions to what changed and what is still open. Each live
 * period of a function is compared with the one it replaced, and p corrected over the whole answer.
 * Where nothing names the code its history is looked through for changes in time, and each period
 * for patches of the runtime that AWS made under it.
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
   * Comparisons by account, region, function and time; the same whatever the row order or thread
   * count.
   */
  public List<Comparison> compare(Histories histories, Query query) {
    Answer answer = answer(histories, query);
    Instant since = query.since();
    List<Comparison> comparisons = since == null ? answer.comparisons() : answer.since(since);
    return query.includeAll()
        ? comparisons
        : comparisons.stream().filter(one -> one.verdict().isFinding()).toList();
  }

  /** All about these functions, whatever the query's since. */
  public Answer answer(Histories histories, Query query) {
    RememberedChanges judged = remembered == null ? new RememberedChanges() : remembered;
    Map<Long, Long> fingerprints =
        remembered == null ? Map.of() : histories.fingerprints(query.scope());
    List<FunctionJudgement> tasks = new ArrayList<>();
    for (FunctionHistory history : histories.functions(query.scope())) {
      tasks.add(FunctionJudgement.of(history, thresholds, judged, fingerprints));
    }
    List<FunctionFindings> functions = findings(tasks, answers(histories, tasks, judged));
    for (Function<FunctionFindings, Set<Recheck>> question :
        List.<Function<FunctionFindings, Set<Recheck>>>of(
            FunctionFindings::rechecks, FunctionFindings::driftRechecks)) {
      List<FunctionJudgement> again = new ArrayList<>();
      List<FunctionFindings> asked = new ArrayList<>();
      for (FunctionFindings function : functions) {
        Set<Recheck> rechecks = question.apply(function);
        if (!rechecks.isEmpty()) {
          asked.add(function);
          again.add(
              FunctionJudgement.again(
                  function.history, rechecks, thresholds, judged, fingerprints));
        }
      }
      List<List<Answered>> answers = answers(histories, again, judged);
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).recheck(answers.get(i));
      }
    }
    return answer(functions);
  }

  /** What the platform did to many at once is told from what each function's code did. */
  private List<FunctionFindings> findings(
      List<FunctionJudgement> tasks, List<List<Answered>> answers) {
    List<FleetShifts.Observed> observed = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      observed.add(
          new FleetShifts.Observed(
              tasks.get(i).history(),
              answers.get(i).stream().flatMap(one -> one.changes().stream()).toList()));
    }
    List<FunctionFindings> functions = new ArrayList<>();
    List<FleetShifts.Observed> judged = FleetShifts.judged(observed);
    for (int i = 0; i < tasks.size(); i++) {
      List<Answered> own = new ArrayList<>();
      int from = 0;
      for (Answered one : answers.get(i)) {
        int to = from + one.changes().size();
        own.add(new Answered(one.part(), judged.get(i).changes().subList(from, to)));
        from = to;
      }
      functions.add(new FunctionFindings(tasks.get(i).history(), own, thresholds));
    }
    return functions;
  }

  private static Answer answer(List<FunctionFindings> functions) {
    List<Comparison> comparisons = new ArrayList<>();
    List<FindingLife> lives = new ArrayList<>();
    List<Comparison> newest = new ArrayList<>();
    long latest = Long.MIN_VALUE;
    for (FunctionFindings function : functions) {
      comparisons.addAll(function.comparisons());
      lives.addAll(function.lives());
      Comparison live = function.newest();
      if (live != null) {
        newest.add(live);
      }
      latest = Math.max(latest, function.history.nowMicros());
    }
    IdentityHashMap<Comparison, Comparison> corrected = new IdentityHashMap<>();
    List<Comparison> all = Verdicts.correct(comparisons);
    for (int i = 0; i < all.size(); i++) {
      corrected.put(comparisons.get(i), all.get(i));
    }
    return new Answer(
        all,
        lives.stream()
            .map(life -> life.of(corrected.getOrDefault(life.opening(), life.opening())))
            .toList(),
        newest.stream().map(one -> corrected.getOrDefault(one, one)).toList(),
        functions.isEmpty() ? null : Instant.EPOCH.plus(latest, ChronoUnit.MICROS));
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
      int other = history.position(after);
      int one = other < 0 ? -1 : history.position(before, other, thresholds);
      if (one >= 0) {
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
    List<StartRecord> wanted = new ArrayList<>(history.wanted(before, thresholds));
    wanted.addAll(history.wanted(after, thresholds));
    TraceBatch traces = histories.traces(wanted);
    ImportNames names = new ImportNames();
    return new Verdicts(thresholds)
        .compare(
            history.deployment(before, traces, names, thresholds),
            history.deployment(after, traces, names, thresholds))
        .withTrack(history.periods.get(after).track().word());
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
  private List<List<Answered>> answers(
      Histories histories, List<FunctionJudgement> tasks, RememberedChanges judged) {
    List<List<Answered>> answers = new ArrayList<>();
    ForkJoinTask<List<List<Answered>>> judging = null;
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
        answers.addAll(judging.join());
      }
      List<FunctionJudgement> batch = tasks.subList(from, to);
      judging = ForkJoinTask.adapt(() -> answers(batch, traces, judged)).fork();
      from = to;
    }
    answers.addAll(judging == null ? List.of() : judging.join());
    return answers;
  }

  private List<List<Answered>> answers(
      List<FunctionJudgement> batch, TraceBatch traces, RememberedChanges judged) {
    return IntStream.range(0, batch.size())
        .parallel()
        .mapToObj(i -> batch.get(i).answers(traces, thresholds, judged))
        .toList();
  }
}
