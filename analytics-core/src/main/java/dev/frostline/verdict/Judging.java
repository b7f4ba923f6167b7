package dev.frostline.verdict;

import dev.frostline.verdict.JudgedFunction.Answered;
import dev.frostline.verdict.findings.Recheck;
import dev.frostline.verdict.fleet.FleetShifts;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionOutline;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One time of asking: what was judged before is taken as it is, the rest is read and judged, a few
 * functions at a time.
 */
final class Judging {
  /** Import timings read at once: about 40 bytes each while they are read and unpacked. */
  private static final long TIMINGS_AT_ONCE = 2_000_000;

  private final Histories histories;
  private final FunctionScope scope;
  private final Thresholds thresholds;
  private final RememberedChanges judged;
  private final Map<FunctionScope, FunctionHistory> read = new HashMap<>();
  private final List<JudgedFunction> functions = new ArrayList<>();
  private Map<Long, Long> fingerprints = Map.of();

  Judging(
      Histories histories, FunctionScope scope, Thresholds thresholds, RememberedChanges judged) {
    this.histories = histories;
    this.scope = scope;
    this.thresholds = thresholds;
    this.judged = judged;
  }

  /**
   * Every function in scope with its findings, by account, Region and name.
   *
   * @param isKept whether what is judged will be known again
   */
  List<FunctionFindings> findings(boolean isKept) {
    boolean isAnyStale = false;
    boolean isUsual = thresholds.equals(Thresholds.DEFAULT); // only such judgements are kept
    for (JudgedFunction one : isUsual ? histories.judged(scope) : List.<JudgedFunction>of()) {
      if (one.isCurrent()) {
        functions.add(one);
      } else {
        isAnyStale = true;
        judged.keep(one.changes());
        judged.keep(one.rechecks());
      }
    }
    Set<FunctionScope> current =
        functions.stream().map(one -> one.outline().scope()).collect(Collectors.toSet());
    if (isKept || isAnyStale) {
      fingerprints = histories.fingerprints(scope, current);
    }
    judgeChanges(histories.functions(scope, current));
    functions.sort(
        Comparator.comparing(
            JudgedFunction::outline,
            Comparator.comparing(FunctionOutline::account)
                .thenComparing(FunctionOutline::region)
                .thenComparing(FunctionOutline::function)));
    List<FunctionFindings> findings = withPlatform();
    recheck(findings, FunctionFindings::rechecks);
    recheck(findings, FunctionFindings::driftRechecks);
    return findings;
  }

  /**
   * What has to be kept: functions not judged before, and those that another question was asked of.
   */
  List<JudgedFunction> fresh(List<FunctionFindings> findings) {
    List<JudgedFunction> fresh = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      JudgedFunction one = functions.get(i);
      List<Answered> rechecks = findings.get(i).rechecked();
      if (!one.isCurrent() || !new HashSet<>(one.rechecks()).containsAll(rechecks)) {
        fresh.add(new JudgedFunction(one.outline(), true, one.changes(), rechecks));
      }
    }
    return fresh;
  }

  private void judgeChanges(List<FunctionHistory> histories) {
    List<FunctionJudgement> tasks = new ArrayList<>();
    for (FunctionHistory history : histories) {
      read.put(history.outline().scope(), history);
      tasks.add(FunctionJudgement.of(history, thresholds, judged, fingerprints));
    }
    List<List<Answered>> answers = answers(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      functions.add(
          new JudgedFunction(histories.get(i).outline(), false, answers.get(i), List.of()));
    }
  }

  /** What the platform did to many at once is told from what each function's code did. */
  private List<FunctionFindings> withPlatform() {
    List<FleetShifts.Observed> observed = new ArrayList<>();
    for (JudgedFunction function : functions) {
      observed.add(
          new FleetShifts.Observed(
              function.outline(),
              function.changes().stream().flatMap(one -> one.changes().stream()).toList()));
    }
    List<FleetShifts.Observed> told = FleetShifts.judged(observed);
    List<FunctionFindings> findings = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      List<Answered> own = new ArrayList<>();
      int from = 0;
      for (Answered one : functions.get(i).changes()) {
        int to = from + one.changes().size();
        own.add(new Answered(one.part(), told.get(i).changes().subList(from, to)));
        from = to;
      }
      findings.add(new FunctionFindings(functions.get(i).outline(), own));
    }
    return findings;
  }

  private void recheck(
      List<FunctionFindings> findings, Function<FunctionFindings, Set<Recheck>> question) {
    List<FunctionJudgement> tasks = new ArrayList<>();
    List<FunctionFindings> asked = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      Set<Recheck> rechecks = new HashSet<>(question.apply(findings.get(i)));
      JudgedFunction function = functions.get(i);
      List<Answered> known =
          function.rechecks().stream()
              .filter(one -> rechecks.remove(new Recheck(one.part().before(), one.part().after())))
              .toList();
      findings.get(i).recheck(known);
      FunctionHistory history = rechecks.isEmpty() ? null : history(function.outline().scope());
      if (history != null) {
        asked.add(findings.get(i));
        tasks.add(FunctionJudgement.again(history, rechecks, thresholds, judged, fingerprints));
      }
    }
    List<List<Answered>> answers = answers(tasks);
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).recheck(answers.get(i));
    }
  }

  private @Nullable FunctionHistory history(FunctionScope function) {
    return read.computeIfAbsent(
        function,
        any -> {
          FunctionScope own =
              new FunctionScope(
                  function.account(), function.region(), function.function(), scope.until());
          Map<Long, Long> all = new HashMap<>(fingerprints);
          all.putAll(histories.fingerprints(own, Set.of()));
          fingerprints = all;
          return histories.functions(own).stream().findFirst().orElse(null);
        });
  }

  /**
   * As many functions at a time as memory allows; one batch is judged, its functions side by side,
   * while the next is read.
   */
  private List<List<Answered>> answers(List<FunctionJudgement> tasks) {
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
      judging = ForkJoinTask.adapt(() -> answers(batch, traces)).fork();
      from = to;
    }
    answers.addAll(judging == null ? List.of() : judging.join());
    return answers;
  }

  private List<List<Answered>> answers(List<FunctionJudgement> batch, TraceBatch traces) {
    return IntStream.range(0, batch.size())
        .parallel()
        .mapToObj(i -> batch.get(i).answers(traces, thresholds, judged))
        .toList();
  }
}
