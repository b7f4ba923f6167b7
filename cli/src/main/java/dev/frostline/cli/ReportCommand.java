package dev.frostline.cli;

import dev.frostline.policy.Policy;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The weekly report in any of its formats. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the weekly cold-start report, as one HTML file and as Markdown.",
    footer = {
      "",
      "Example: frostline report --week 2026-W41 --out reports",
      "         frostline report -o text --out - | mail -s 'Cold starts' team@example.com"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();

  @Option(
      names = "--week",
      paramLabel = "WEEK",
      description = "ISO week, UTC (default: the latest whole one with cold starts).")
  @Nullable String week;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "html,markdown",
      description =
          "Forms: html, markdown, text or json, several separated by commas (default: "
              + "html,markdown).")
  List<Format> formats = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder to write to, or - for standard output (default: here; json alone to standard"
              + " output).")
  @Nullable Path out;

  /** One model, four ways to show it. */
  enum Format {
    HTML("html"),
    MARKDOWN("md"),
    TEXT("txt"),
    JSON("json");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }

    private String show(WeeklyReport report) {
      return switch (this) {
        case HTML -> ReportPage.html(report);
        case MARKDOWN -> ReportText.markdown(report);
        case TEXT -> ReportText.plain(report);
        case JSON -> ReportJson.of(report);
      };
    }
  }

  @Override
  public Integer call() {
    WeeklyReport report = report();
    PrintWriter print = spec.commandLine().getOut();
    boolean isJsonAlone = out == null && formats.equals(List.of(Format.JSON));
    Path folder = out == null ? Path.of(isJsonAlone ? "-" : ".") : out;
    if (folder.equals(Path.of("-"))) {
      formats.forEach(format -> print.print(format.show(report)));
      print.flush();
      return 0;
    }
    try {
      Files.createDirectories(folder);
      List<String> written = new ArrayList<>();
      for (Format format : formats) {
        Path file = folder.resolve("frostline-" + report.week() + "." + format.suffix);
        WholeFile.write(file, format.show(report));
        written.add(
            written.isEmpty()
                ? String.format(Locale.ROOT, "%s (%,d kB, one file)", file, kilobytes(file))
                : "." + format.suffix);
      }
      print.println("Wrote " + String.join(" · ", written));
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot write the report to " + folder + ": " + Failure.whyNotWritten(e));
    }
    return 0;
  }

  private static long kilobytes(Path file) throws IOException {
    return (Files.size(file) + 999) / 1000;
  }

  private WeeklyReport report() {
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      Policy policy = Frostline.settings(spec).policy();
      Week now = Week.of(Instant.now());
      Week chosen = week != null ? parsed(week) : WeeklyReport.latestWeek(connection).orElse(now);
      if (week == null && chosen.equals(now)) {
        Week before = Week.of(now.since().minusSeconds(1));
        WeeklyReport whole = WeeklyReport.of(connection, before, policy);
        if (whole.hasData()) {
          return whole; // a Monday's few hours say nothing of a week
        }
      }
      return WeeklyReport.of(connection, chosen, policy);
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
