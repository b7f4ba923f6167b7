package dev.frostline.cli.serve;

import dev.frostline.policy.Policy;
import dev.frostline.report.Page;
import dev.frostline.report.Phrase;
import dev.frostline.report.TrendChart;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weekly report of any week, from the same model and templates. */
final class ChangesView {
  private ChangesView() {}

  static View of(Address address, Snapshot snapshot) throws SQLException {
    WeeklyReport report =
        snapshot.with(connection -> report(connection, address.parameter("week")));
    Map<String, Object> shown = Map.of("report", report);
    Map<String, Object> model = new HashMap<>();
    model.put("report", report);
    model.put("earlier", week(address, report.week().monday().minusWeeks(1)));
    model.put("later", week(address, report.week().nextMonday()));
    model.put("changes", Page.html("changes.jte", shown));
    model.put("charts", charts(report));
    model.put("rest", rest(shown));
    Questions questions =
        new Questions(snapshot)
            .with("since", report.week().monday().toString())
            .with("until", report.week().nextMonday().toString())
            .add("runtimes", "report_runtimes")
            .add("functions", "report_functions")
            .add("runtime_patches", "report_runtime_patches")
            .add("scale_out", "report_scale_out")
            .add("trend", "report_trend");
    return new View(
        "Changes " + report.week(),
        "changes",
        "weekChanges",
        model,
        Phrase.reproduce(report),
        questions,
        Map.of("week", report.week().toString()));
  }

  private static WeeklyReport report(Connection connection, @Nullable String asked)
      throws SQLException {
    Week week =
        asked != null
            ? Week.parse(asked)
            : WeeklyReport.latestWeek(connection).orElseGet(() -> Week.of(Instant.now()));
    return WeeklyReport.of(connection, week, Policy.NONE);
  }

  private static String week(Address address, LocalDate monday) {
    return address
        .with("week", Week.of(monday.atStartOfDay(ZoneOffset.UTC).toInstant()).toString())
        .toString();
  }

  private static String charts(WeeklyReport report) {
    StringBuilder charts = new StringBuilder();
    if (Phrase.hasTrend(report)) {
      for (TrendChart chart : TrendChart.of(report)) {
        charts.append(Page.html("chart.jte", Map.of("chart", chart)));
      }
    }
    return charts.toString();
  }

  private static String rest(Map<String, Object> report) {
    StringBuilder rest = new StringBuilder();
    for (String section :
        List.of("money", "shared", "budgets", "watch", "acknowledged", "health", "method")) {
      rest.append(Page.html(section + ".jte", report));
    }
    return rest.toString();
  }
}
