package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.report.Figure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One import across the whole fleet: who pays for it, and who pulls it in. */
final class ImportView {
  private ImportView() {}

  /** Where an import is: its kind by one word, {@code python}, then its name. */
  static Address address(String kind, String name) {
    return Address.of("i", kind.replaceFirst(" .*", ""), name);
  }

  static View of(Address address, String kindWord, String name, Snapshot snapshot, Period period)
      throws SQLException {
    Questions questions =
        new Questions(snapshot)
            .with("kind", kind(kindWord))
            .with("name", name)
            .with("since", period.since());
    List<Map<String, Object>> functions = questions.ask("functions", "import_cost");
    List<Map<String, Object>> importers = questions.ask("importers", "page_importers");
    List<Map<String, Object>> modules =
        importers.isEmpty() ? questions.ask("modules", "page_package") : List.of();
    if (importers.isEmpty() && modules.isEmpty() && period.asked() == null) {
      throw new NotThereException("No cold start in the store imports " + name + ".");
    }
    List<Map<String, Object>> paying = functions.stream().filter(row -> !isFailed(row)).toList();
    double seconds = paying.stream().mapToDouble(row -> Cells.number(row, "total_s")).sum();
    double starts = paying.stream().mapToDouble(row -> Cells.number(row, "cold_starts")).sum();
    Map<String, Object> model = new HashMap<>();
    model.put("name", name);
    model.put("kind", kind(kindWord));
    model.put("periods", period.choices(address));
    model.put(
        "figures",
        List.of(
            new Figures.One(
                "Functions", Figure.count(paying.size()), notFound(functions, paying), ""),
            new Figures.One("Cold starts", Figure.count((long) starts), "made it", ""),
            new Figures.One(
                "Total time", Figure.duration(1000 * seconds), "with all it pulls in", ""),
            new Figures.One(
                "Each time",
                Figure.ms(starts == 0 ? Double.NaN : 1000 * seconds / starts),
                "on average",
                "")));
    model.put("functions", functions(functions, period));
    model.put("importers", importers(importers, kindWord, period));
    model.put("modules", modules(modules, kindWord, period));
    return new View(
        name,
        "fleet",
        "import",
        model,
        Commands.of("imports", name, period.option()),
        questions,
        Map.of());
  }

  /** Whether the module was not found: what is left is the time of looking for it. */
  private static boolean isFailed(Map<String, Object> row) {
    return Boolean.TRUE.equals(row.get("failed"));
  }

  private static String notFound(List<?> all, List<?> paying) {
    int others = all.size() - paying.size();
    return "pay for it now"
        + (others == 0 ? "" : "; " + Figure.counted(others, "function") + " did not find it");
  }

  private static String kind(String word) {
    return switch (word) {
      case "python" -> "python module";
      case "java" -> "java class";
      case "node" -> "node module";
      case "dotnet" -> "dotnet assembly";
      case "ruby" -> "ruby file";
      default ->
          throw new NotThereException(
              "There is no kind of import "
                  + word
                  + ". There are python, java, node, dotnet and ruby.");
    };
  }

  private static Table functions(List<Map<String, Object>> functions, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : functions) {
      rows.add(
          List.of(
              Cells.name(row, "function")
                  .to(
                      Address.function(
                          Cells.text(row, "account"),
                          Cells.text(row, "region"),
                          Cells.text(row, "function")))
                  .note(isFailed(row) ? "not found there" : ""),
              Cells.name(row, "deployment"),
              Cells.ms(row, "self_ms"),
              Cells.ms(row, "cumulative_ms"),
              Cells.count(row, "cold_starts"),
              Cell.of(Figure.duration(1000 * Cells.number(row, "total_s"))),
              Cells.name(row, "imported_by"),
              Cells.time(row, "first_seen")));
    }
    return new Table(
        "functions",
        "Functions that pay for it, most expensive first; medians",
        List.of(
            Column.text("Function"),
            Column.text("Latest deployment"),
            Column.number("Self"),
            Column.number("With all it pulls in"),
            Column.number("Cold starts"),
            Column.number("Total"),
            Column.text("Mostly imported by"),
            Column.text("First seen")),
        rows,
        period.asked() == null
            ? "Nothing that is live imports it; earlier deployments did."
            : period.none());
  }

  private static Table modules(List<Map<String, Object>> modules, String kind, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : modules) {
      rows.add(
          List.of(
              Cells.name(row, "name").to(Address.of("i", kind, Cells.text(row, "name"))),
              Cells.count(row, "functions"),
              Cells.count(row, "cold_starts"),
              Cells.ms(row, "self_ms")));
    }
    return new Table(
        "modules",
        "A package without a module of its name: its modules, by their own time; medians",
        List.of(
            Column.text("Import"),
            Column.number("Functions"),
            Column.number("Cold starts"),
            Column.number("Self")),
        rows,
        period.none());
  }

  private static Table importers(List<Map<String, Object>> importers, String kind, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : importers) {
      String importer = Cells.text(row, "importer");
      Cell name =
          importer.isEmpty()
              ? Cell.of("nothing: a root of the import tree").tone("quiet")
              : Cells.name(importer).to(Address.of("i", kind, importer));
      rows.add(
          List.of(
              name,
              Cells.count(row, "functions"),
              Cells.count(row, "cold_starts"),
              Cells.ms(row, "cumulative_ms")));
    }
    return new Table(
        "importers",
        "What pulls it in",
        List.of(
            Column.text("Imported by"),
            Column.number("Functions"),
            Column.number("Cold starts"),
            Column.number("Its time there")),
        rows,
        period.none());
  }
}
