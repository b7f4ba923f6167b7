package dev.frostline.report;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.report.WeeklyReport.Drift;
import dev.frostline.report.WeeklyReport.Found;
import dev.frostline.report.WeeklyReport.FoundChange;

/** Budgets, watch list and what was accepted, as text. */
final class PolicyText {
  private final WeeklyReport report;
  private final TextPage out;

  PolicyText(WeeklyReport report, TextPage out) {
    this.report = report;
    this.out = out;
  }

  void budgets() {
    BudgetOfWeek.All budgets = report.budgets();
    out.line(Phrase.budgets(budgets));
    if (!budgets.shown().isEmpty()) {
      out.line("");
      out.head("lllrrl", "Budget", "Function", "State", "Measured", "n", "Since");
      for (BudgetOfWeek one : budgets.shown()) {
        out.row(
            out.code(one.budget().limit().expression()),
            out.name(one.name()),
            Phrase.state(one),
            Figure.ms(one.ms()),
            Figure.count(one.coldStarts()),
            Figure.day(one.crossed()));
      }
    }
    if (budgets.more() > 0) {
      out.line("\n" + Figure.count(budgets.more()) + " more.");
    }
  }

  void watch() {
    Found found = report.changes().watch();
    if (found.shown().isEmpty() && report.drifting().isEmpty()) {
      out.line("Nothing: every deployment of the week is told above.");
    }
    if (!found.shown().isEmpty()) {
      out.head("llrr", "Function", "Why", "n", "Change so far");
      for (FoundChange change : found.shown()) {
        out.row(
            deployment(change, out),
            out.words(Phrase.watched(change)),
            Figure.count(change.startsBefore()) + " → " + Figure.count(change.startsAfter()),
            Figure.change(change.changeMs().estimate()));
      }
      more(report, found, out);
    }
    drifting();
  }

  private void drifting() {
    if (!report.drifting().isEmpty()) {
      out.line("");
      out.head("llr", "Drifting up for three weeks", "Median of each week", "Cold starts");
      for (Drift drift : report.drifting()) {
        out.row(
            out.name(drift.function().name()),
            Phrase.medians(drift),
            Figure.count(drift.coldStarts()));
      }
    }
  }

  void acknowledged() {
    Found found = report.changes().acknowledged();
    if (found.shown().isEmpty()) {
      out.line("Nothing was accepted.");
    } else {
      out.head("lrlll", "Function", "Change", "By", "Until", "Why");
      for (FoundChange change : found.shown()) {
        Acknowledgement one = change.acknowledgement();
        if (one != null) {
          out.row(
              deployment(change, out),
              Figure.change(change.changeMs().estimate()),
              out.name(one.givenBy()),
              Figure.day(one.until()),
              out.words(one.reason()));
        }
      }
      more(report, found, out);
    }
  }

  static void more(WeeklyReport report, Found found, TextPage out) {
    if (found.more() > 0) {
      out.line("\n" + Figure.count(found.more()) + " more: " + out.code(Phrase.verdicts(report)));
    }
  }

  static String deployment(FoundChange change, TextPage out) {
    return out.name(change.function().name())
        + " "
        + out.name(change.before())
        + " → "
        + out.name(change.after());
  }
}
