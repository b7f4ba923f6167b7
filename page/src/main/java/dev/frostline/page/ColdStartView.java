package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.picture.ColdStartTrace;
import dev.frostline.report.picture.Waterfall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One init of one execution environment, import by import. */
final class ColdStartView {
  private static final int BARS = 60;
  private static final int DEAREST = 25;

  private ColdStartView() {}

  static View of(String id, Snapshot snapshot) throws SQLException {
    if (!id.matches("\\d{1,19}")) {
      throw new NotThereException("A cold start is named by a number, not by " + id + ".");
    }
    Questions questions = new Questions(snapshot).with("cold_start_id", id);
    List<Map<String, Object>> found = questions.ask("cold_start", "cold_start");
    if (found.isEmpty()) {
      throw new NotThereException("The store has no cold start " + id + ".");
    }
    Map<String, Object> start = found.get(0);
    String name = Cells.text(start, "function");
    Map<String, Object> model = new HashMap<>();
    model.put("id", id);
    model.put("name", name);
    model.put(
        "function",
        Address.function(Cells.text(start, "account"), Cells.text(start, "region"), name)
            .toString());
    model.put("started", Cells.time(start, "started_at").text());
    model.put("figures", figures(start));
    model.put("facts", facts(start));
    model.put("waterfall", waterfall(id, snapshot));
    model.put("imports", imports(questions.ask("cold_start_imports", "cold_start_imports")));
    return new View(
        "Cold start of " + name,
        "fleet",
        "coldStart",
        model,
        Commands.of("sql", "cold_start_imports", "-p", "cold_start_id=" + id),
        questions,
        Map.of());
  }

  private static String waterfall(String id, Snapshot snapshot) throws SQLException {
    ColdStartTrace trace =
        snapshot
            .with(connection -> ColdStartTrace.read(connection, Long.parseLong(id)))
            .orElseThrow();
    return trace.imports().isEmpty()
        ? ""
        : Page.html("picture/waterfall.jte", Map.of("waterfall", Waterfall.of(trace, BARS)));
  }

  private static List<Figures.One> figures(Map<String, Object> start) {
    return List.of(
        new Figures.One("Init", Figure.ms(Cells.number(start, "init_ms")), "Init Duration", ""),
        new Figures.One(
            "Runtime",
            Figure.ms(Cells.number(start, "runtime_bootstrap_ms")),
            "before the function's code",
            ""),
        new Figures.One(
            "Imports", Figure.ms(Cells.number(start, "imports_ms")), "of the function", ""),
        new Figures.One(
            "Unattributed",
            Figure.ms(Cells.number(start, "unattributed_ms")),
            "no import explains it",
            ""),
        new Figures.One(
            "First invocation",
            Figure.ms(Cells.number(start, "first_invoke_ms")),
            "after init",
            ""));
  }

  private static List<Map.Entry<String, Cell>> facts(Map<String, Object> start) {
    List<Map.Entry<String, Cell>> facts = new ArrayList<>();
    for (String column :
        List.of(
            "deployment",
            "init_kind",
            "status",
            "error_type",
            "trust",
            "completeness",
            "runtime",
            "runtime_version",
            "architecture",
            "memory_mb",
            "restore_ms",
            "import_count",
            "log_group",
            "log_stream",
            "region",
            "account")) {
      String value = Cells.text(start, column);
      if (!value.isEmpty()) {
        facts.add(Map.entry(column.replace('_', ' '), Cell.of(value).to(link(column, start))));
      }
    }
    return facts;
  }

  private static String link(String column, Map<String, Object> start) {
    return switch (column) {
      case "log_stream" ->
          CloudWatch.logStream(
              Cells.text(start, "region"),
              Cells.text(start, "log_group"),
              Cells.text(start, "log_stream"));
      case "deployment" ->
          Address.deployment(
                  Cells.text(start, "account"),
                  Cells.text(start, "region"),
                  Cells.text(start, "function"),
                  Cells.text(start, "deployment"))
              .toString();
      default -> "";
    };
  }

  /** Dearest first: an init has hundreds of imports, and few of them matter. */
  private static Table imports(List<Map<String, Object>> imports) {
    List<Map<String, Object>> dearest = new ArrayList<>(imports);
    dearest.sort((a, b) -> Double.compare(Cells.number(b, "self_ms"), Cells.number(a, "self_ms")));
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : dearest.subList(0, Math.min(DEAREST, dearest.size()))) {
      rows.add(
          List.of(
              Cells.count(row, "seq"),
              Cells.name(row, "name")
                  .to(ImportView.address(Cells.text(row, "kind"), Cells.text(row, "name"))),
              Cells.ms(row, "self_ms"),
              Cells.ms(row, "cumulative_ms"),
              Cells.count(row, "depth")));
    }
    return new Table(
        "imports",
        "By their own time, most expensive first"
            + (imports.size() > DEAREST ? "; the first " + DEAREST + " of " + imports.size() : ""),
        List.of(
            Column.number("Order"),
            Column.text("Import"),
            Column.number("Self"),
            Column.number("With all it pulls in"),
            Column.number("Depth")),
        rows,
        "No import timings: the layer was not on this function.");
  }
}
