package dev.frostline.verdict.history;

import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The countable cold starts of one function, by deployment, in the order of deployments. */
public final class FunctionHistory {
  static final String UNPUBLISHED = "$LATEST";

  /** One deployment and its cold starts in the order of time. */
  public record Stored(String identity, List<StartRecord> starts) {
    public long firstMicros() {
      return starts.get(0).startedAtMicros();
    }

    public long lastMicros() {
      return starts.get(starts.size() - 1).startedAtMicros();
    }
  }

  private static final Comparator<StartRecord> ORDER =
      Comparator.comparingLong(StartRecord::startedAtMicros).thenComparingLong(StartRecord::id);

  public final String account;
  public final String region;
  public final String function;
  public final List<Stored> deployments;
  private final StartRecord earliest;
  private final StartRecord latest;

  /**
   * @param starts all its countable cold starts, in any order; at least one
   */
  public FunctionHistory(String account, String region, String function, List<StartRecord> starts) {
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("no cold starts of " + function);
    }
    this.account = account;
    this.region = region;
    this.function = function;
    List<StartRecord> sorted = new ArrayList<>(starts);
    sorted.sort(ORDER);
    earliest = sorted.get(0);
    latest = sorted.get(sorted.size() - 1);
    Map<String, List<StartRecord>> byIdentity = new LinkedHashMap<>();
    for (StartRecord start : sorted) {
      byIdentity.computeIfAbsent(start.deployment(), key -> new ArrayList<>()).add(start);
    }
    deployments = new ArrayList<>();
    byIdentity.forEach((identity, own) -> deployments.add(new Stored(identity, own)));
    deployments.sort(DeploymentOrder.of(deployments, Stored::identity, Stored::firstMicros));
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

  public StartRecord earliest() {
    return earliest;
  }

  public StartRecord latest() {
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
              .map(start -> start.configuration().runtimeVersion())
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
  public List<StartRecord> wanted(
      List<Integer> changes, List<Integer> patched, Thresholds thresholds) {
    TreeSet<Integer> positions = new TreeSet<>(patched);
    for (int change : changes) {
      positions.add(change - 1);
      positions.add(change);
    }
    List<StartRecord> wanted = new ArrayList<>();
    for (int position : positions) {
      List<StartRecord> traced = traced(position, thresholds.poolSize());
      wanted.addAll(traced.size() < thresholds.minTraced() ? List.of() : traced);
    }
    return wanted;
  }

  /** The latest traced cold starts of a deployment, at most so many of each configuration. */
  public List<StartRecord> traced(int position, int most) {
    List<StartRecord> starts = deployments.get(position).starts();
    Map<Configuration, Integer> counts = new HashMap<>();
    List<StartRecord> traced = new ArrayList<>();
    for (int i = starts.size() - 1; i >= 0; i--) {
      StartRecord start = starts.get(i);
      if (start.isTraced() && counts.merge(start.configuration(), 1, Integer::sum) <= most) {
        traced.add(start);
      }
    }
    return traced;
  }

  /** One deployment with the imports that were read. */
  public Deployment deployment(
      int position, TraceBatch traces, ImportNames names, Thresholds thresholds) {
    boolean unread = traced(position, thresholds.minTraced()).size() < thresholds.minTraced();
    Stored stored = deployments.get(position);
    List<TimedStart> timed = new ArrayList<>();
    for (StartRecord start : stored.starts()) {
      timed.add(unread ? start.counted() : traces.timed(start, names));
    }
    StartRecord first = stored.starts().get(0);
    return new Deployment(
        account,
        region,
        function,
        stored.identity(),
        Imports.kindOf(first.configuration().runtime()),
        names,
        timed);
  }
}
