package dev.frostline.verdict;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of some functions.
 *
 * @param comparisons every period against what it replaced, patches, shifts and drift: by account,
 *     Region, function, track and time
 * @param findings every slowdown and drift with what became of it
 * @param newest of each function the comparison of what is live now on its main track
 * @param latest the newest cold start; null without any
 */
public record Answer(
    List<Comparison> comparisons,
    List<FindingLife> findings,
    List<Comparison> newest,
    @Nullable Instant latest) {
  /** What is listed when nobody says since when. */
  public static final Duration RECENT = Duration.ofDays(28);

  /** Nothing asked. */
  public static final Answer NOTHING = new Answer(List.of(), List.of(), List.of(), null);

  public Answer {
    comparisons = List.copyOf(comparisons);
    findings = List.copyOf(findings);
    newest = List.copyOf(newest);
  }

  /** Findings that are still open, of code that still serves. */
  public List<FindingLife> open() {
    return findings.stream().filter(life -> life.isOpen() && life.serves()).toList();
  }

  /** The same of some functions alone. */
  public Answer of(Predicate<Comparison> wanted) {
    return new Answer(
        comparisons.stream().filter(wanted).toList(),
        findings.stream().filter(life -> wanted.test(life.opening())).toList(),
        newest.stream().filter(wanted).toList(),
        latest);
  }

  /** The same with more findings, which were judged apart. */
  public Answer with(List<FindingLife> more) {
    List<FindingLife> all = new ArrayList<>(more);
    all.addAll(findings);
    return new Answer(comparisons, all, newest, latest);
  }

  /** What became live since then, corrected over it. */
  public List<Comparison> since(Instant time) {
    return Verdicts.correct(
        comparisons.stream().filter(one -> !one.after().since().isBefore(time)).toList());
  }

  /** What became live in the last 28 days of the data, and what is still open. */
  public List<Comparison> recent() {
    if (latest == null) {
      return List.of();
    }
    List<Comparison> recent = new ArrayList<>();
    List<Comparison> open = open().stream().map(FindingLife::opening).toList();
    for (Comparison one : comparisons) {
      boolean isRecent = !one.after().since().isBefore(latest.minus(RECENT));
      if (isRecent || open.contains(one)) {
        recent.add(one);
      }
    }
    return Verdicts.correct(recent);
  }
}
