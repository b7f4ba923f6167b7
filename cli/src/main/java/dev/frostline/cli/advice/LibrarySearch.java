package dev.frostline.cli.advice;

import dev.frostline.cli.program.Candidate;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.ImportGraph;
import dev.frostline.cli.program.PythonBench;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Looks for imports that libraries have among themselves and that none of the events needs. Their
 * files are not the program's, so what is found is no part of its patch: it is for those who
 * maintain the library, or who deploy it with a patch.
 */
final class LibrarySearch {
  private static final int MOST = 40;

  /** What is smaller than this part of what can be seen is no part of a sum either. */
  private static final double LEAST_PART = 0.2;

  private final PythonBench bench;
  private final ImportGraph graph;
  private final Experiment experiment;
  private final Instant deadline;
  private final double leastMs;
  private final List<Trial> tried = new ArrayList<>();
  private final List<ImportGraph.Idle> late = new ArrayList<>();
  private final List<Advice.Untried> untried = new ArrayList<>();

  LibrarySearch(PythonBench bench, Experiment experiment, Instant deadline, double leastMs)
      throws IOException {
    this.bench = bench;
    this.graph = bench.graph();
    this.experiment = experiment;
    this.deadline = deadline;
    this.leastMs = leastMs;
  }

  List<Trial> tried() {
    return tried;
  }

  List<Advice.Untried> untried() {
    return untried;
  }

  /**
   * Tries the dearest, and all together, as many as there is time to measure.
   *
   * @param gone imports that the program's own patch takes away
   */
  void search(List<ImportGraph.Edge> gone) throws IOException {
    List<ImportGraph.Idle> idle = idle(gone);
    Map<String, Candidate> candidates =
        bench.candidates(idle.stream().map(ImportGraph.Idle::module).toList()).stream()
            .collect(Collectors.toMap(Candidate::module, Function.identity()));
    Map<String, Set<String>> hopeful = new LinkedHashMap<>();
    for (ImportGraph.Idle one : idle) {
      Candidate candidate = candidates.get(one.module());
      boolean isOthers =
          hopeful.values().stream().anyMatch(brought -> brought.containsAll(one.brought()));
      if (candidate != null && !isOthers && isHopeful(one, candidate)) {
        hopeful.put(one.module(), one.brought());
      }
    }
    Set<String> together = beginTogether(hopeful);
    late.removeIf(one -> together.contains(one.module()));
    late.forEach(one -> untried.add(untried(one, false, "there was no time left")));
    experiment.measure(open(), deadline);
  }

  /** Whether it can be deferred as far as is known: what is large enough is run once, in time. */
  private boolean isHopeful(ImportGraph.Idle one, Candidate candidate) throws IOException {
    boolean isLarge = one.exclusiveMs() >= leastMs;
    if (!candidate.stays().isEmpty()) {
      if (isLarge) {
        untried.add(untried(one, true, candidate.stays().get(0).words()));
      }
      return false;
    }
    if (isLarge && isTimeFor(open().size() + 2)) {
      Trial trial = experiment.begin(Change.defer(List.of(one.module())), one.exclusiveMs());
      tried.add(trial);
      return !trial.isOver();
    }
    if (isLarge) {
      late.add(one);
    }
    return true;
  }

  private List<Trial> open() {
    return tried.stream().filter(trial -> !trial.isOver()).toList();
  }

  /** All that may be deferred as one change, since many a saving is too small to be seen alone. */
  private Set<String> beginTogether(Map<String, Set<String>> hopeful) throws IOException {
    ToDoubleFunction<Collection<String>> mostMs = modules -> mostMs(modules, hopeful);
    if (hopeful.size() < 2 || mostMs.applyAsDouble(hopeful.keySet()) < leastMs) {
      return Set.of();
    }
    Duration turns = experiment.time(Experiment.LEAST_ROUNDS, open().size() + 2);
    Together together = new Together(experiment, mostMs::applyAsDouble, deadline.minus(turns));
    Trial trial = together.begin(List.copyOf(hopeful.keySet()));
    tried.addAll(together.over());
    if (trial == null) {
      return Set.of();
    }
    tried.add(trial);
    return Set.copyOf(trial.variant().change().modules());
  }

  private double mostMs(Collection<String> modules, Map<String, Set<String>> brought) {
    Set<String> all = new HashSet<>();
    modules.forEach(module -> all.addAll(brought.getOrDefault(module, Set.of())));
    return graph.millis(all);
  }

  /** What a library asks for at least; where it is the program alone, its own patch does it. */
  private List<ImportGraph.Idle> idle(List<ImportGraph.Edge> gone) throws IOException {
    Set<String> importers = new HashSet<>(bench.libraries());
    importers.addAll(bench.own());
    Set<String> own = bench.own();
    return graph.idle(importers, gone, LEAST_PART * leastMs).stream()
        .filter(one -> !own.containsAll(one.importers()))
        .limit(MOST)
        .toList();
  }

  private static Advice.Untried untried(ImportGraph.Idle one, boolean needed, String why) {
    return new Advice.Untried(one.module(), one.exclusiveMs(), needed, why);
  }

  /** Whether that many changes can be run often enough to be judged; one always is. */
  private boolean isTimeFor(int changes) {
    return tried.isEmpty()
        || Instant.now()
            .plus(experiment.time(Experiment.FEWEST_ROUNDS, changes))
            .isBefore(deadline);
  }
}
