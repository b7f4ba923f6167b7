package dev.frostline.verdict;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.JudgedFunction.Answered;
import dev.frostline.verdict.JudgedFunction.Part;
import dev.frostline.verdict.JudgedFunction.Question;
import dev.frostline.verdict.changes.ChangePoints;
import dev.frostline.verdict.changes.DatedComparison;
import dev.frostline.verdict.changes.PatchShifts;
import dev.frostline.verdict.changes.Stretches;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.findings.Recheck;
import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import dev.frostline.verdict.timeline.LivePeriod;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What is asked of one function, and what of it was judged before.
 *
 * @param known what was judged before, by the key of its part
 * @param wanted cold starts whose imports the rest needs
 */
record FunctionJudgement(
    FunctionHistory history,
    List<Part> parts,
    Map<String, List<DatedComparison>> known,
    List<StartRecord> wanted) {
  /** Traced cold starts of a history without versions that are scanned: a year of eight a day. */
  private static final int LONGEST_HISTORY = 3000;

  /** Every period against the one it replaced, and what happened under it. */
  static FunctionJudgement of(
      FunctionHistory history,
      Thresholds thresholds,
      RememberedChanges judged,
      Map<Long, Long> fingerprints) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < history.periods.size(); i++) {
      if (history.periods.get(i).isUnnamed()) {
        parts.add(part(Question.HISTORY, i, i, "", history, fingerprints));
      } else {
        FunctionHistory.Baseline baseline = history.baseline(i, thresholds);
        if (baseline.position() != FunctionHistory.NONE) {
          parts.add(
              part(
                  Question.DEPLOYMENT,
                  baseline.position(),
                  i,
                  baseline.skipped(),
                  history,
                  fingerprints));
        }
        if (history.isLongLived(i)) {
          parts.add(part(Question.SHIFTS, i, i, "", history, fingerprints));
        }
        if (history.isPatched(i)) {
          parts.add(part(Question.PATCHES, i, i, "", history, fingerprints));
        }
      }
    }
    return of(history, parts, judged, thresholds);
  }

  /** Periods against states further back. */
  static FunctionJudgement again(
      FunctionHistory history,
      Collection<Recheck> rechecks,
      Thresholds thresholds,
      RememberedChanges judged,
      Map<Long, Long> fingerprints) {
    List<Part> parts = new ArrayList<>();
    for (Recheck recheck : rechecks) {
      parts.add(
          part(Question.DEPLOYMENT, recheck.before(), recheck.after(), "", history, fingerprints));
    }
    return of(history, parts, judged, thresholds);
  }

  private static FunctionJudgement of(
      FunctionHistory history, List<Part> parts, RememberedChanges judged, Thresholds thresholds) {
    Map<String, List<DatedComparison>> known = new HashMap<>();
    for (Part part : parts) {
      List<DatedComparison> changes = judged.of(part.key());
      if (changes != null) {
        known.put(part.key(), changes);
      }
    }
    List<Part> rest = parts.stream().filter(part -> !known.containsKey(part.key())).toList();
    return new FunctionJudgement(history, parts, known, wanted(history, rest, thresholds));
  }

  /** Import timings to read. */
  long timings() {
    return wanted.stream().mapToLong(StartRecord::importCount).sum();
  }

  /** An answer to every part, in their order; what is judged now is kept. */
  List<Answered> answers(TraceBatch traces, Thresholds thresholds, RememberedChanges judged) {
    ImportNames names = new ImportNames();
    Map<Integer, Stretches> read = new HashMap<>();
    List<Answered> answers = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<DatedComparison> found = known.get(part.key());
      if (found == null) {
        found =
            judge(
                part,
                position ->
                    read.computeIfAbsent(position, at -> stretches(at, traces, names, thresholds)),
                thresholds);
        judged.keep(part.key(), found);
      }
      answers.add(new Answered(part, found));
      read.keySet().retainAll(positions(parts.subList(i + 1, parts.size())));
    }
    return answers;
  }

  private Stretches stretches(
      int position, TraceBatch traces, ImportNames names, Thresholds thresholds) {
    Deployment period = history.deployment(position, traces, names, thresholds);
    return history.isLongLived(position)
        ? new ChangePoints(thresholds).within(period)
        : Stretches.undivided(period);
  }

  private List<DatedComparison> judge(
      Part part, IntFunction<Stretches> periods, Thresholds thresholds) {
    Verdicts verdicts = new Verdicts(thresholds);
    Stretches after = periods.apply(part.after());
    return switch (part.question()) {
      case HISTORY ->
          new ChangePoints(thresholds)
              .inHistory(after.whole()).stream().map(ChangePoints.Found::dated).toList();
      case SHIFTS -> after.shifts();
      case PATCHES -> new PatchShifts(verdicts).within(after);
      case DEPLOYMENT -> {
        LivePeriod<StartRecord> period = history.periods.get(part.after());
        Comparison comparison = between(verdicts, periods.apply(part.before()), after);
        yield List.of(new DatedComparison(comparison, period.beganMicros(), period.lastMicros()));
      }
    };
  }

  /** The stretches that lie next to each other; a period against itself is all of it. */
  private static Comparison between(Verdicts verdicts, Stretches before, Stretches after) {
    if (before.equals(after)) {
      return verdicts.compare(before.whole(), after.whole());
    }
    boolean isBackward = began(before) > began(after);
    Comparison comparison =
        isBackward
            ? verdicts.compare(before.first(), after.last())
            : verdicts.compare(before.last(), after.first());
    return comparison
        .withPeriods(since(before), since(after))
        .withNotes(
            isBackward ? Stretches.leftOut(after, before) : Stretches.leftOut(before, after));
  }

  private static long began(Stretches period) {
    return period.whole().starts().get(0).startedAtMicros();
  }

  private static Instant since(Stretches period) {
    return Instant.EPOCH.plus(began(period), ChronoUnit.MICROS);
  }

  private static Part part(
      Question question,
      int before,
      int after,
      String skipped,
      FunctionHistory history,
      Map<Long, Long> fingerprints) {
    List<StartRecord> starts = new ArrayList<>(history.periods.get(after).starts());
    if (before != after) {
      starts.addAll(history.periods.get(before).starts());
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * starts.size());
    starts.forEach(
        start -> bytes.putLong(start.id()).putLong(fingerprints.getOrDefault(start.id(), 0L)));
    String key = question + HexFormat.of().formatHex(Sha256.of(bytes.array()));
    return new Part(question, before, after, skipped, key);
  }

  private static TreeSet<Integer> positions(List<Part> parts) {
    TreeSet<Integer> positions = new TreeSet<>();
    for (Part part : parts) {
      positions.add(part.before());
      positions.add(part.after());
    }
    return positions;
  }

  private static List<StartRecord> wanted(
      FunctionHistory history, List<Part> parts, Thresholds thresholds) {
    List<StartRecord> wanted = new ArrayList<>();
    for (int position : positions(parts)) {
      boolean isUnnamed = history.periods.get(position).isUnnamed();
      wanted.addAll(
          isUnnamed
              ? history.traced(position, LONGEST_HISTORY)
              : history.isLongLived(position)
                  ? history.wantedInTime(position, ChangePoints.MOST_SCANNED, thresholds)
                  : history.wanted(position, thresholds));
    }
    return wanted;
  }
}
