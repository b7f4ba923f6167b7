package dev.frostline.cli.advice;

import dev.frostline.cli.program.Candidate;
import dev.frostline.cli.program.Change;
import dev.frostline.cli.program.ImportGraph;
import dev.frostline.cli.program.Played;
import dev.frostline.cli.program.PythonBench;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the imports worth deferring. One run tells what each module costs alone, a second one
 * which events would need it; then each is tried in that order, the hopeless not at all, and what
 * helps alone is tried together.
 */
public final class Search {
  /** A saving below this, and below this share of init, is not looked for. */
  private static final double LEAST_MS = 1;

  private static final double LEAST_SHARE = 0.01;
  private static final double LITTLE_SHARE = 0.05;

  /** AWS's own runtime client has loaded these before a handler's module is imported. */
  private static final Set<String> RUNTIME =
      Set.of(
          "decimal",
          "enum",
          "importlib",
          "json",
          "logging",
          "math",
          "os",
          "sys",
          "time",
          "traceback");

  private final PythonBench bench;
  private final ImportGraph graph;
  private final Experiment experiment;
  private final Instant deadline;
  private final List<Advice.Untried> untried = new ArrayList<>();
  private final double leastMs;
  private int small;

  /**
   * Prepares a search.
   *
   * @param budget time it may take, as far as the most promising change can be tried in it
   */
  public Search(PythonBench bench, Experiment experiment, Duration budget) throws IOException {
    this.bench = bench;
    this.graph = bench.graph();
    this.experiment = experiment;
    deadline = Instant.now().plus(budget);
    leastMs = Math.max(LEAST_MS, LEAST_SHARE * experiment.initMs());
  }

  /**
   * A candidate with what runs of the program as it is have shown.
   *
   * @param brought what its imports alone bring
   * @param mostMs CPU ms of that
   */
  private record Hope(Candidate candidate, Set<String> brought, double mostMs, double usedShare) {
    String module() {
      return candidate.module();
    }

    double worth() {
      return mostMs * (1 - usedShare);
    }

    boolean isMoved() {
      return usedShare == 1;
    }
  }

  private static final Comparator<Hope> NEAREST =
      Comparator.comparingDouble(Hope::mostMs).thenComparing(hope -> -hope.module().length());

  /**
   * Searches. What libraries import comes behind the program's own, in a part of the time, and what
   * is left of it goes to the program's own again.
   */
  public Advice advice() throws IOException {
    List<Hope> hopes = hopes();
    Map<List<Hope>, Trial> begun = begin(hopes);
    List<Trial> tried = List.copyOf(begun.values());
    List<Trial> inHand = tried.stream().filter(trial -> !trial.isOver()).toList();
    Instant until = inHand.size() < 2 ? deadline : deadline.minus(leastTime(2));
    experiment.measure(inHand, until.minus(Duration.between(Instant.now(), until).dividedBy(3)));
    LibrarySearch libraries = new LibrarySearch(bench, experiment, until, leastMs);
    libraries.search(gone(begun));
    experiment.measure(inHand, until);
    small += (int) hopes.stream().filter(hope -> hope.mostMs() < leastMs).count();
    return new Advice(
        tried,
        untried,
        libraries.tried(),
        libraries.untried(),
        together(begun),
        experiment.initMs(),
        small,
        leastMs,
        experiment.notCompared());
  }

  private List<Hope> hopes() throws IOException {
    List<Hope> hopes = new ArrayList<>();
    List<Candidate> worthwhile = new ArrayList<>();
    for (Candidate candidate : bench.candidates(List.of())) {
      if (RUNTIME.contains(candidate.module().split("\\.", 2)[0])) {
        continue;
      }
      if (!candidate.stays().isEmpty()) {
        needed(candidate, candidate.stays().get(0).words());
      } else {
        worthwhile.add(candidate);
      }
    }
    Played run = bench.run(bench.makeWatched(worthwhile.stream().map(Candidate::module).toList()));
    for (Candidate candidate : worthwhile) {
      Set<Integer> used = run.used().getOrDefault(candidate.module(), Set.of());
      if (used.contains(-1)) {
        needed(candidate, "init itself calls what uses it");
      } else {
        double share = run.events() == 0 ? 0 : (double) used.size() / run.events();
        Set<String> brought = graph.brought(candidate.edges());
        hopes.add(new Hope(candidate, brought, graph.millis(brought), share));
      }
    }
    return hopes;
  }

  private void needed(Candidate candidate, String why) {
    double mostMs = graph.millis(graph.brought(candidate.edges()));
    if (mostMs < leastMs) {
      small++;
      return;
    }
    untried.add(new Advice.Untried(candidate.module(), mostMs, true, why));
  }

