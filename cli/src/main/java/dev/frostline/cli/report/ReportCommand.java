package dev.frostline.cli.report;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.WholeFile;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.ReportPage;
import dev.frostline.report.ReportText;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import dev.frostline.report.WeeklyReport.FoundChange;
import dev.frostline.report.Weeks;
import dev.frostline.report.picture.Icicle;
import dev.frostline.report.picture.WeekPictures;
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
import java.util.Map;
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
public final class ReportCommand implements Callable<Integer> {
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

  @Option(
      names = "--page",
      paramLabel = "URL",
      defaultValue = "${FROSTLINE_PAGE:-}",
      description = "Where frostline serve can be reached; names link there (FROSTLINE_PAGE).")
  String page = "";

  /**
   * What is shown.
   *
   * @param pictures import trees of what there is to act on
   */
  private record Shown(WeeklyReport report, Links links, Map<FoundChange, Icicle> pictures) {}

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

    private String show(Shown shown) {
      return switch (this) {
        case HTML -> ReportPage.html(shown.report(), shown.links(), shown.pictures());
        case MARKDOWN -> ReportText.markdown(shown.report());
        case TEXT -> ReportText.plain(shown.report());
        case JSON -> ReportJson.of(shown.report());
      };
    }
  }

  @Override
  public Integer call() {
    Shown shown = shown();
    PrintWriter print = spec.commandLine().getOut();
    boolean isJsonAlone = out == null && formats.equals(List.of(Format.JSON));
    Path folder = out == null ? Path.of(isJsonAlone ? "-" : ".") : out;
    if (folder.equals(Path.of("-"))) {
      formats.forEach(format -> print.print(format.show(shown)));
      print.flush();
      return 0;
    }
    try {
      Files.createDirectories(folder);
      List<String> written = new ArrayList<>();
      for (Format format : formats) {
        Path file = folder.resolve("frostline-" + shown.report().week() + "." + format.suffix);
        WholeFile.write(file, format.show(shown));
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

  private Shown shown() {
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      Policy policy = ConfigOptions.settings(spec).policy();
      Weeks weeks = new Weeks(connection, policy);
      WeeklyReport report = week == null ? latestWhole(connection, weeks) : weeks.of(parsed(week));
      String address = page.replaceFirst("/+$", "");
      return new Shown(
          report,
          new Links(address.isEmpty() ? null : address, policy),
          formats.contains(Format.HTML) ? WeekPictures.read(connection, report) : Map.of());
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot make the report: " + e.getMessage());
    }
  }

  /** The latest week with cold starts; the one before where it has just begun. */
  static WeeklyReport latestWhole(Connection connection, Weeks weeks) throws SQLException {
    Week now = Week.of(Instant.now());
    Week chosen = WeeklyReport.latestWeek(connection).orElse(now);
    if (chosen.equals(now)) {
      WeeklyReport whole = weeks.of(Week.of(now.since().minusSeconds(1)));
      if (whole.hasData()) {
        return whole; // a Monday's few hours say nothing of a week
      }
    }
    return weeks.of(chosen);
  }

  static Week parsed(String text) {
    try {
      return Week.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.USAGE, "No week: " + text + ". Write 2026-W41.");
    }
  }
}
