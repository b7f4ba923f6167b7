package dev.frostline.cli.serve;

import dev.frostline.cli.serve.Table.Cell;
import dev.frostline.cli.serve.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.verdict.Comparison;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.Regressions;
import dev.frostline.verdict.Suspect;
import dev.frostline.verdict.Thresholds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two deployments of a function, down to the import. */
final class CompareView {
  private CompareView() {}

  static View of(
      Address address,
      String account,
      String region,
      String name,
      String range,
      Snapshot snapshot,
      Terms terms)
      throws SQLException {
    int dots = range.indexOf("..");
    String before = Address.decoded(range.substring(0, dots));
    String after = Address.decoded(range.substring(dots + 2));
    Comparison comparison = comparison(snapshot, account, region, name, before, after);
    Questions questions =
        new Questions(snapshot)
            .with("account", account)
            .with("region", region)
            .with("function", name)
            .with("before", before)
            .with("after", after);
    Map<String, Object> model = new HashMap<>();
    model.put("name", name);
    model.put("function", Address.function(account, region, name).toString());
    model.put("comparison", comparison);
    model.put("figures", figures(comparison));
    model.put("phases", phases(questions.ask("phases").named()));
    model.put("suspects", suspects(comparison));
    model.put("tree", tree(questions.ask("tree").named(), address.parameter("focus"), address));
    return new View(
        name + " " + before + " → " + after,
        "fleet",
        "compare",
        model,
        Commands.of("explain", name, before + ".." + after),
        questions.asked(),
        questions.answers(),
        Map.of("comparison", terms.comparisons().apply(comparison)));
  }

  private static Comparison comparison(
      Snapshot snapshot, String account, String region, String name, String before, String after)
      throws SQLException {
    Comparison known =
        find(snapshot.comparisons(), account, region, name, before, after);
    if (known == null) {
      known =
          find(
              snapshot.with(
                  connection ->
                      new Regressions(Thresholds.DEFAULT)
                          .between(connection, Query.of(name), before, after)),
              account,
              region,
              name,
              before,
              after);
    }
    if (known == null) {
      throw new NotThereException(
          "There are no cold starts of " + name + " that count in both " + before + " and " + after + ".");
    }
    return known;
  }

  private static @Nullable Comparison find(
      List<Comparison> comparisons,
      String account,
      String region,
      String name,
      String before,
      String after) {
    for (Comparison comparison : comparisons) {
      if (comparison.function().equals(name)
          && comparison.account().equals(account)
          && comparison.region().equals(region)
          && comparison.before().deployment().equals(before)
          && comparison.after().deployment().equals(after)) {
        return comparison;
      }
    }
    return null;
  }

  private static List<Figures.One> figures(Comparison comparison) {
    double low = comparison.changeMs().low();
    String interval =
        Double.isFinite(low)
            ? "99 % interval " + Figure.change(low) + " to " + Figure.change(comparison.changeMs().high())
            : "";
    return List.of(
        new Figures.One(
            "Change",
            Figure.change(comparison.changeMs().estimate()) + " (" + Figure.changePct(comparison.changePct()) + ")",
            interval,
            Cells.tone(comparison.verdict())),
        new Figures.One(
            "Median init",
            Figure.ms(comparison.before().medianMs()) + " → " + Figure.ms(comparison.after().medianMs()),
            "as measured, host speed not removed",
            ""),
        new Figures.One(
            "Cold starts",
            Figure.count(comparison.before().starts()) + " → " + Figure.count(comparison.after().starts()),
            "on " + comparison.before().days() + " and " + comparison.after().days() + " days",
            ""),
        new Figures.One(
            "Added waiting",
            Figure.addedDuration(comparison.addedMsPerWeek()),
            "per week at its rate",
            ""));
  }

  private static Table phases(List<Map<String, Object>> sides) {
    List<List<Cell>> rows = new ArrayList<>();
    if (sides.size() == 2) {
      rows.add(phase("Environment and runtime", "runtime_bootstrap_ms", sides));
      rows.add(phase("Imports", "imports_ms", sides));
      rows.add(phase("Unattributed", "unattributed_ms", sides));
      rows.add(phase("Init", "init_ms", sides));
    }
    return new Table(
        "phases",
        "Where the time goes; means of traced cold starts, the parts add up to init",
        List.of(Column.text("Phase"), Column.number("Before"), Column.number("After"), Column.number("Change")),
        rows,
        "No import timings on one of the sides.");
  }

  private static List<Cell> phase(String label, String column, List<Map<String, Object>> sides) {
    double before = Cells.number(sides.get(0), column);
    double after = Cells.number(sides.get(1), column);
    return List.of(
        Cell.of(label),
        Cell.of(Figure.ms(before)),
        Cell.of(Figure.ms(after)),
        Cell.of(Figure.change(after - before)));
  }

  private static Table suspects(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Suspect suspect : comparison.suspects()) {
      boolean grew = suspect.cumulativeChangeMs() > 0;
      boolean isImport = suspect.kind().contains(" ");
      Cell name = Cells.name(suspect.name());
      rows.add(
          List.of(
              (isImport ? name.to(ImportView.address(suspect.kind(), suspect.name())) : name)
                  .note(suspect.chain().isEmpty() ? "" : "imported by " + Figure.name(String.join(" → ", suspect.chain()))),
              Cell.of(suspect.change().word()),
              Cell.of(Figure.change(suspect.selfChangeMs())),
              Cell.of((grew ? "▲ " : "▼ ") + Figure.change(suspect.cumulativeChangeMs())).tone(grew ? "slower" : "faster"),
              Cell.of(Figure.share(suspect.share()))));
    }
    return new Table(
        "suspects",
        "What is to blame, worst first",
        List.of(
            Column.text("Import"),
            Column.text("What happened"),
            Column.number("Self"),
            Column.number("With all it newly pulls in"),
            Column.number("Share of the change")),
        rows,
        "No single import stands out.");
  }

  private static Table tree(List<Map<String, Object>> imports, @Nullable String focus, Address address) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : imports) {
      String name = Cells.text(row, "name");
      String parent = Cells.text(row, "parent");
      if (focus != null && !name.equals(focus) && !parent.equals(focus)) {
        continue;
      }
      double change = Cells.number(row, "change_ms");
      String presence =
          Double.isNaN(Cells.number(row, "cumulative_before_ms"))
              ? "new"
              : Double.isNaN(Cells.number(row, "cumulative_after_ms")) ? "gone" : "";
      rows.add(
          List.of(
              Cells.name(name).to(address.with("focus", name)).note(presence),
              parent.isEmpty() ? Cell.of("–") : Cells.name(parent).to(address.with("focus", parent)),
              Cells.ms(row, "cumulative_before_ms"),
              Cells.ms(row, "cumulative_after_ms"),
              Cell.of((change > 0 ? "▲ " : "▼ ") + Figure.change(change)).tone(change > 0 ? "slower" : "faster")));
    }
    return new Table(
        "tree",
        "Imports with all they pull in, largest change of the medians first",
        List.of(
            Column.text("Import"),
            Column.text("Imported by"),
            Column.number("Before"),
            Column.number("After"),
            Column.number("Change")),
        rows,
        "No import timings.");
  }
}
