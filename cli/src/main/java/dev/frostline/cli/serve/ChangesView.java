package dev.frostline.cli.serve;

import dev.frostline.report.Page;
import dev.frostline.report.Phrase;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weekly report of any week, from the same model and templates. */
final class ChangesView {
  private ChangesView() {}

  static View of(Address address, Snapshot snapshot, Terms terms) throws SQLException {
    WeeklyReport report =
        snapshot.with(connection -> report(connection, address.parameter("week"), terms));
    Map<String, Object> shown = Map.of("report", report);
    Map<String, Object> model = new HashMap<>();
    model.put("earlier", week(address, report.week().monday().minusWeeks(1)));
    model.put("later", week(address, report.week().nextMonday()));
    model.put("headline", Page.html("headline.jte", shown));
    model.put("sections", Page.html("week.jte", shown));
    Questions questions =
        new Questions(snapshot)
            .with("since", report.week().monday().toString())
            .with("until", report.week().nextMonday().toString())
            .add("trend", "report_trend")
            .add("runtimes", "report_runtimes")
            .add("functions", "report_functions")
            .add("runtime_patches", "report_runtime_patches")
            .add("scale_out", "report_scale_out");
    return new View(
        "Changes " + report.week(),
        "changes",
        "changesOfWeek",
        model,
        Phrase.reproduce(report),
        questions,
        Map.of("report", terms.reports().apply(report)));
  }

  private static WeeklyReport report(Connection connection, @Nullable String asked, Terms terms)
      throws SQLException {
    Week week =
        asked != null
            ? Week.parse(asked)
            : WeeklyReport.latestWeek(connection).orElseGet(() -> Week.of(Instant.now()));
    return WeeklyReport.of(connection, week, terms.policy());
  }

  private static String week(Address address, LocalDate monday) {
    Week week = Week.of(monday.atStartOfDay(ZoneOffset.UTC).toInstant());
    return address.with("week", week.toString()).toString();
  }
}
