package dev.frostline.verdict;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
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

  /** Judges one comparison: failed wins over not judged. */
  public Judgement judge(Comparison comparison) {
    List<String> failures = failures(comparison);
    if (!failures.isEmpty()) {
      return new Judgement(Outcome.FAILED, failures);
    }
    List<String> unknown = unknown(comparison);
    if (!unknown.isEmpty()) {
      return new Judgement(Outcome.NOT_JUDGED, unknown);
    }
    return new Judgement(Outcome.PASSED, List.of());
  }

  private List<String> failures(Comparison comparison) {
    List<String> reasons = new ArrayList<>();
    double added = comparison.changeMs().estimate();
    boolean slower =
        comparison.verdict() == Verdict.SLOWER
            || (comparison.verdict() == Verdict.MIXED && added > 0);
    if (!slower) {
      return reasons;
    }
    if (limitMs == null && limitPct == null) {
      reasons.add(words("init got %.1f ms (%.1f %%) slower", added, comparison.changePct()));
    }
    if (limitMs != null && added > limitMs) {
      reasons.add(words("init got %.1f ms slower, the limit is %.1f ms", added, limitMs));
    }
    if (limitPct != null && comparison.changePct() > limitPct) {
      reasons.add(
          words("init got %.1f %% slower, the limit is %.1f %%", comparison.changePct(), limitPct));
    }
    return reasons;
  }

  private List<String> unknown(Comparison comparison) {
    List<String> reasons = new ArrayList<>();
    int needed = comparison.needed();
    switch (comparison.verdict()) {
      case INSUFFICIENT -> reasons.add("too few cold starts: " + needed + " more are needed");
      case NOT_SHOWN -> {
        if (!excludesLimit(comparison)) {
          reasons.add("the interval is too wide: " + needed + " cold starts are needed");
        }
      }
      case CONFIGURATION -> reasons.addAll(comparison.notes());
      case BROAD -> reasons.add("hosts changed speed, the code's part is not known");
      case SLOWER, FASTER, UNCHANGED, MOVED, PLATFORM, MIXED -> {}
    }
    return reasons;
  }

  /** A wide interval is narrow enough when all of it lies below the limits. */
  private boolean excludesLimit(Comparison comparison) {
    double high = comparison.changeMs().high();
    double highPct = 100 * high / comparison.before().medianMs();
    boolean any = limitMs != null || limitPct != null;
    return any && (limitMs == null || high <= limitMs) && (limitPct == null || highPct <= limitPct);
  }

  private static String words(String format, double a, double b) {
    return String.format(Locale.ROOT, format, a, b);
  }
}
