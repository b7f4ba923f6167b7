package dev.frostline.cli;

import dev.frostline.report.ReportPage;
import dev.frostline.report.ReportText;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weekly report as a page and as Markdown. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the weekly cold-start report: one HTML file and the same as Markdown.",
    footer = {"", "Example: frostline report --week 2026-W41 --out reports"})
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();

  @Option(
      names = "--week",
      paramLabel = "WEEK",
      description = "ISO week, UTC (default: the latest with cold starts).")
  @Nullable String week;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder to write to (default: here).")
  Path folder = Path.of(".");

  @Override
  public Integer call() {
    WeeklyReport report = report();
    String name = "frostline-" + report.week();
    Path page = folder.resolve(name + ".html");
    Path text = folder.resolve(name + ".md");
    try {
      Files.createDirectories(folder);
      Files.writeString(page, ReportPage.html(report));
      Files.writeString(text, ReportText.markdown(report));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Wrote %s (%,d kB, one file) and %s%n",
          page, Files.size(page) / 1000, text.getFileName());
      out.flush();
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot write the report to " + folder + ": " + e.getMessage());
    }
    return 0;
  }

  private WeeklyReport report() {
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      Week chosen =
          week != null
              ? parsed(week)
              : WeeklyReport.latestWeek(connection).orElseGet(() -> Week.of(Instant.now()));
      return WeeklyReport.of(connection, chosen);
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot make the report: " + e.getMessage());
    }
  }

  private static Week parsed(String text) {
    try {
      return Week.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, "No week: " + text + ". Write 2026-W41.");
    }
  }
}
