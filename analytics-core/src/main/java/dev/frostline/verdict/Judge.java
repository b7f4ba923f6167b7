package dev.frostline.verdict;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.findings.Recheck;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door: from the histories of functions to what changed and what is still open. Each live
 * period of a function is compared with the one it replaced, and p corrected over the whole answer.
 * Where nothing names the code its history is looked through for changes in time, and each period
 * for patches of the runtime that AWS made under it.
 */
public final class Judge {
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
    return judged(histories, query.scope(), false).answer();
  }

  /** The same, with what has to be kept so that it is not judged again. */
  public Judged judged(Histories histories, FunctionScope scope) {
    return judged(histories, scope, true);
  }

  /**
   * What some functions came to.
   *
   * @param fresh those that were not judged before, or have changed since
   */
  public record Judged(Answer answer, List<JudgedFunction> fresh) {}

  private Judged judged(Histories histories, FunctionScope scope, boolean isKept) {
    RememberedChanges judged = remembered == null ? new RememberedChanges() : remembered;
    Judging judging = new Judging(histories, scope, thresholds, judged);
    List<FunctionFindings> findings = judging.findings(isKept || remembered != null);
    return new Judged(answer(findings), judging.fresh(findings));
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
      latest = Math.max(latest, function.outline.nowMicros());
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
   * The cold starts of a function whose imports any question about it may ask for, each once: what
   * has to be at hand where imports cannot be read when they are asked for.
   */
  public Set<StartRecord> wanted(FunctionHistory history) {
    Set<StartRecord> wanted =
        new LinkedHashSet<>(
            FunctionJudgement.of(history, thresholds, new RememberedChanges(), Map.of()).wanted());
    for (int i = 0; i < history.periods.size(); i++) {
      wanted.addAll(history.wanted(i, thresholds));
    }
    return wanted;
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
    RememberedChanges nothing = new RememberedChanges();
    FunctionJudgement judgement =
        FunctionJudgement.again(
            history, List.of(new Recheck(before, after)), thresholds, nothing, Map.of());
    TraceBatch traces = histories.traces(judgement.wanted());
    return judgement
        .answers(traces, thresholds, nothing)
        .get(0)
        .changes()
        .get(0)
        .comparison()
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
}
