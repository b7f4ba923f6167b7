package dev.frostline.cli.serve;

import dev.frostline.cli.serve.Table.Cell;
import dev.frostline.cli.serve.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.Explanation;
import dev.frostline.report.picture.Phases;
import dev.frostline.report.picture.Selection;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
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
      String account, String region, String name, String range, Snapshot snapshot, Terms terms)
      throws SQLException {
    int dots = range.indexOf("..");
    String before = Address.decoded(range.substring(0, dots));
    String after = Address.decoded(range.substring(dots + 2));
    Comparison comparison = comparison(snapshot, account, region, name, before, after);
    Explanation explanation = snapshot.with(connection -> Explanation.read(connection, comparison));
    Questions questions =
        new Questions(snapshot)
            .with("account", account)
            .with("region", region)
            .with("function", name);
    add(Selection.of(new FunctionId(account, region, name), before, after), "before", questions);
    add(Selection.of(new FunctionId(account, region, name), after, null), "after", questions);
    Map<String, Object> model = new HashMap<>();
    model.put("name", name);
    model.put("function", Address.function(account, region, name).toString());
    model.put("comparison", comparison);
    model.put("figures", figures(comparison));
    model.put("phases", phases(explanation));
    model.put("suspects", suspects(comparison));
    model.put(
        "distribution",
        Page.html("picture/distribution.jte", Map.of("distribution", explanation.distribution())));
    model.put("imports", imports(explanation));
    return new View(
        name + " " + before + " → " + after,
        "fleet",
        "compare",
        model,
        Commands.of(
            "explain", name, before + ".." + after, "--account", account, "--region", region),
        questions,
        Map.of("comparison", terms.comparisons().apply(comparison)));
  }

  private static void add(Selection side, String name, Questions questions) {
    questions
        .with("deployment", side.deployment())
        .with("since", Cells.stored(side.since()))
        .with("until", Cells.stored(side.until()))
        .add("imports_" + name, "import_tree")
        .add("phases_" + name, "phases")
        .add("durations_" + name, "init_durations");
  }

  private static String imports(Explanation explanation) {
    Comparison comparison = explanation.comparison();
    String before = comparison.before().deployment();
    String after = comparison.after().deployment();
    return explanation.imports().roots().isEmpty()
        ? ""
        : Page.html(
            "picture/importViews.jte",
            Map.of(
                "title",
                "Import tree, " + Figure.name(before) + " → " + Figure.name(after),
                "tree",
                explanation.imports(),
                "before",
                before,
                "after",
                after));
  }

  private static Comparison comparison(
      Snapshot snapshot, String account, String region, String name, String before, String after)
      throws SQLException {
    List<Comparison> judged = snapshot.comparisons();
    Comparison known = judged == null ? null : find(judged, account, region, name, before, after);
    if (known == null) {
      known =
          find(
              snapshot.with(
                  connection ->
                      new Judge(Thresholds.DEFAULT)
                          .between(
                              new StoredHistories(connection),
                              Query.of(account, region, name),
                              before,
                              after)),
              account,
              region,
              name,
              before,
              after);
    }
    if (known == null) {
      throw new NotThereException(
          "There are no cold starts of "
              + name
              + " that count in both "
              + before
              + " and "
              + after
              + ".");
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
            ? "99 % interval "
                + Figure.change(low)
                + " to "
                + Figure.change(comparison.changeMs().high())
            : "";
    return List.of(
        new Figures.One(
            "Change",
            Figure.change(comparison.changeMs().estimate())
                + " ("
                + Figure.changePct(comparison.changePct())
                + ")",
            interval,
            Cells.tone(comparison.verdict())),
        new Figures.One(
            "Median init",
            Figure.ms(comparison.before().medianMs())
                + " → "
                + Figure.ms(comparison.after().medianMs()),
            "as measured, host speed not removed",
            ""),
        new Figures.One(
            "Cold starts",
            Figure.count(comparison.before().starts())
                + " → "
                + Figure.count(comparison.after().starts()),
            "on " + comparison.before().days() + " and " + comparison.after().days() + " days",
            ""),
        new Figures.One(
            "Added waiting",
            Figure.addedDuration(comparison.addedMsPerWeek()),
            "per week at its rate",
            ""));
  }

  private static Table phases(Explanation explanation) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Phases.Change phase : explanation.phases()) {
      rows.add(
          List.of(
              Cell.of(phase.name()),
              Cell.of(Figure.ms(phase.beforeMs())),
              Cell.of(Figure.ms(phase.afterMs())),
              Cell.of(Figure.change(phase.changeMs()))));
    }
    return new Table(
        "phases",
        "Where the time goes; medians of traced cold starts, which need not add up",
        List.of(
            Column.text("Phase"),
            Column.number("Before"),
            Column.number("After"),
            Column.number("Change")),
        rows,
        "No import timings on one of the sides.");
  }

  private static String note(Suspect suspect) {
    if (suspect.kind().equals("package")) {
      return "all modules of the package";
    }
    return suspect.chain().isEmpty()
        ? ""
        : "imported by " + Figure.name(String.join(" → ", suspect.chain()));
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
                  .note(note(suspect)),
              Cell.of(suspect.change().word()),
              Cell.of(Figure.change(suspect.selfChangeMs())),
              Cell.of((grew ? "▲ " : "▼ ") + Figure.change(suspect.cumulativeChangeMs()))
                  .tone(grew ? "slower" : "faster"),
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
}
