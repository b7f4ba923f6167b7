package dev.frostline.verdict;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.changes.ChangePoints;
import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.changes.PatchShifts;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.fleet.FleetShifts;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one function, and what of it was judged before.
 *
 * @param wanted cold starts whose imports the rest needs
 */
record FunctionJudgement(FunctionHistory history, List<Part> parts, List<StartRecord> wanted) {
  /** Traced cold starts of a history without versions that are scanned: a year of eight a day. */
  private static final int LONGEST_HISTORY = 3000;

  /** How changes are looked for. */
  private enum Kind {
    /** A deployment against the one before it. */
    DEPLOYMENT,
    /** Patches of the runtime under a deployment. */
    PATCHES,
    /** Changes in time of a function without versions. */
    HISTORY
  }

  /** One deployment and what is asked of it; known is what was judged before. */
  private record Part(Kind kind, int position, String key, @Nullable List<DatedComparison> known) {}

  static FunctionJudgement of(
      FunctionHistory history,
      Query query,
      Thresholds thresholds,
      RememberedChanges judged,
      Map<Long, Long> fingerprints) {
    List<Integer> changes = history.changes(query.since());
    List<Integer> patched = history.patched(query.since());
    List<Part> parts = new ArrayList<>();
    if (history.isUnversioned()) {
      parts.add(part(Kind.HISTORY, 0, history, judged, fingerprints));
    } else {
      TreeSet<Integer> positions = new TreeSet<>(changes);
      positions.addAll(patched);
      for (int position : positions) {
        if (changes.contains(position)) {
          parts.add(part(Kind.DEPLOYMENT, position, history, judged, fingerprints));
        }
        if (patched.contains(position)) {
          parts.add(part(Kind.PATCHES, position, history, judged, fingerprints));
        }
      }
    }
    return new FunctionJudgement(history, parts, wanted(history, parts, thresholds));
  }

  /** Whether nothing is asked: no deployment to compare. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Import timings to read. */
  long timings() {
    return wanted.stream().mapToLong(StartRecord::importCount).sum();
  }

  /** Every change of the function; what is judged now is kept. */
  FleetShifts.Observed observed(
      TraceBatch traces, Thresholds thresholds, RememberedChanges judged) {
    ImportNames names = new ImportNames();
    Map<Integer, Deployment> read = new HashMap<>();
    List<DatedComparison> changes = new ArrayList<>();
    for (Part part : parts) {
      List<DatedComparison> found = part.known();
      if (found == null) {
        read.keySet().removeIf(position -> position < part.position() - 1);
        found =
            judge(
                part,
                position ->
                    read.computeIfAbsent(
                        position, at -> history.deployment(at, traces, names, thresholds)),
                thresholds);
        judged.keep(part.key(), found);
      }
      changes.addAll(found);
    }
    return new FleetShifts.Observed(history, changes);
  }

  private List<DatedComparison> judge(
      Part part, IntFunction<Deployment> deployments, Thresholds thresholds) {
    Verdicts verdicts = new Verdicts(thresholds);
    int position = part.position();
    Deployment after = deployments.apply(position);
    return switch (part.kind()) {
      case HISTORY ->
          new ChangePoints(thresholds)
              .inHistory(after).stream()
                  .map(
                      found ->
                          new DatedComparison(
                              found.comparison(), found.firstMicros(), found.lastMicros()))
                  .toList();
      case PATCHES -> new PatchShifts(verdicts).within(after);
      case DEPLOYMENT -> {
        FunctionHistory.Stored stored = history.deployments.get(position);
        yield List.of(
            new DatedComparison(
                verdicts.compare(deployments.apply(position - 1), after),
                stored.firstMicros(),
                stored.lastMicros()));
      }
    };
  }

  private static Part part(
      Kind kind,
      int position,
      FunctionHistory history,
      RememberedChanges judged,
      Map<Long, Long> fingerprints) {
    int first = kind == Kind.DEPLOYMENT ? position - 1 : position;
    List<StartRecord> starts = new ArrayList<>();
    for (int i = first; i <= position; i++) {
      starts.addAll(history.deployments.get(i).starts());
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * starts.size());
    starts.forEach(
        start -> bytes.putLong(start.id()).putLong(fingerprints.getOrDefault(start.id(), 0L)));
    String key = kind + HexFormat.of().formatHex(Sha256.of(bytes.array()));
    return new Part(kind, position, key, judged.of(key));
  }

  private static List<StartRecord> wanted(
      FunctionHistory history, List<Part> parts, Thresholds thresholds) {
    List<Integer> changes = new ArrayList<>();
    List<Integer> patched = new ArrayList<>();
    for (Part part : parts) {
      if (part.known() == null) {
        switch (part.kind()) {
          case DEPLOYMENT -> changes.add(part.position());
          case PATCHES -> patched.add(part.position());
          case HISTORY -> {
            return history.traced(0, LONGEST_HISTORY);
          }
        }
      }
    }
    return history.wanted(changes, patched, thresholds);
  }
}
