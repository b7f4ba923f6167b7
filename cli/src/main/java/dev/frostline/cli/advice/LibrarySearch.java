package dev.frostline.cli.advice;

import dev.frostline.cli.program.Candidate;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.ImportGraph;
import dev.frostline.cli.program.PythonBench;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for imports that libraries have among themselves and that none of the events needs. Their
 * files are not the program's, so what is found is no part of its patch: it is for those who
 * maintain the library, or who deploy it with a patch.
 */
final class LibrarySearch {
  private static final int MOST = 40;

  private final PythonBench bench;
  private final Experiment experiment;
  private final Instant deadline;
  private final double leastMs;
  private final List<Trial> tried = new ArrayList<>();
  private final List<Advice.Untried> untried = new ArrayList<>();

  LibrarySearch(PythonBench bench, Experiment experiment, Instant deadline, double leastMs) {
    this.bench = bench;
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
    List<Set<String>> saved = new ArrayList<>();
    double allMs = 0;
    List<String> helping = new ArrayList<>();
    for (ImportGraph.Idle one : idle) {
      Candidate candidate = candidates.get(one.module());
      if (candidate == null || saved.stream().anyMatch(set -> set.containsAll(one.brought()))) {
        continue; // its cost is another's
      }
      if (!candidate.stays().isEmpty()) {
        untried.add(untried(one, true, candidate.stays().get(0).words()));
      } else if (!isTimeFor(saved.size() + 1)) {
        untried.add(untried(one, false, "there was no time left"));
      } else {
        Trial trial = experiment.begin(Change.defer(List.of(one.module())), one.exclusiveMs());
        tried.add(trial);
        if (!trial.isOver()) {
          saved.add(one.brought());
          helping.add(one.module());
          allMs += one.exclusiveMs();
        }
      }
    }
    if (helping.size() > 1 && isTimeFor(helping.size() + 1)) {
      tried.add(experiment.begin(Change.defer(helping), allMs));
    }
    experiment.measure(tried.stream().filter(trial -> !trial.isOver()).toList(), deadline);
  }

  /** What a library asks for at least; where it is the program alone, its own patch does it. */
  private List<ImportGraph.Idle> idle(List<ImportGraph.Edge> gone) throws IOException {
    Set<String> importers = new HashSet<>(bench.libraries());
    importers.addAll(bench.own());
    Set<String> own = bench.own();
    return bench.graph().idle(importers, gone, leastMs).stream()
        .filter(one -> !own.containsAll(one.importers()))
        .limit(MOST)
        .toList();
  }

  private static Advice.Untried untried(ImportGraph.Idle one, boolean needed, String why) {
    return new Advice.Untried(one.module(), one.exclusiveMs(), needed, why);
  }

  /** Whether that many changes can be run often enough to be judged; one always is. */
  private boolean isTimeFor(int changes) {
    Duration turns =
        experiment.perRun().multipliedBy((long) Experiment.FEWEST_ROUNDS * (changes + 1));
    return tried.isEmpty() || Instant.now().plus(turns).isBefore(deadline);
  }
}
