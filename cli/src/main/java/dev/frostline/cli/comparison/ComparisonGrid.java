package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.history.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons in rows: words for a page in Markdown, and for programs the numbers that the JSON
 * has, one column each, in ms where the name says so.
 */
final class ComparisonGrid {
  private ComparisonGrid() {}

  static Grid of(List<Comparison> comparisons, OutputFormat format) {
    return format == OutputFormat.CSV ? numbers(comparisons) : words(comparisons);
  }

  private static Grid words(List<Comparison> comparisons) {
    Grid grid =
        new Grid(
            List.of(
                "",
                "FUNCTION",
                "DEPLOYMENT",
                "INIT MEDIAN",
                "CHANGE",
                "n",
                "VERDICT",
                "MAIN CAUSE"));
    for (Comparison comparison : comparisons) {
      grid.add(
          List.of(
              ComparisonText.mark(comparison.verdict()),
              comparison.function(),
              comparison.before().deployment() + " → " + comparison.after().deployment(),
              ComparisonText.init(comparison.before(), comparison.after()),
              ComparisonText.change(comparison),
              comparison.before().starts() + "/" + comparison.after().starts(),
              comparison.verdict().word(),
              ComparisonText.cause(comparison)));
    }
    return grid;
  }

  private static Grid numbers(List<Comparison> comparisons) {
    Grid grid =
        new Grid(
            List.of(
                "account",
                "region",
                "function",
                "before",
                "after",
                "before_since",
                "after_since",
                "kind",
                "track",
                "verdict",
                "change_ms",
                "ci_low_ms",
                "ci_high_ms",
                "change_pct",
                "before_median_ms",
                "after_median_ms",
                "before_n",
                "after_n",
                "p",
                "q",
                "floor_ms",
                "host_ms",
                "measured_ms",
                "added_ms_per_week",
                "persists",
                "memory_mb",
                "suspect",
                "suspect_kind",
                "suspect_change",
                "suspect_self_change_ms",
                "suspect_cumulative_change_ms"));
    for (Comparison comparison : comparisons) {
      Side before = comparison.before();
      Side after = comparison.after();
      Configuration configuration = comparison.configuration();
      List<@Nullable Object> row = new ArrayList<>();
      row.add(comparison.account());
      row.add(comparison.region());
      row.add(comparison.function());
      row.add(before.deployment());
      row.add(after.deployment());
      row.add(before.since());
      row.add(after.since());
      row.add(comparison.kind().word());
      row.add(comparison.track());
      row.add(comparison.verdict().word());
      row.add(ComparisonJson.rounded(comparison.changeMs().estimate()));
      row.add(ComparisonJson.rounded(comparison.changeMs().low()));
      row.add(ComparisonJson.rounded(comparison.changeMs().high()));
      row.add(ComparisonJson.rounded(comparison.changePct()));
      row.add(ComparisonJson.rounded(before.medianMs()));
      row.add(ComparisonJson.rounded(after.medianMs()));
      row.add(before.starts());
      row.add(after.starts());
      row.add(ComparisonJson.finite(comparison.p()));
      row.add(ComparisonJson.finite(comparison.q()));
      row.add(ComparisonJson.rounded(comparison.floorMs()));
      row.add(ComparisonJson.rounded(comparison.hostMs()));
      row.add(ComparisonJson.rounded(comparison.measuredMs()));
      row.add(ComparisonJson.rounded(comparison.addedMsPerWeek()));
      row.add(comparison.persists());
      row.add(configuration == null ? null : configuration.memoryMb());
      Suspect first = comparison.suspects().isEmpty() ? null : comparison.suspects().get(0);
      row.add(first == null ? null : first.name());
      row.add(first == null ? null : first.kind());
      row.add(first == null ? null : first.change().word());
      row.add(first == null ? null : ComparisonJson.rounded(first.selfChangeMs()));
      row.add(first == null ? null : ComparisonJson.rounded(first.cumulativeChangeMs()));
      grid.add(row);
    }
    return grid;
  }
}
