package dev.frostline.report;

import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Policy;
import dev.frostline.report.WeekAnswers.DeploymentWeek;
import dev.frostline.report.WeeklyReport.Changes;
import dev.frostline.report.WeeklyReport.Cost;
import dev.frostline.report.WeeklyReport.Drift;
import dev.frostline.report.WeeklyReport.Found;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.WeeklyReport.FunctionCost;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Headline;
import dev.frostline.report.WeeklyReport.Health;
import dev.frostline.report.WeeklyReport.Method;
import dev.frostline.report.WeeklyReport.Money;
import dev.frostline.report.WeeklyReport.Promised;
import dev.frostline.report.WeeklyReport.TeamCost;
import dev.frostline.report.WeeklyReport.TrendWeek;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.statistics.Thresholds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the answers and the verdicts of one week together. */
final class ReportBuilder {
  private static final int FUNCTIONS_SHOWN = 10;
  private static final int SLOWDOWNS_SUMMED = 3;

  private static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Week week;
  private final PriceList prices;
  private final Thresholds thresholds;
  private final Policy policy;

  ReportBuilder(Week week, PriceList prices, Thresholds thresholds, Policy policy) {
    this.week = week;
    this.prices = prices;
    this.thresholds = thresholds;
    this.policy = policy;
  }

  /**
   * @param comparisons what became live in the week or the 28 days before
   * @param lives findings that are open at its end
   */
  WeeklyReport build(
      Connection connection,
      List<Comparison> comparisons,
      List<FindingLife> lives,
      List<Promised> promised)
      throws SQLException {
    WeekRows rows = new WeekRows(connection, week, prices);
    WeekAnswers answers = new WeekAnswers(rows);
    List<DeploymentWeek> deployments = new ArrayList<>(answers.deployments());
    deployments.addAll(LatestChanges.deployments(comparisons, answers.latest()));
    OpenFindings open =
        new OpenFindings(week, policy, new Acknowledgements(connection).all(), lives);
    ChangesOfWeek found =
        new ChangesOfWeek(
            week,
            policy,
            new Acknowledgements(connection).all(),
            deployments,
            open.with(comparisons),
            open);
    List<TrendWeek> trend = answers.trend();
    Health health =
        new HealthOfWeek(week, answers.functions()).health(answers.ledger(), answers.rejects());
    Changes changes =
        new Changes(
            found.actOn(),
            found.withoutDeploy(),
            found.faster(),
            found.watch(),
            found.acknowledged(),
            answers.patches(),
            answers.scaleOut());
    return new WeeklyReport(
        week,
        headline(found, trend, health),
        changes,
        open.told(),
        promised,
        trend,
        answers.runtimes(),
        answers.runtimeTrend(),
        money(answers.billedInit(), changes.actOn()),
        answers.sharedWeight(),
        BudgetsOfWeek.of(policy, week, rows),
        withoutVerdict(answers.drift(), comparisons, lives),
        health,
        new Method(thresholds, comparisons.size(), answers.schemaStep(), policy.imports()));
  }

  /** A function whose deployments were found to be slower does not drift. */
  private static List<Drift> withoutVerdict(
      List<Drift> drifting, List<Comparison> comparisons, List<FindingLife> lives) {
    Set<FunctionId> slower = new HashSet<>();
    for (Comparison one : comparisons) {
      if (one.verdict().isFinding() && one.changeMs().estimate() > 0) {
        slower.add(FunctionId.of(one));
      }
    }
    lives.forEach(life -> slower.add(FunctionId.of(life.opening())));
    return drifting.stream().filter(drift -> !slower.contains(drift.function())).toList();
  }

  private static Headline headline(ChangesOfWeek found, List<TrendWeek> trend, Health health) {
    TrendWeek now = trend.get(trend.size() - 1);
    TrendWeek before = trend.get(trend.size() - 2);
    long all = health.starts().all();
    return new Headline(
        found.slowerOfWeek(),
        found.stillOpen(),
        found.fasterOfWeek(),
        found.withoutDeployOfWeek(),
        found.unchangedOfWeek(),
        health.known(),
        health.places(),
        all,
        now.waitedMs(),
        before.waitedMs(),
        all == 0 ? Double.NaN : (double) health.starts().traced() / all);
  }

  private Money money(List<FunctionCost> costs, Found actOn) {
    List<FunctionCost> shown = costs.subList(0, Math.min(FUNCTIONS_SHOWN, costs.size()));
    Cost total = NOTHING;
    for (FunctionCost one : costs) {
      total = sum(total, one.cost());
    }
    double saved = 0;
    int summed = 0;
    for (FoundChange change : actOn.shown()) {
      if (change.open() && summed < SLOWDOWNS_SUMMED) {
        saved += change.addedUsd();
        summed++;
      }
    }
    return new Money(
        prices,
        List.copyOf(shown),
        costs.size() - shown.size(),
        teams(costs),
        total,
        Phrase.perMonth(total.usd()),
        Phrase.perMonth(saved));
  }

  private List<TeamCost> teams(List<FunctionCost> costs) {
    Map<String, Cost> byTeam = new TreeMap<>();
    if (!policy.owners().isEmpty()) {
      for (FunctionCost one : costs) {
        byTeam.merge(policy.ownerOf(one.function().name()), one.cost(), ReportBuilder::sum);
      }
    }
    return byTeam.entrySet().stream()
        .map(one -> new TeamCost(one.getKey(), one.getValue()))
        .sorted(Comparator.comparing((TeamCost one) -> one.cost().usd()).reversed())
        .toList();
  }

  private static Cost sum(Cost a, Cost b) {
    return new Cost(
        a.coldStarts() + b.coldStarts(),
        a.billedSeconds() + b.billedSeconds(),
        a.gbSeconds() + b.gbSeconds(),
        a.usd() + b.usd(),
        a.pricedAsX86() + b.pricedAsX86(),
        a.withoutMemory() + b.withoutMemory(),
        a.restores() + b.restores(),
        a.restoreSeconds() + b.restoreSeconds(),
        a.restoreUsd() + b.restoreUsd(),
        a.provisioned() + b.provisioned());
  }
}
