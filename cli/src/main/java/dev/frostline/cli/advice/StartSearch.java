package dev.frostline.cli.advice;

import dev.frostline.cli.program.Bench;
import dev.frostline.cli.program.Change;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the way of starting that a Java or Node.js program gains most by: each that there is
 * for its language is tried, and those two together that help and go together.
 */
public final class StartSearch {
  /** What is expected to gain most comes first, in case that time is over. */
  private static final List<Change.Kind> KINDS =
      List.of(
          Change.Kind.AOT_CACHE,
          Change.Kind.APPCDS,
          Change.Kind.TIERED,
          Change.Kind.BUNDLE,
          Change.Kind.COMPILE_CACHE);

  private static final Map<Set<Change.Kind>, Change.Kind> TOGETHER =
      Map.of(
          Set.of(Change.Kind.AOT_CACHE, Change.Kind.TIERED), Change.Kind.AOT_CACHE_TIERED,
          Set.of(Change.Kind.APPCDS, Change.Kind.TIERED), Change.Kind.APPCDS_TIERED,
          Set.of(Change.Kind.BUNDLE, Change.Kind.COMPILE_CACHE), Change.Kind.BUNDLE_COMPILE_CACHE);

  private static final Comparator<Trial> BEST_FIRST =
      Comparator.comparingDouble(trial -> trial.initMs().estimate());

  private final Bench bench;
  private final Experiment experiment;
  private final Instant deadline;
  private final List<Advice.Untried> untried = new ArrayList<>();

  /**
   * Prepares a search.
   *
   * @param budget time it may take; each change that is tried is run a few times at least
   */
  public StartSearch(Bench bench, Experiment experiment, Duration budget) {
    this.bench = bench;
    this.experiment = experiment;
    deadline = Instant.now().plus(budget);
  }

  /** Searches. */
  public Advice advice() throws IOException {
    List<Trial> tried = new ArrayList<>();
    for (Change.Kind kind : KINDS) {
      Trial trial = kind.isFor(bench.language()) ? begun(kind, tried.isEmpty()) : null;
      if (trial != null) {
        tried.add(trial);
      }
    }
    experiment.measure(tried.stream().filter(trial -> !trial.isOver()).toList(), deadline);
    tried.sort(BEST_FIRST);
    Trial together = together(tried);
    boolean isMore = together != null && BEST_FIRST.compare(together, tried.get(0)) < 0;
    if (together != null && !isMore) {
      tried.add(together);
    }
    return new Advice(
        tried,
        untried,
        List.of(),
        List.of(),
        isMore ? together : null,
        experiment.initMs(),
        0,
        0,
        experiment.notCompared());
  }

  /** A change that is run once; null where it cannot be made here, or no time is left. */
  private @Nullable Trial begun(Change.Kind kind, boolean isDue) {
    Change change = Change.of(kind);
    if (!isDue && Instant.now().isAfter(deadline)) {
      return not(change, "there was no time left");
    }
    try {
      return experiment.begin(change);
    } catch (IOException e) {
      return not(change, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Trial not(Change change, String why) {
    untried.add(new Advice.Untried(change.words(), Double.NaN, false, why));
    return null;
  }

  /** The two that help most of those that go together; null where there are none. */
  private @Nullable Trial together(List<Trial> tried) throws IOException {
    List<Change.Kind> helping =
        tried.stream()
            .filter(trial -> trial.outcome() == Trial.Outcome.HELPS)
            .map(trial -> trial.variant().change().kind())
            .toList();
    for (int second = 1; second < helping.size(); second++) {
      for (Change.Kind first : helping.subList(0, second)) {
        Change.Kind both = TOGETHER.get(Set.of(first, helping.get(second)));
        if (both != null) {
          return measured(begun(both, true));
        }
      }
    }
    return null;
  }

  private @Nullable Trial measured(@Nullable Trial trial) throws IOException {
    if (trial != null && !trial.isOver()) {
      experiment.measure(List.of(trial), deadline);
    }
    return trial;
  }
}
