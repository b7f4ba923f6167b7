package dev.frostline.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits a deployment must keep, judged on the same verdicts as everything else. Missing data never
 * passes unless asked to.
 *
 * @param budgetMs most the median Init Duration may be; no budget when absent
 * @param limitMs most the code may add, proven by the interval; any proven slowdown breaks it when
 *     absent
 * @param passWithoutData let insufficient data and intervals that are too wide pass
 */
public record Gate(@Nullable Double budgetMs, @Nullable Double limitMs, boolean passWithoutData) {
  /** Why the deployment must not pass; empty when it may. */
  public List<String> violations(Comparison comparison) {
    List<String> reasons = new ArrayList<>();
    Verdict verdict = comparison.verdict();
    boolean undecided = verdict == Verdict.INSUFFICIENT || verdict == Verdict.NOT_SHOWN;
    if (undecided && !passWithoutData) {
      reasons.add(
          verdict == Verdict.INSUFFICIENT
              ? "too few cold starts: " + comparison.needed() + " more are needed"
              : "the interval is too wide: " + comparison.needed() + " cold starts are needed");
    }
    if (budgetMs != null && !(comparison.after().medianMs() <= budgetMs)) {
      reasons.add(
          words(
              "median init %.1f ms is over the budget of %.1f ms",
              comparison.after().medianMs(), budgetMs));
    }
    boolean slower =
        verdict == Verdict.SLOWER
            || (verdict == Verdict.MIXED && comparison.changeMs().estimate() > 0);
    double limit = limitMs == null ? 0 : limitMs;
    if (slower && comparison.changeMs().estimate() > limit) {
      reasons.add(
          words(
              "init got %.1f ms slower, more than the limit of %.1f ms",
              comparison.changeMs().estimate(), limit));
    }
    return reasons;
  }

  private static String words(String format, double a, double b) {
    return String.format(Locale.ROOT, format, a, b);
  }
}
