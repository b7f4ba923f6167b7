package dev.frostline.verdict;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The door for a store: each deployment of a function against the one before it, corrected over the
 * whole answer.
 */
public final class Regressions {
  private final Thresholds thresholds;

  public Regressions(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Comparisons by account, region, function and deployment order; the same whatever the row order
   * or thread count.
   */
  public List<Comparison> compare(Connection connection, Query query) throws SQLException {
    StoredStarts store = new StoredStarts(connection, query);
    List<List<StoredStart>> functions = functions(store.all);
    List<List<Comparison>> byFunction =
        new ArrayList<>(Collections.nCopies(functions.size(), List.of()));
    int shares = store.shares();
    for (int share = 0; share < shares; share++) {
      store.readTimings(share, shares, thresholds.minTraced());
      int current = share;
      IntStream.range(0, functions.size())
          .filter(i -> store.shareOf(functions.get(i).get(0), shares) == current)
          .parallel()
          .forEach(i -> byFunction.set(i, compareFunction(deployments(functions.get(i), store))));
    }
    List<Comparison> comparisons = new ArrayList<>();
    byFunction.forEach(comparisons::addAll);
    return filtered(Verdicts.correct(comparisons), query);
  }

  /** One deployment against another of the same function, whether or not they follow each other. */
  public Comparison explain(Connection connection, String function, String before, String after)
      throws SQLException {
    StoredStarts store = new StoredStarts(connection, new Query(function, null, null, true));
    store.readTimings(0, 1, 0);
    List<Deployment> deployments = new ArrayList<>();
    for (List<StoredStart> one : functions(store.all)) {
      deployments.addAll(deployments(one, store));
    }
    return new Verdicts(thresholds)
        .compare(find(deployments, function, before), find(deployments, function, after));
  }

  /** What the deployments cost: most added milliseconds a week first. */
  public static List<Comparison> rankedByCost(List<Comparison> comparisons) {
    List<Comparison> ranked = new ArrayList<>(comparisons);
    ranked.sort(Comparator.comparingDouble(Comparison::addedMsPerWeek).reversed());
    return ranked;
  }

  private static Deployment find(List<Deployment> deployments, String function, String identity) {
    for (Deployment deployment : deployments) {
      if (deployment.identity().equals(identity)) {
        return deployment;
      }
    }
    throw new IllegalArgumentException(
        "No cold starts of " + function + " " + identity + " that count");
  }

  private List<Comparison> compareFunction(List<Deployment> deployments) {
    Verdicts verdicts = new Verdicts(thresholds);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 1; i < deployments.size(); i++) {
      comparisons.add(verdicts.compare(deployments.get(i - 1), deployments.get(i)));
    }
    return comparisons;
  }

  private static List<List<StoredStart>> functions(List<StoredStart> starts) {
    List<List<StoredStart>> functions = new ArrayList<>();
    for (StoredStart start : starts) {
      boolean next =
          functions.isEmpty() || !functions.get(functions.size() - 1).get(0).sameFunction(start);
      if (next) {
        functions.add(new ArrayList<>());
      }
      functions.get(functions.size() - 1).add(start);
    }
    return functions;
  }

  private static List<Deployment> deployments(List<StoredStart> starts, StoredStarts store) {
    Map<String, List<TimedStart>> byIdentity = new LinkedHashMap<>();
    Names names = new Names();
    for (StoredStart start : starts) {
      byIdentity
          .computeIfAbsent(start.deployment, key -> new ArrayList<>())
          .add(start.timed(store, names));
    }
    List<Deployment> deployments = new ArrayList<>();
    StoredStart first = starts.get(0);
    String kind = Imports.kindOf(first.configuration.runtime());
    byIdentity.forEach(
        (identity, timed) ->
            deployments.add(
                new Deployment(
                    first.account, first.region, first.function, identity, kind, names, timed)));
    deployments.sort(DeploymentOrder.of(deployments));
    return deployments;
  }

  private static List<Comparison> filtered(List<Comparison> comparisons, Query query) {
    if (query.includeAll()) {
      return comparisons;
    }
    List<Comparison> findings = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      if (comparison.verdict().isFinding()) {
        findings.add(comparison);
      }
    }
    return findings;
  }
}
