package dev.frostline.policy;

import dev.frostline.verdict.Gate.Outcome;

/**
 * One budget held against one deployment.
 *
 * @param ms what was measured; NaN without any cold start that counts
 * @param coldStarts those it was measured over
 * @param needed cold starts it takes to judge
 */
public record BudgetCheck(
    Budget budget,
    String account,
    String region,
    String function,
    String deployment,
    double ms,
    long coldStarts,
    long needed) {
  /** Too few cold starts are never within a budget. */
  public Outcome outcome() {
    if (coldStarts < needed || Double.isNaN(ms)) {
      return Outcome.NOT_JUDGED;
    }
    return budget.limit().keeps(ms) ? Outcome.PASSED : Outcome.FAILED;
  }
}