  /**
   * Runs each once. What some events never need comes first, the dearest first; then what all need,
   * the smallest first. What is cheap beside what goes with those that are in hand already is not
   * tried.
   */
  private Map<List<Hope>, Trial> begin(List<Hope> hopes) throws IOException {
    List<Hope> ordered = new ArrayList<>(hopes);
    ordered.sort(
        Comparator.comparing(Hope::isMoved)
            .thenComparingDouble(hope -> hope.isMoved() ? hope.mostMs() : -hope.worth()));
    Map<List<Hope>, Trial> begun = new LinkedHashMap<>();
    Set<String> inHand = new HashSet<>();
    int open = 0;
    for (Hope next : ordered) {
      Hope hope = next.isMoved() ? next : closest(next, ordered);
      if (begun.containsKey(List.of(hope)) || isOfItsParts(hope, ordered)) {
        continue;
      }
      double more = graph.millis(without(hope.brought(), inHand));
      if (hope.mostMs() < leastMs || isLittle(more, hope)) {
        continue;
      }
      if (open > 0 && !isTimeFor(open + (hope.isMoved() ? 0 : 2))) {
        untried.add(new Advice.Untried(hope.module(), more, false, "there was no time left"));
        continue;
      }
      Trial trial = experiment.begin(Change.defer(List.of(hope.module())), hope.mostMs());
      begun.put(List.of(hope), trial);
      if (!trial.isOver()) {
        inHand.addAll(hope.brought());
        open++;
      }
    }
    List<Hope> joint = joint(ordered, begun);
    if (!joint.isEmpty() && (open == 0 || isTimeFor(open + 2))) {
      small -= (int) joint.stream().filter(hope -> hope.mostMs() < leastMs).count();
      begun.put(joint, experiment.begin(change(joint), graph.millis(brought(joint))));
    }
    return begun;
  }

  private static Change change(List<Hope> hopes) {
    return Change.defer(hopes.stream().map(Hope::module).sorted().toList());
  }

  /** The fewest that only together bring what some of them share; none where that is little. */
  private List<Hope> joint(List<Hope> hopes, Map<List<Hope>, Trial> begun) {
    List<Hope> joint = new ArrayList<>(hopes);
    joint.removeIf(hope -> hope.isMoved() || isOver(begun.get(List.of(hope))));
    Set<String> shared = brought(joint);
    joint.forEach(hope -> shared.removeAll(hope.brought()));
    if (graph.millis(shared) < leastMs) {
      return List.of();
    }
    for (Hope hope : List.copyOf(joint)) {
      List<Hope> rest = new ArrayList<>(joint);
      rest.remove(hope);
      if (graph.millis(without(shared, brought(rest))) < leastMs) {
        joint = rest;
      }
    }
    return joint;
  }

  private static boolean isOver(@Nullable Trial trial) {
    return trial != null && trial.isOver();
  }

  private Set<String> brought(List<Hope> hopes) {
    return graph.brought(
        hopes.stream().flatMap(hope -> hope.candidate().edges().stream()).toList());
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** Whether one more than these can be run often enough, beside the program as it is. */
  private boolean isTimeFor(int others) {
    return Instant.now().plus(leastTime(others + 2)).isBefore(deadline);
  }

  /** What the fewest rounds of so many variants take. */
  private Duration leastTime(int variants) {
    return experiment.perRun().multipliedBy((long) Experiment.LEAST_ROUNDS * variants);
  }

  /** Whether a package costs no more than the modules in it that are tried themselves. */
  private boolean isOfItsParts(Hope hope, List<Hope> hopes) {
    String within = hope.module() + ".";
    List<Hope> parts =
        hopes.stream()
            .filter(part -> part.module().startsWith(within))
            .filter(part -> part.mostMs() >= leastMs)
            .toList();
    return !parts.isEmpty() && isLittle(hope.mostMs() - graph.millis(brought(parts)), hope);
  }

  /** Of those that save what a hope does, for as many events, the one nearest to what costs it. */
  private Hope closest(Hope hope, List<Hope> hopes) {
    Hope closest =
        hopes.stream()
            .filter(other -> other.usedShare() == hope.usedShare())
            .filter(other -> isLittle(hope.mostMs() - other.mostMs(), hope))
            .filter(
                other ->
                    isLittle(graph.millis(brought(List.of(hope, other))) - hope.mostMs(), hope))
            .min(NEAREST)
            .orElse(hope);
    return NEAREST.compare(closest, hope) < 0 ? closest(closest, hopes) : hope;
  }

  /** Whether it is not worth a trial of its own beside a hope. */
  private boolean isLittle(double ms, Hope hope) {
    return ms < Math.max(leastMs, LITTLE_SHARE * hope.mostMs());
  }

  /**
   * What a patch of the program's own files would take away, as far as one run of each can tell.
   */
  private static List<ImportGraph.Edge> gone(Map<List<Hope>, Trial> begun) {
    return begun.entrySet().stream()
        .filter(one -> !one.getValue().isOver())
        .flatMap(one -> one.getKey().stream())
        .filter(hope -> !hope.isMoved())
        .flatMap(hope -> hope.candidate().edges().stream())
        .toList();
  }

  /** All that help, and what saves something beside them alone; null where one of them is all. */
  private @Nullable Trial together(Map<List<Hope>, Trial> begun) throws IOException {
    List<Trial> helping =
        begun.values().stream().filter(trial -> trial.outcome() == Trial.Outcome.HELPS).toList();
    if (helping.size() < 2) {
      return null;
    }
    List<Hope> hopes =
        begun.entrySet().stream()
            .filter(one -> helping.contains(one.getValue()))
            .flatMap(one -> one.getKey().stream())
            .distinct()
            .toList();
    Change all = change(hopes);
    if (helping.stream().anyMatch(trial -> trial.variant().change().equals(all))) {
      return null;
    }
    Trial together = experiment.begin(all, graph.millis(brought(hopes)));
    if (!together.isOver()) {
      experiment.measure(List.of(together), deadline);
    }
    return together;
  }
}
