package dev.frostline.report;

import dev.frostline.verdict.statistics.Thresholds;
import java.util.List;
import java.util.Locale;

/** How the week was judged, in sentences: the same in every format. */
public final class MethodNotes {
  private MethodNotes() {}

  /** One line of "how this was judged". */
  public record Term(String name, String text) {}

  /** Test, thresholds, corrections, what was kept apart, and the store. */
  public static List<Term> of(WeeklyReport report) {
    Thresholds limits = report.method().thresholds();
    String test =
        String.format(
            Locale.ROOT,
            "Each deployment against the one before it. Where both have at least %d cold starts"
                + " with import timings, the imports the deployment did not touch are the"
                + " yardstick: they take the host's speed out. Otherwise medians of Init Duration,"
                + " from %d cold starts and %d days a side.",
            limits.minTraced(),
            limits.minRawStarts(),
            limits.minDays());
    String threshold =
        String.format(
            Locale.ROOT,
            "Slower or faster when the whole %s %% interval lies beyond %s and %s of init (%s and"
                + " %s without import timings).",
            Figure.plain(100 * limits.verdictConfidence()),
            Figure.plain(limits.floorMs()) + " ms",
            Figure.plain(100 * limits.floorShare()) + " %",
            Figure.plain(limits.rawFloorMs()) + " ms",
            Figure.plain(100 * limits.rawFloorShare()) + " %");
    String corrections =
        String.format(
            Locale.ROOT,
            "%s: q values after Benjamini-Hochberg over all of them; causes by %d permutations with"
                + " family-wise error %s.",
            Figure.counted(report.method().comparisons(), "comparison"),
            limits.permutations(),
            Figure.plain(100 * limits.unitAlpha()) + " %");
    return List.of(
        new Term("Test", test),
        new Term("Thresholds", threshold),
        new Term("Corrections", corrections),
        new Term(
            "Never mixed",
            "Memory size, architecture, runtime, layers and init kind; failed inits and"
                + " contradicting starts are in no comparison."),
        new Term(
            "Listed",
            "Deployments first seen in the week; of the 28 days before, those still live that are"
                + " slower or not judged yet."),
        new Term("Times", "UTC; weeks from Monday to Sunday (ISO 8601)."),
        new Term("Store", "schema step " + report.method().schemaStep()));
  }
}
