package dev.frostline.report;

import dev.frostline.report.WeeklyReport.FunctionCost;
import dev.frostline.report.WeeklyReport.Money;
import dev.frostline.report.WeeklyReport.SharedPackage;
import dev.frostline.report.WeeklyReport.TrendWeek;

/** Trend, money and shared weight of the fleet as Markdown. */
final class FleetText {
  private final WeeklyReport report;
  private final Markdown out;

  FleetText(WeeklyReport report, Markdown out) {
    this.report = report;
    this.out = out;
  }

  void write() {
    trend();
    money();
    shared();
  }

  private void trend() {
    out.heading("Fleet trend");
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
    source("report_trend");
  }

  private void money() {
    Money money = report.money();
    out.heading("Money");
    out.line(
        String.format(
            "Init billed: %s, %s GB-seconds, **%s** in the week, %s a month at this rate. %s",
            Figure.duration(money.total().billedSeconds() * 1000),
            Figure.amount(money.total().gbSeconds()),
            Figure.usd(money.total().usd()),
            Figure.usd(money.usdPerMonth()),
            Phrase.prices(money)));
    Phrase.costNotes(money).forEach(note -> out.line("\n" + note));
    out.line("");
    out.head("lrrrr", "Function", "Cold starts", "Billed init", "GB-seconds", "Cost");
    for (FunctionCost function : money.functions()) {
      out.row(
          Markdown.name(function.function().name()),
          Figure.count(function.cost().coldStarts()),
          Figure.duration(function.cost().billedSeconds() * 1000),
          Figure.amount(function.cost().gbSeconds()),
          Phrase.cost(function.cost()));
    }
    source("report_billed_init");
  }

  private void shared() {
    out.heading("Shared weight");
    out.head("lrrrrl", "Package", "Functions", "Cold starts", "Total", "Cost", "New");
    for (SharedPackage shared : report.sharedWeight()) {
      out.row(
          Markdown.name(shared.name()),
          Figure.count(shared.functions()),
          Figure.count(shared.coldStarts()),
          Figure.duration(shared.seconds() * 1000),
          Figure.usd(shared.usd()),
          Phrase.news(shared));
    }
    source("report_shared_weight");
  }

  private void source(String query) {
    out.line("\nAsk again: " + Markdown.code(Phrase.sql(report, query)));
  }
}
