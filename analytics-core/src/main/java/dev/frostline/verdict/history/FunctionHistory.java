package dev.frostline.verdict.history;

import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The countable cold starts of one function, by deployment, in the order of deployments. */
public final class FunctionHistory {
  static final String UNPUBLISHED = "$LATEST";

  /** One deployment while it is in the store. */
  public record Stored(String identity, List<StoredStart> starts) {
    public long firstMicros() {
      return starts.get(0).startedAtMicros;
    }

    public long lastMicros() {
      return starts.get(starts.size() - 1).startedAtMicros;
    }
  }

  public final List<Stored> deployments;
  private final StoredStart earliest;
  private final StoredStart latest;

  /** The starts of one function in the order of time. */
  private FunctionHistory(List<StoredStart> starts) {
    earliest = starts.get(0);
    latest = starts.get(starts.size() - 1);
    Map<String, List<StoredStart>> byIdentity = new LinkedHashMap<>();
    for (StoredStart start : starts) {
      byIdentity.computeIfAbsent(start.deployment, key -> new ArrayList<>()).add(start);
    }
    deployments = new ArrayList<>();
    byIdentity.forEach((identity, own) -> deployments.add(new Stored(identity, own)));
    deployments.sort(DeploymentOrder.of(deployments, Stored::identity, Stored::firstMicros));
  }

  /** Histories of all functions; the starts of one function stand together. */
  public static List<FunctionHistory> of(List<StoredStart> starts) {
    List<FunctionHistory> histories = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= starts.size(); at++) {
      if (at == starts.size() || !starts.get(at).sameFunction(starts.get(from))) {
        histories.add(new FunctionHistory(starts.subList(from, at)));
        from = at;
      }
    }
    return histories;
  }

  /** Whether no deployment was ever named: changes have to be found in time. */
  public boolean isUnversioned() {
    return deployments.size() == 1 && deployments.get(0).identity().equals(UNPUBLISHED);
  }

  /** Where a deployment stands, or -1. */
  public int position(String identity) {
    for (int i = 0; i < deployments.size(); i++) {
      if (deployments.get(i).identity().equals(identity)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the deployment with most cold starts stands; the latest of equals. */
  public int longest() {
    int longest = 0;
    for (int i = 1; i < deployments.size(); i++) {
      boolean longer =
          deployments.get(i).starts().size() >= deployments.get(longest).starts().size();
      longest = longer ? i : longest;
    }
    return longest;
  }

  public StoredStart earliest() {
    return earliest;
  }

  public StoredStart latest() {
    return latest;
  }

  /**
   * Positions of the deployments to compare with the one before them: those with a cold start since
   * then.
   */
  public List<Integer> changes(@Nullable Instant since) {
    List<Integer> changes = new ArrayList<>();
    for (int i = 1; i < deployments.size(); i++) {
      if (deployments.get(i).lastMicros() >= micros(since)) {
        changes.add(i);
      }
    }
    return changes;
  }

  /** Positions of the deployments, seen since then, under which AWS changed the runtime's patch. */
  public List<Integer> patched(@Nullable Instant since) {
    List<Integer> patched = new ArrayList<>();
    for (int i = 0; i < deployments.size(); i++) {
      long levels =
          deployments.get(i).starts().stream()
              .map(start -> start.configuration.runtimeVersion())
              .distinct()
              .count();
      if (levels > 1 && deployments.get(i).lastMicros() >= micros(since)) {
        patched.add(i);
      }
    }
    return patched;
  }

  private static long micros(@Nullable Instant since) {
    return since == null ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, since);
  }

  /**
   * Cold starts whose imports these comparisons need: of changed deployments with the one before,
   * and of patched ones. Starts cut short and deployments too small to be compared need none.
   */
  public List<StoredStart> wanted(
      List<Integer> changes, List<Integer> patched, Thresholds thresholds) {
    TreeSet<Integer> positions = new TreeSet<>(patched);
    for (int change : changes) {
      positions.add(change - 1);
      positions.add(change);
    }
    List<StoredStart> wanted = new ArrayList<>();
    for (int position : positions) {
      List<StoredStart> traced = traced(position, thresholds.poolSize());
      wanted.addAll(traced.size() < thresholds.minTraced() ? List.of() : traced);
    }
    return wanted;
  }

  /** The latest traced cold starts of a deployment, at most so many of each configuration. */
  public List<StoredStart> traced(int position, int most) {
    List<StoredStart> starts = deployments.get(position).starts();
    Map<Configuration, Integer> counts = new HashMap<>();
    List<StoredStart> traced = new ArrayList<>();
    for (int i = starts.size() - 1; i >= 0; i--) {
      StoredStart start = starts.get(i);
      boolean whole = !start.cut && start.expected > 0;
      if (whole && counts.merge(start.configuration, 1, Integer::sum) <= most) {
        traced.add(start);
      }
    }
    return traced;
  }

  /** One deployment with the imports read so far; frees what was read. */
  public Deployment deployment(
      int position, StoredStarts store, ImportNames names, Thresholds thresholds) {
    boolean unread = traced(position, thresholds.minTraced()).size() < thresholds.minTraced();
    Stored stored = deployments.get(position);
    List<TimedStart> timed = new ArrayList<>();
    for (StoredStart start : stored.starts()) {
      timed.add(unread ? start.counted() : start.timed(store, names));
    }
    StoredStart first = stored.starts().get(0);
    return new Deployment(
        first.account,
        first.region,
        first.function,
        stored.identity(),
        Imports.kindOf(first.configuration.runtime()),
        names,
        timed);
  }
}
