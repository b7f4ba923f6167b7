package dev.frostline.page;

import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.WeeklyReport;
import dev.frostline.verdict.comparison.Comparison;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the page shares with the command line, so that both speak alike.
 *
 * @param times points in time as people write them, {@code 7d}; throws IllegalArgumentException
 * @param comparisons a comparison as JSON has it
 * @param reports a weekly report as JSON has it
 * @param policy budgets and owners
 * @param store words that bring a command to the same store, {@code --db FILE}; empty for none
 */
public record Terms(
    Function<String, Instant> times,
    Function<Comparison, Map<String, @Nullable Object>> comparisons,
    Function<WeeklyReport, Object> reports,
    Policy policy,
    String store) {
  /** Where names lead within the page. */
  Links links() {
    return new Links("", policy);
  }
}
