package dev.frostline.cli.advice;

import dev.frostline.cli.advice.Hopes.Hope;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
  private static final double SMALL_SHARE = 0.05;

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
  private final Hopes hopes;
  private final Experiment experiment;
  private final Instant deadline;
  private final Map<Set<Hope>, Trial> begun = new LinkedHashMap<>();
  private final Set<Hope> late = new LinkedHashSet<>();
  private final List<Advice.Untried> untried = new ArrayList<>();
  private int small;

  /**
   * Prepares a search.
   *
   * @param budget time it may take, as far as the most promising change can be tried in it
   */
  public Search(PythonBench bench, Experiment experiment, Duration budget) throws IOException {
    this.bench = bench;
    this.experiment = experiment;
    deadline = Instant.now().plus(budget);
    double leastMs = Math.max(LEAST_MS, LEAST_SHARE * experiment.initMs());
    hopes = new Hopes(hopes(leastMs), bench.graph(), leastMs);
  }

  /**
   * Searches. What libraries import comes behind the program's own, in a part of the time, and what
   * is left of it goes to the program's own again.
   */
  public Advice advice() throws IOException {
    begin();
    Instant until =
        open().size() < 2 ? deadline : deadline.minus(experiment.time(Experiment.LEAST_ROUNDS, 1));
    Instant ownUntil = until.minus(Duration.between(Instant.now(), until).dividedBy(3));
    experiment.measure(open(), ownUntil);
    beginTogether(unseen(), 0);
    experiment.measure(open(), ownUntil);
    LibrarySearch libraries = new LibrarySearch(bench, experiment, until, hopes.leastMs());
    libraries.search(gone());
    experiment.measure(open(), until);
    Set<Hope> tried = begun.keySet().stream().flatMap(Set::stream).collect(Collectors.toSet());
    int left =
        (int)
            hopes.all().stream()
                .filter(hope -> hope.mostMs() < hopes.leastMs() && !tried.contains(hope))
                .count();
    return new Advice(
        List.copyOf(begun.values()),
        untried,
        libraries.tried(),
        libraries.untried(),
        together(),
        experiment.initMs(),
        small + left,
        hopes.leastMs(),
        experiment.notCompared());
  }

  private List<Trial> open() {
    return begun.values().stream().filter(trial -> !trial.isOver()).toList();
  }

  private List<Hope> hopes(double leastMs) throws IOException {
    List<Hope> found = new ArrayList<>();
    ImportGraph graph = bench.graph();
    List<Candidate> worthwhile = new ArrayList<>();
    for (Candidate candidate : bench.candidates(List.of())) {
      if (RUNTIME.contains(candidate.module().split("\\.", 2)[0])) {
        continue;
      }
      if (!candidate.stays().isEmpty()) {
        needed(candidate, candidate.stays().get(0).words(), leastMs);
      } else {
        worthwhile.add(candidate);
      }
    }
    Played run = bench.run(bench.makeWatched(worthwhile.stream().map(Candidate::module).toList()));
    for (Candidate candidate : worthwhile) {
      Set<Integer> used = run.used().getOrDefault(candidate.module(), Set.of());
      if (used.contains(-1)) {
        needed(candidate, "init itself calls what uses it", leastMs);
      } else {
        double share = run.events() == 0 ? 0 : (double) used.size() / run.events();
        Set<String> brought = graph.brought(candidate.edges());
        found.add(new Hope(candidate, brought, graph.millis(brought), share));
      }
    }
    return found;
  }

  private void needed(Candidate candidate, String why, double leastMs) throws IOException {
    ImportGraph graph = bench.graph();
    double mostMs = graph.millis(graph.brought(candidate.edges()));
    if (mostMs < leastMs) {
      small++;
      return;
    }
    untried.add(new Advice.Untried(candidate.module(), mostMs, true, why));
  }

  /**
   * Runs each once. What some events never need comes first, the dearest first; then what all need,
   * the smallest first.
   */
  private void begin() throws IOException {
    List<Hope> ordered = new ArrayList<>(hopes.all());
    ordered.sort(Comparator.comparingDouble(Hope::worth).reversed());
    for (Hope hope : ordered) {
      if (!hope.isMoved()) {
        begin(hopes.closest(hope));
      }
    }
    beginTogether(hopes.joint(over(), broughtAlone()), open().size() + 2);
    ordered.sort(Comparator.comparingDouble(Hope::mostMs));
    for (Hope hope : ordered) {
      if (hope.isMoved()) {
        begin(hope);
      }
    }
    begun.keySet().forEach(late::removeAll);
    for (Hope hope : late) {
      untried.add(
          new Advice.Untried(hope.module(), hope.mostMs(), false, "there was no time left"));
    }
  }

  /**
   * What is cheap beside what goes with those that are in hand already is not tried. What is a
   * little of init takes more rounds to be seen.
   */
  private void begin(Hope hope) throws IOException {
    if (begun.containsKey(Set.of(hope))
        || hope.mostMs() < hopes.leastMs()
        || hopes.isLittle(hope, broughtAlone())
        || hopes.isOfItsParts(hope)) {
      return;
    }
    boolean isSmall = hope.mostMs() < SMALL_SHARE * experiment.initMs();
    int rounds = isSmall ? Experiment.FEWEST_ROUNDS : Experiment.LEAST_ROUNDS;
    int open = open().size();
    if (open > 0 && !isTimeFor(open + (hope.isMoved() ? 0 : 3), rounds)) {
      late.add(hope);
      return;
    }
    begun.put(Set.of(hope), trial(List.of(hope)));
  }

  /** What goes with each of those in hand alone. */
  private Set<String> broughtAlone() {
    Set<String> brought = new HashSet<>();
    begun.forEach(
        (hopes, trial) -> {
          if (hopes.size() == 1 && !trial.isOver()) {
            hopes.forEach(hope -> brought.addAll(hope.brought()));
          }
        });
    return brought;
  }

  private Set<Hope> over() {
    return begun.entrySet().stream()
        .filter(one -> one.getValue().isOver())
        .flatMap(one -> one.getKey().stream())
        .collect(Collectors.toSet());
  }

  /** Those whose saving, should there be one, is too small for the runs that there was time for. */
  private List<Hope> unseen() {
    List<Hope> unseen = new ArrayList<>();
    begun.forEach(
        (hopes, trial) -> {
          boolean isWide = trial.initMs().halfWidth() > trial.mostMs() / 2;
          if (isWide && trial.outcome() == Trial.Outcome.NOTHING) {
            hopes.stream().filter(hope -> !hope.isMoved()).forEach(unseen::add);
          }
        });
    return unseen.stream().distinct().toList();
  }

  /**
   * Runs as many of them once as go together as one change.
   *
   * @param others changes that time is needed for besides
   */
  private void beginTogether(List<Hope> some, int others) throws IOException {
    if (begun.containsKey(Set.copyOf(some))) {
      return;
    }
    Map<String, Hope> named =
        some.stream().collect(Collectors.toMap(Hope::module, hope -> hope, (a, b) -> a));
    Duration reserve =
        open().isEmpty() ? Duration.ZERO : experiment.time(Experiment.LEAST_ROUNDS, others + 1);
    Together together =
        new Together(
            experiment, modules -> hopes.mostMs(named(modules, named)), deadline.minus(reserve));
    Trial trial = together.begin(named.keySet().stream().sorted().toList());
    together.over().forEach(one -> begun.putIfAbsent(Set.copyOf(named(modules(one), named)), one));
    if (trial != null) {
      begun.putIfAbsent(Set.copyOf(named(modules(trial), named)), trial);
    }
  }

  private static List<String> modules(Trial trial) {
    return trial.variant().change().modules();
  }

  private static List<Hope> named(List<String> modules, Map<String, Hope> hopes) {
    return modules.stream().map(hopes::get).filter(Objects::nonNull).toList();
  }

  private Trial trial(List<Hope> some) throws IOException {
    return experiment.begin(change(some), hopes.mostMs(some));
  }

  private static Change change(List<Hope> some) {
    return Change.defer(some.stream().map(Hope::module).sorted().toList());
  }

  /** Whether one more than these can be run so often, beside the program as it is. */
  private boolean isTimeFor(int others, int rounds) {
    return Instant.now().plus(experiment.time(rounds, others + 1)).isBefore(deadline);
  }

  /**
   * What a patch of the program's own files would take away, as far as one run of each can tell.
   */
  private List<ImportGraph.Edge> gone() {
    return begun.entrySet().stream()
        .filter(one -> !one.getValue().isOver())
        .flatMap(one -> one.getKey().stream())
        .filter(hope -> !hope.isMoved())
        .flatMap(hope -> hope.candidate().edges().stream())
        .toList();
  }

  /** All that help, and what saves something beside them alone; null where one of them is all. */
  private @Nullable Trial together() throws IOException {
    List<Trial> helping =
        begun.values().stream().filter(trial -> trial.outcome() == Trial.Outcome.HELPS).toList();
    if (helping.size() < 2) {
      return null;
    }
    List<Hope> all =
        begun.entrySet().stream()
            .filter(one -> helping.contains(one.getValue()))
            .flatMap(one -> one.getKey().stream())
            .distinct()
            .toList();
    if (helping.stream().anyMatch(trial -> trial.variant().change().equals(change(all)))) {
      return null;
    }
    Trial together = trial(all);
    if (!together.isOver()) {
      experiment.measure(List.of(together), deadline);
    }
    return together;
  }
}
