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
import java.util.stream.Stream;
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

  /** A candidate with what one run of the program as it is has shown. */
  private record Hope(Candidate candidate, double mostMs, double usedShare) {
    double worth() {
      return mostMs * (1 - usedShare);
    }

    boolean isMoved() {
      return usedShare == 1;
    }
  }

  private static final Comparator<Hope> NEAREST =
      Comparator.comparingDouble(Hope::mostMs)
          .thenComparing(hope -> -hope.candidate().module().length());

  /** Searches. */
  public Advice advice() throws IOException {
    List<Hope> hopes = hopes();
    Map<Hope, Trial> begun = begin(hopes);
    List<Trial> tried = new ArrayList<>(begun.values());
    LibrarySearch libraries = new LibrarySearch(bench, experiment, deadline, leastMs);
    libraries.begin(gone(begun), (int) tried.stream().filter(trial -> !trial.isOver()).count());
    List<Trial> inHand =
        Stream.concat(tried.stream(), libraries.tried().stream())
            .filter(trial -> !trial.isOver())
            .toList();
    experiment.measure(inHand, inHand.size() < 2 ? deadline : deadline.minus(leastTime(2)));
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
    Map<Candidate, Double> worthwhile = new LinkedHashMap<>();
    for (Candidate candidate : bench.candidates(List.of())) {
      double most = graph.exclusiveMs(candidate.edges());
      if (RUNTIME.contains(candidate.module().split("\\.", 2)[0])) {
        continue;
      }
      if (!candidate.stays().isEmpty()) {
        needed(candidate, most, candidate.stays().get(0).words());
      } else {
        worthwhile.put(candidate, most);
      }
    }
    Played run =
        bench.run(bench.makeWatched(worthwhile.keySet().stream().map(Candidate::module).toList()));
    worthwhile.forEach(
        (candidate, most) -> {
          Set<Integer> used = run.used().getOrDefault(candidate.module(), Set.of());
          if (used.contains(-1)) {
            needed(candidate, most, "init itself calls what uses it");
          } else {
            double share = run.events() == 0 ? 0 : (double) used.size() / run.events();
            hopes.add(new Hope(candidate, most, share));
          }
        });
    return hopes;
  }

  private void needed(Candidate candidate, double mostMs, String why) {
    if (mostMs < leastMs) {
      small++;
      return;
    }
    untried.add(new Advice.Untried(candidate.module(), mostMs, true, why));
  }

  /**
   * Runs each once. What some events never need comes first, the dearest first; then what all need,
   * the smallest first. What is cheap beside those that are in hand already is not tried: its cost
   * is theirs.
   */
  private Map<Hope, Trial> begin(List<Hope> hopes) throws IOException {
    List<Hope> ordered = new ArrayList<>(hopes);
    ordered.sort(
        Comparator.comparing(Hope::isMoved)
            .thenComparingDouble(hope -> hope.isMoved() ? hope.mostMs() : -hope.worth()));
    Map<Hope, Trial> begun = new LinkedHashMap<>();
    List<Hope> inHand = new ArrayList<>();
    for (Hope next : ordered) {
      Hope hope = next.isMoved() ? next : closest(next, ordered);
      if (begun.containsKey(hope) || isOfItsParts(hope, ordered)) {
        continue;
      }
      double more = mostMs(inHand, hope) - mostMs(inHand, null);
      if (hope.mostMs() < leastMs || isLittle(more, hope)) {
        continue;
      }
      if (!inHand.isEmpty() && !isTimeFor(inHand.size() + (hope.isMoved() ? 0 : 2))) {
        untried.add(
            new Advice.Untried(hope.candidate().module(), more, false, "there was no time left"));
        continue;
      }
      Trial trial = experiment.begin(Change.defer(List.of(hope.candidate().module())));
      begun.put(hope, trial);
      if (!trial.isOver()) {
        inHand.add(hope);
      }
    }
    List<Hope> joint = joint(ordered, inHand);
    if (joint.size() > 1 && (inHand.isEmpty() || isTimeFor(inHand.size() + 2))) {
      List<String> modules =
          joint.stream().map(hope -> hope.candidate().module()).sorted().toList();
      small -= modules.size();
      begun.putIfAbsent(joint.get(0), experiment.begin(Change.defer(modules)));
    }
    return begun;
  }

  /** What saves nothing alone, since another of them brings the same, and does without all. */
  private List<Hope> joint(List<Hope> ordered, List<Hope> inHand) {
    List<Hope> joint = new ArrayList<>(ordered);
    joint.removeIf(hope -> hope.isMoved() || hope.mostMs() >= leastMs);
    List<Hope> all = new ArrayList<>(inHand);
    all.addAll(joint);
    double most = mostMs(all, null);
    if (most - mostMs(inHand, null) < leastMs) {
      return List.of();
    }
    for (Hope hope : List.copyOf(joint)) {
      all.remove(hope);
      if (most - mostMs(all, null) < leastMs) {
        joint.remove(hope);
      } else {
        all.add(hope);
      }
    }
    return joint;
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
    String within = hope.candidate().module() + ".";
    List<Hope> parts =
        hopes.stream()
            .filter(part -> part.candidate().module().startsWith(within))
            .filter(part -> part.mostMs() >= leastMs)
            .toList();
    return !parts.isEmpty() && isLittle(hope.mostMs() - mostMs(parts, null), hope);
  }

  /** Of those that save what a hope does, for as many events, the one nearest to what costs it. */
  private Hope closest(Hope hope, List<Hope> hopes) {
    Hope closest =
        hopes.stream()
            .filter(other -> other.usedShare() == hope.usedShare())
            .filter(other -> isLittle(hope.mostMs() - other.mostMs(), hope))
            .filter(other -> isLittle(mostMs(List.of(hope), other) - hope.mostMs(), hope))
            .min(NEAREST)
            .orElse(hope);
    return NEAREST.compare(closest, hope) < 0 ? closest(closest, hopes) : hope;
  }

  /** Whether it is not worth a trial of its own beside a hope. */
  private boolean isLittle(double ms, Hope hope) {
    return ms < Math.max(leastMs, LITTLE_SHARE * hope.mostMs());
  }

  private double mostMs(List<Hope> hopes, @Nullable Hope other) {
    List<ImportGraph.Edge> edges = new ArrayList<>();
    hopes.forEach(hope -> edges.addAll(hope.candidate().edges()));
    if (other != null) {
      edges.addAll(other.candidate().edges());
    }
    return graph.exclusiveMs(edges);
  }

  /**
   * What a patch of the program's own files would take away, as far as one run of each can tell.
   */
  private static List<ImportGraph.Edge> gone(Map<Hope, Trial> begun) {
    return begun.entrySet().stream()
        .filter(one -> !one.getValue().isOver() && !one.getKey().isMoved())
        .flatMap(one -> one.getKey().candidate().edges().stream())
        .toList();
  }

  /** All that help, and what saves something beside them alone. */
  private @Nullable Trial together(Map<Hope, Trial> begun) throws IOException {
    Set<String> modules = new HashSet<>();
    List<String> ordered = new ArrayList<>();
    List<Trial> helping = new ArrayList<>();
    begun.forEach(
        (hope, trial) -> {
          if (trial.outcome() == Trial.Outcome.HELPS) {
            trial.variant().change().modules().stream().filter(modules::add).forEach(ordered::add);
            helping.add(trial);
          }
        });
    if (helping.size() < 2) {
      return null;
    }
    Trial together = experiment.begin(Change.defer(ordered));
    if (!together.isOver()) {
      experiment.measure(List.of(together), deadline);
    }
    return together;
  }
}
