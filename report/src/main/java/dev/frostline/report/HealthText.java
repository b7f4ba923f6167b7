package dev.frostline.report;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Health;
import dev.frostline.report.WeeklyReport.Lines;
import dev.frostline.report.WeeklyReport.Reject;
import dev.frostline.report.WeeklyReport.SilentFunction;
import dev.frostline.report.WeeklyReport.StartCounts;

/** Coverage and data health as text. */
final class HealthText {
  private final WeeklyReport report;
  private final Health health;
  private final TextPage out;

  HealthText(WeeklyReport report, TextPage out) {
    this.report = report;
    this.health = report.health();
    this.out = out;
  }

  void write() {
    StartCounts starts = health.starts();
    out.line(
        "- Functions heard: "
            + Figure.count(health.heard())
            + " of "
            + Figure.count(health.known())
            + " known");
    out.line(
        String.format(
            "- Cold starts with import timings: %s of %s (%s)",
            Figure.count(starts.traced()),
            Figure.count(starts.all()),
            Figure.share(report.headline().tracedShare())));
    out.line(
        String.format(
            "- Kept apart: %s, %s with contradicting lines; %s cut at one end",
            Figure.counted(starts.failed(), "failed init"),
            Figure.count(starts.suspect()),
            Figure.count(starts.cut())));
    out.line("- Latest log event in the store: " + Figure.time(health.latestEvent()));
    for (FunctionId function : health.newFunctions()) {
      out.line("- New function: " + out.name(function.name()));
    }
    for (SilentFunction silent : health.silent()) {
      out.line(
          "- Silent: "
              + out.name(silent.function().name())
              + ", last heard "
              + Figure.time(silent.lastHeard()));
    }
    if (health.moreSilent() > 0) {
      out.line("- " + Figure.count(health.moreSilent()) + " more silent");
    }
    lines();
    for (Reject reject : health.rejects()) {
      out.line(
          String.format(
              "- Rejected: %s in the week, %s in all: %s",
              Figure.count(reject.linesOfWeek()),
              Figure.count(reject.linesOfStore()),
              out.words(reject.reason())));
    }
  }

  private void lines() {
    out.line("");
    out.head("lrrrrr", "Lines", "Received", "Stored", "Already stored", "Not ours", "Rejected");
    row("During the week", health.linesOfWeek());
    row("Since the store began", health.linesOfStore());
    out.line("");
  }

  private void row(String name, Lines lines) {
    out.row(
        name,
        Figure.count(lines.received()),
        Figure.count(lines.stored()),
        Figure.count(lines.alreadyStored()),
        Figure.count(lines.notOurs()),
        Figure.count(lines.rejected()));
  }
}
