package dev.frostline.report;

import dev.frostline.policy.Budget;
import dev.frostline.report.WeeklyReport.FunctionId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One budget held against the week of one function ({@code report_budgets}, {@code
 * report_budget_imports}).
 *
 * @param function absent where the budget's pattern covers no function of the week
 * @param ms what was measured over the week; NaN without any cold start that counts
 * @param coldStarts those it was measured over
 * @param crossed the day whose seven days first went over and have stayed so since; absent unless
 *     over
 */
public record BudgetOfWeek(
    @Nullable FunctionId function,
    Budget budget,
    State state,
    double ms,
    long coldStarts,
    @Nullable LocalDate crossed) {
  /** How a budget stands, worst first. */
  public enum State {
    OVER,
    /** Within, by less than a tenth of the limit. */
    NEAR,
    NOT_JUDGED,
    WITHIN
  }

  /** The function, or the pattern that covers none. */
  public String name() {
    return function == null ? budget.functions().text() : function.name();
  }

  /**
   * All budgets of the week.
   *
   * @param shown those that are not simply within, worst first
   * @param more beyond them
   */
  public record All(
      List<BudgetOfWeek> shown, int more, int over, int near, int within, int notJudged) {}
}
