package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.Phrase;
import dev.frostline.report.Week;
import dev.frostline.report.WeeklyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weekly report of any week, from the same model and templates. */
final class ChangesView {
  private ChangesView() {}

  static View of(Address address, Snapshot snapshot, Terms terms) throws SQLException {
    Week week = snapshot.with(connection -> week(connection, address.parameter("week")));
    Questions questions =
        new Questions(snapshot)
            .with("since", week.monday().toString())
            .with("until", week.nextMonday().toString())
            .add("trend", "report_trend")
            .add("runtimes", "report_runtimes")
            .add("functions", "report_functions")
            .add("runtime_patches", "report_runtime_patches")
            .add("scale_out", "report_scale_out");
    Map<String, Object> model = new HashMap<>();
    model.put("earlier", week(address, week.monday().minusWeeks(1)));
    model.put("later", week(address, week.nextMonday()));
    WeeklyReport report = snapshot.report(week, terms.policy());
    if (report == null) {
      model.put("week", week);
      model.put("weeks", weeks(questions.answer("trend").named()));
    } else {
      Map<String, Object> shown = Map.of("report", report, "links", terms.links());
      model.put("headline", Page.html("headline.jte", Map.of("report", report)));
      model.put("sections", Page.html("week.jte", shown));
    }
    return new View(
        "Changes " + week,
        "changes",
        report == null ? "changesJudging" : "changesOfWeek",
        model,
        Phrase.reproduce(week),
        questions,
        report == null ? Map.of() : Map.of("report", terms.reports().apply(report)),
        report == null);
  }

  private static Table weeks(List<Map<String, Object>> trend) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> week : trend) {
      rows.add(
          List.of(
              Cell.of(Cells.text(week, "week_start").substring(0, 10)),
              Cells.count(week, "cold_starts"),
              Cells.ms(week, "p50_ms"),
              Cells.ms(week, "p95_ms"),
              Cells.ms(week, "p99_ms"),
              Cell.of(Figure.duration(Cells.number(week, "waited_ms"))),
              Cells.count(week, "deployments")));
    }
    return new Table(
        "weeks",
        "By week, the asked one last",
        List.of(
            Column.text("Monday"),
            Column.number("Cold starts"),
            Column.number("p50"),
            Column.number("p95"),
            Column.number("p99"),
            Column.number("Waited"),
            Column.number("Deployments")),
        rows,
        "No cold starts in 13 weeks.");
  }

  private static Week week(Connection connection, @Nullable String asked) throws SQLException {
    return asked != null
        ? Week.parse(asked)
        : WeeklyReport.latestWeek(connection).orElseGet(() -> Week.of(Instant.now()));
  }

  private static String week(Address address, LocalDate monday) {
    Week week = Week.of(monday.atStartOfDay(ZoneOffset.UTC).toInstant());
    return address.with("week", week.toString()).toString();
  }
}
