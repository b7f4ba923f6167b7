package dev.frostline.cli.gate;

import dev.frostline.cli.comparison.AcceptedFindings;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.comparison.FindingText;
import dev.frostline.cli.output.Failure;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Budget;
import dev.frostline.policy.BudgetCheck;
import dev.frostline.verdict.Gate;
import dev.frostline.verdict.Gate.Outcome;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate found: budgets and regression limits, and what that means for the pipeline.
 *
 * @param open slowdowns that earlier deployments brought
 * @param rule the regression limit in words
 * @param failOnOpen whether these fail as well
 */
record GateAnswer(
    List<BudgetCheck> budgets,
    List<Judged> regressions,
    List<Open> open,
    String rule,
    boolean failOnOpen,
    boolean passWithoutData,
    boolean failOnEmpty) {
  /** One comparison with its judgement. */
  record Judged(Comparison comparison, Gate.Judgement judgement) {}

  /**
   * A slowdown that is still there.
   *
   * @param now the newest cold start
   * @param accepted what was said about it; null where nobody did
   */
  record Open(FindingLife life, @Nullable Instant now, @Nullable Acknowledgement accepted) {}

  /**
   * One line of the answer.
   *
   * @param expected the limit in its user's words
   * @param found what was measured, or why nothing was
   * @param cause what is to blame, where that is known
   */
  record Row(
      boolean isBudget,
      Outcome outcome,
      boolean warning,
      String function,
      String deployment,
      String expected,
      String found,
      String cause) {
    /** ✓ ✗ ? and ! for what is only told. */
    String mark() {
      return switch (outcome) {
        case PASSED -> "✓";
        case FAILED -> warning ? "!" : "✗";
        case NOT_JUDGED -> "?";
      };
    }

    String word() {
      return switch (outcome) {
        case PASSED -> "passed";
        case FAILED -> warning ? "warning" : "failed";
        case NOT_JUDGED -> "not judged";
      };
    }
  }

  /** Budgets first, then the regression limit; in each what failed comes first. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    budgets.forEach(check -> rows.add(row(check)));
    regressions.forEach(judged -> rows.add(row(judged)));
    open.forEach(one -> rows.add(row(one)));
    rows.sort(
        Comparator.comparing((Row row) -> !row.isBudget())
            .thenComparing(Row::outcome, Comparator.reverseOrder())
            .thenComparing(Row::warning));
    return rows;
  }

  int exitCode() {
    if (isEmpty()) {
      return passWithoutData ? 0 : failOnEmpty ? Failure.JUDGED : Failure.CANNOT_JUDGE;
    }
    if (count(Outcome.FAILED) > 0) {
      return Failure.JUDGED;
    }
    return count(Outcome.NOT_JUDGED) > 0 && !passWithoutData ? Failure.CANNOT_JUDGE : 0;
  }

  /** Whether there was no deployment at all to judge. */
  boolean isEmpty() {
    return regressions.isEmpty()
        && budgets.stream().allMatch(check -> check.deployment().isEmpty());
  }

  /** How many rows came out so; a limit that only warns neither fails nor goes unjudged. */
  private long count(Outcome outcome) {
    return rows().stream()
        .filter(row -> row.outcome() == outcome)
        .filter(row -> outcome == Outcome.PASSED || !row.warning())
        .count();
  }

  private long warnings() {
    return rows().stream().filter(row -> row.outcome() == Outcome.FAILED && row.warning()).count();
  }

  String conclusion() {
    String warned = warnings() == 0 ? "" : ", " + warnings() + " over a limit that only warns";
    return count(Outcome.PASSED)
        + " passed, "
        + count(Outcome.FAILED)
        + " failed, "
        + count(Outcome.NOT_JUDGED)
        + " not judged"
        + warned;
  }

  private static Row row(BudgetCheck check) {
    Budget budget = check.budget();
    String found =
        check.outcome() == Outcome.NOT_JUDGED
            ? "not judged: "
                + check.coldStarts()
                + (check.coldStarts() == 1 ? " cold start, " : " cold starts, ")
                + check.needed()
                + " needed"
            : ComparisonText.millis(check.ms()) + " (n=" + check.coldStarts() + ")";
    return new Row(
        true,
        check.outcome(),
        budget.level() == Budget.Level.WARN,
        check.function(),
        check.deployment(),
        budget.limit().expression(),
        found,
        "");
  }

  private Row row(Open one) {
    Comparison opening = one.life().opening();
    Instant now = one.now() == null ? one.life().since() : one.now();
    String still = FindingText.still(one.life(), now);
    Acknowledgement accepted = one.accepted();
    return new Row(
        false,
        accepted == null ? Outcome.FAILED : Outcome.PASSED,
        !failOnOpen,
        opening.function(),
        one.life().openedBy() + " (live: " + one.life().live() + ")",
        "nothing open",
        accepted == null ? still : still + ", " + AcceptedFindings.words(accepted),
        opening.suspects().isEmpty() ? "" : ComparisonText.cause(opening));
  }

  private Row row(Judged judged) {
    Comparison comparison = judged.comparison();
    Gate.Judgement judgement = judged.judgement();
    String change = ComparisonText.change(comparison);
    String found =
        switch (judgement.outcome()) {
          case PASSED ->
              judgement.reasons().isEmpty()
                  ? change
                  : change + ", " + String.join("; ", judgement.reasons());
          case FAILED -> change + ": " + String.join("; ", judgement.reasons());
          case NOT_JUDGED -> "not judged: " + String.join("; ", judgement.reasons());
        };
    return new Row(
        false,
        judgement.outcome(),
        false,
        comparison.function(),
        comparison.before().deployment() + " → " + comparison.after().deployment(),
        rule,
        found,
        comparison.suspects().isEmpty() ? "" : ComparisonText.cause(comparison));
  }
}
