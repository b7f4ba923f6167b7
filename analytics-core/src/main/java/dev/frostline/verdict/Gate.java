package dev.frostline.verdict;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits a deployment must keep, judged on the same verdicts as everything else. Missing data never
 * passes.
 *
 * @param limitMs most the code may add in ms
 * @param limitPct most the code may add in % of the side before; without either limit any proven
 *     slowdown fails
 */
public record Gate(@Nullable Double limitMs, @Nullable Double limitPct) {
  /** How a deployment came through; the worse one counts for several. */
  public enum Outcome {
    PASSED,
    NOT_JUDGED,
    FAILED
  }

  /** The outcome with its reasons in words. */
  public record Judgement(Outcome outcome, List<String> reasons) {}

  /**
   * Judges one comparison, whatever its verdict is called. With a limit its interval decides: all
   * above fails, all within passes. Without one a proven slowdown fails.
   */
  public Judgement judge(Comparison comparison) {
    List<String> unknown = unknown(comparison);
    if (!unknown.isEmpty()) {
      return new Judgement(Outcome.NOT_JUDGED, unknown);
    }
    return limitMs == null && limitPct == null ? bySlowdown(comparison) : byLimits(comparison);
  }

  private static Judgement bySlowdown(Comparison comparison) {
    double added = comparison.changeMs().estimate();
    boolean slower =
        comparison.verdict() == Verdict.SLOWER
            || (comparison.verdict() == Verdict.MIXED && added > 0);
    if (slower) {
      return failed(
          List.of(words("init got %.1f ms (%.1f %%) slower", added, comparison.changePct())));
    }
    return comparison.verdict() == Verdict.NOT_SHOWN
        ? new Judgement(Outcome.NOT_JUDGED, List.of(tooWide(comparison)))
        : new Judgement(Outcome.PASSED, List.of());
  }

  private Judgement byLimits(Comparison comparison) {
    Interval change = comparison.changeMs();
    double percent = 100 / comparison.before().medianMs();
    List<String> over = new ArrayList<>();
    boolean within = true;
    if (limitMs != null) {
      if (change.low() > limitMs) {
        over.add(
            words("init got %.1f ms slower, the limit is %.1f ms", change.estimate(), limitMs));
      }
      within = change.high() <= limitMs;
    }
    if (limitPct != null) {
      if (change.low() * percent > limitPct) {
        over.add(
            words(
                "init got %.1f %% slower, the limit is %.1f %%", comparison.changePct(), limitPct));
      }
      within &= change.high() * percent <= limitPct;
    }
    if (!over.isEmpty()) {
      return failed(over);
    }
    return within
        ? new Judgement(Outcome.PASSED, List.of())
        : new Judgement(Outcome.NOT_JUDGED, List.of(tooWide(comparison)));
  }

  private static Judgement failed(List<String> reasons) {
    return new Judgement(Outcome.FAILED, reasons);
  }

  /** Why there is no interval of the code's change; empty where there is one. */
  private static List<String> unknown(Comparison comparison) {
    return switch (comparison.verdict()) {
      case INSUFFICIENT ->
          List.of("too few cold starts: " + comparison.needed() + " more are needed");
      case CONFIGURATION, HOST -> comparison.notes();
      case BROAD -> List.of("hosts changed speed, the code's part is not known");
      case SLOWER, FASTER, UNCHANGED, NOT_SHOWN, MOVED, PLATFORM, MIXED -> List.of();
    };
  }

  private static String tooWide(Comparison comparison) {
    Interval change = comparison.changeMs();
    if (Double.isNaN(change.low())) {
      return "no interval of the change is known";
    }
    String interval =
        words("the interval %+.1f to %+.1f ms is too wide", change.low(), change.high());
    return comparison.needed() > 0
        ? interval + ": " + comparison.needed() + " cold starts are needed"
        : interval;
  }

  private static String words(String format, double a, double b) {
    return String.format(Locale.ROOT, format, a, b);
  }
}
