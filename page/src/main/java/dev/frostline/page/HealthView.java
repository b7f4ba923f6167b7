package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.report.Figure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the numbers add up, how fresh they are and what was refused. */
final class HealthView {
  private HealthView() {}

  static View of(Snapshot snapshot) throws SQLException {
    Questions questions = new Questions(snapshot);
    Map<String, Object> store = questions.ask("health", "page_health").get(0);
    boolean adds = Cells.number(store, "difference") == 0;
    Map<String, Object> model = new HashMap<>();
    model.put("adds", adds);
    model.put(
        "figures",
        List.of(
            new Figures.One(
                "Lines received",
                Cells.count(store, "received").text(),
                Figure.counted((long) Cells.number(store, "sources"), "source"),
                ""),
            new Figures.One("Stored", Cells.count(store, "stored").text(), "timing lines", ""),
            new Figures.One(
                "Already stored",
                Cells.count(store, "already_stored").text(),
                "delivered again",
                ""),
            new Figures.One(
                "Not ours", Cells.count(store, "not_ours").text(), "other log lines", ""),
            new Figures.One(
                "Rejected",
                Cells.count(store, "rejected").text(),
                "broken lines",
                Cells.number(store, "rejected") > 0 ? "slower" : "")));
    model.put(
        "facts",
        List.of(
            fact("Latest ingest", Cells.time(store, "latest_ingest").text()),
            fact("Latest log event", Cells.time(store, "latest_event").text()),
            fact("Cold starts", Cells.count(store, "cold_starts").text()),
            fact("Import timings", Cells.count(store, "import_timings").text()),
            fact("Failed inits, kept apart", Cells.count(store, "failed").text()),
            fact("With contradicting lines, kept apart", Cells.count(store, "suspect").text())));
    model.put("rejects", rejects(questions.ask("rejects", "rejects")));
    model.put("ledger", ledger(questions.ask("ledger", "page_ledger")));
    return new View(
        "Health",
        "health",
        "health",
        model,
        Commands.of("sql", "page_ledger"),
        questions,
        Map.of());
  }

  private static Map.Entry<String, Cell> fact(String label, String value) {
    return Map.entry(label, Cell.of(value));
  }

  private static Table rejects(List<Map<String, Object>> rejects) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : rejects) {
      rows.add(
          List.of(
              Cells.name(row, "reason"),
              Cells.count(row, "lines"),
              Cells.count(row, "sources"),
              Cells.time(row, "last_seen")));
    }
    return new Table(
        "rejects",
        "Rejected lines by reason; their text is never kept",
        List.of(
            Column.text("Reason"),
            Column.number("Lines"),
            Column.number("Sources"),
            Column.text("Last met")),
        rows,
        "No line was rejected.");
  }

  private static Table ledger(List<Map<String, Object>> sources) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : sources) {
      rows.add(
          List.of(
              Cells.time(row, "ingested_at"),
              Cells.name(row, "source").note(Cells.text(row, "source_kind")),
              Cells.count(row, "received"),
              Cells.count(row, "stored"),
              Cells.count(row, "already_stored"),
              Cells.count(row, "not_ours"),
              Cells.count(row, "rejected"),
              Cells.count(row, "cold_starts_new")));
    }
    return new Table(
        "ledger",
        "What was taken in, the latest 100 sources",
        List.of(
            Column.text("Taken in"),
            Column.text("Source"),
            Column.number("Received"),
            Column.number("Stored"),
            Column.number("Already stored"),
            Column.number("Not ours"),
            Column.number("Rejected"),
            Column.number("New cold starts")),
        rows,
        "Nothing was taken in yet.");
  }
}
