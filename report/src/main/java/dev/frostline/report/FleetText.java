package dev.frostline.report;

import dev.frostline.report.WeeklyReport.FunctionCost;
import dev.frostline.report.WeeklyReport.Money;
import dev.frostline.report.WeeklyReport.RuntimeWeek;
import dev.frostline.report.WeeklyReport.SharedPackage;
import dev.frostline.report.WeeklyReport.TeamCost;
import dev.frostline.report.WeeklyReport.TrendWeek;

/** Trend, money and shared weight of the fleet as text. */
final class FleetText {
  private final WeeklyReport report;
  private final TextPage out;

  FleetText(WeeklyReport report, TextPage out) {
    this.report = report;
    this.out = out;
  }

  void trend() {
    out.head("lrrrrrr", "Week", "Cold starts", "Share", "p50", "p95", "p99", "Waited");
    for (TrendWeek week : Phrase.weeks(report)) {
      out.row(
          week.week().toString(),
          Figure.count(week.coldStarts()),
          Figure.share(week.share()),
          Figure.ms(week.p50Ms()),
          Figure.ms(week.p95Ms()),
          Figure.ms(week.p99Ms()),
          Figure.duration(week.waitedMs()));
    }
    runtimes();
  }

  private void runtimes() {
    if (report.runtimes().isEmpty()) {
      return;
    }
    out.line("");
    out.head("lrrrrrr", "Runtime", "Functions", "Cold starts", "p50", "p95", "p99", "p50 before");
    for (RuntimeWeek runtime : report.runtimes()) {
      out.row(
          out.name(runtime.runtime()),
          Figure.count(runtime.functions()),
          Figure.count(runtime.coldStarts()),
          Figure.ms(runtime.p50Ms()),
          Figure.ms(runtime.p95Ms()),
          Figure.ms(runtime.p99Ms()),
          Figure.ms(runtime.p50BeforeMs()));
    }
  }

  void money() {
    Money money = report.money();
    if (Phrase.isCheap(money)) {
      out.line((Phrase.saving(money) + " " + Phrase.billed(report)).strip());
      return;
    }
    out.line(
        String.format(
            "Init billed: %s, %s GB-seconds, %s in the week, %s a month at this rate. %s",
            Figure.duration(money.total().billedSeconds() * 1000),
            Figure.amount(money.total().gbSeconds()),
            out.strong(Figure.usd(money.total().usd())),
            Figure.usd(money.usdPerMonth()),
            Phrase.prices(money)));
    if (money.savedUsdPerMonth() > 0) {
      out.line("\n" + Phrase.saving(money));
    }
    Phrase.costNotes(money).forEach(note -> out.line("\n" + note));
    out.line("");
    out.head("lrrrr", "Function", "Cold starts", "Billed init", "GB-seconds", "Cost");
    for (FunctionCost function : money.functions()) {
      out.row(
          out.name(function.function().name()),
          Figure.count(function.cost().coldStarts()),
          Figure.duration(function.cost().billedSeconds() * 1000),
          Figure.amount(function.cost().gbSeconds()),
          Phrase.cost(function.cost()));
    }
    teams(money);
  }

  private void teams(Money money) {
    if (money.teams().isEmpty()) {
      return;
    }
    out.line("");
    out.head("lrrr", "Owner", "Cold starts", "Billed init", "Cost");
    for (TeamCost team : money.teams()) {
      out.row(
          team.owner().isEmpty() ? "nobody" : out.name(team.owner()),
          Figure.count(team.cost().coldStarts()),
          Figure.duration(team.cost().billedSeconds() * 1000),
          Phrase.cost(team.cost()));
    }
  }

  void shared() {
    out.head("lrrrrrl", "Package", "Functions", "Cold starts", "Total", "Cost", "A month", "New");
    for (SharedPackage shared : report.sharedWeight()) {
      out.row(
          out.name(shared.name()),
          Figure.count(shared.functions()),
          Figure.count(shared.coldStarts()),
          Figure.duration(shared.seconds() * 1000),
          Figure.usd(shared.usd()),
          Figure.usd(Phrase.perMonth(shared.usd())),
          Phrase.news(shared));
    }
  }
}
