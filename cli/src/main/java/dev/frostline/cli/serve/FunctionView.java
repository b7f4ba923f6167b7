package dev.frostline.cli.serve;

import dev.frostline.cli.serve.Table.Cell;
import dev.frostline.cli.serve.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.FunctionTrend;
import dev.frostline.verdict.comparison.Comparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One function: its deployments, what each changed, its dearest imports and its cold starts. */
final class FunctionView {
  private FunctionView() {}

  static View of(
      Address address, String account, String region, String name, Snapshot snapshot, Period period)
      throws SQLException {
    Questions questions =
        new Questions(snapshot)
            .with("account", account)
            .with("region", region)
            .with("function", name)
            .with("since", period.since());
    List<Comparison> comparisons = new ArrayList<>();
    List<Comparison> judged = snapshot.comparisons();
    for (Comparison comparison : judged == null ? List.<Comparison>of() : judged) {
      if (comparison.function().equals(name)
          && comparison.account().equals(account)
          && comparison.region().equals(region)) {
        comparisons.add(comparison);
      }
    }
    List<Map<String, Object>> deployments = questions.ask("deployments", "page_deployments");
    if (deployments.isEmpty() && period.asked() == null) {
      throw new NotThereException(
          "The store has no function " + name + " in " + region + " of account " + account + ".");
    }
    Map<String, Object> model = new HashMap<>();
    model.put("name", name);
    model.put("place", region + " · " + account);
    model.put("periods", period.choices(address));
    model.put("figures", figures(deployments));
    model.put("trend", trend(account, region, name, snapshot, period));
    model.put("changes", changes(comparisons, judged != null));
    model.put("deployments", deployments(deployments, period));
    model.put("imports", imports(questions.ask("imports", "page_imports")));
    model.put("starts", starts(questions.ask("starts", "page_starts"), period));
    return new View(
        name,
        "fleet",
        "function",
        model,
        Commands.of(
            "regressions",
            "--all",
            "--function=" + name,
            "--account=" + account,
            "--region=" + region,
            period.option()),
        questions,
        Map.of(),
        judged == null);
  }

  private static String trend(
      String account, String region, String name, Snapshot snapshot, Period period)
      throws SQLException {
    FunctionTrend trend =
        snapshot.with(
            connection ->
                FunctionTrend.read(
                    connection,
                    new FunctionId(account, region, name),
                    period.since() == null ? null : Cells.instant(period.since()),
                    (before, after) ->
                        Address.comparison(account, region, name, before, after).toString()));
    return Page.html("picture/functionTrend.jte", Map.of("trend", trend));
  }

  private static List<Figures.One> figures(List<Map<String, Object>> deployments) {
    if (deployments.isEmpty()) {
      return List.of();
    }
    Map<String, Object> newest = deployments.get(0);
    double starts = deployments.stream().mapToDouble(row -> Cells.number(row, "cold_starts")).sum();
    return List.of(
        new Figures.One(
            "Median init",
            Figure.ms(Cells.number(newest, "init_p50_ms")),
            "deployment " + Figure.name(Cells.text(newest, "deployment")),
            ""),
        new Figures.One("p95 init", Figure.ms(Cells.number(newest, "init_p95_ms")), "the same", ""),
        new Figures.One(
            "Cold starts",
            Figure.count((long) starts),
            "in " + Figure.counted(deployments.size(), "deployment"),
            ""),
        new Figures.One(
            "Runtime",
            Cells.text(newest, "runtime"),
            Figure.name(Cells.text(newest, "runtime_version")),
            ""),
        new Figures.One(
            "Memory",
            Cells.text(newest, "memory_mb") + " MB",
            Cells.text(newest, "architecture"),
            ""));
  }

  private static Table changes(List<Comparison> comparisons, boolean judged) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = comparisons.size() - 1; i >= 0; i--) {
      Comparison comparison = comparisons.get(i);
      String before = comparison.before().deployment();
      String after = comparison.after().deployment();
      rows.add(
          List.of(
              Cell.of(Figure.name(before) + " → " + Figure.name(after))
                  .to(
                      Address.comparison(
                          comparison.account(),
                          comparison.region(),
                          comparison.function(),
                          before,
                          after)),
              Cell.of(
                  Figure.ms(comparison.before().medianMs())
                      + " → "
                      + Figure.ms(comparison.after().medianMs())),
              Cells.change(comparison),
              Cell.of(Cells.word(comparison.verdict())),
              Cell.of(comparison.verdict().isFinding() ? Cells.cause(comparison) : ""),
              Cell.of(
                  Figure.count(comparison.before().starts())
                      + " / "
                      + Figure.count(comparison.after().starts()))));
    }
    return new Table(
        "changes",
        "Each deployment against the one before, newest first",
        List.of(
            Column.text("Deployment"),
            Column.number("Median init"),
            Column.number("Change"),
            Column.text("Verdict"),
            Column.text("Main cause"),
            Column.number("n")),
        rows,
        judged
            ? "One deployment with cold starts that count: nothing to compare yet."
            : "Each deployment is being judged against the one before.");
  }

  private static Table deployments(List<Map<String, Object>> deployments, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : deployments) {
      rows.add(
          List.of(
              Cells.name(row, "deployment"),
              Cells.time(row, "first_seen"),
              Cells.time(row, "last_seen"),
              Cells.count(row, "cold_starts"),
              Cells.ms(row, "init_p50_ms"),
              Cells.ms(row, "init_p95_ms"),
              Cells.percent(row, "traced_pct"),
              Cell.of(Figure.count((long) Cells.number(row, "failed"))),
              Cells.name(row, "runtime_version"),
              Cells.count(row, "memory_mb")));
    }
    return new Table(
        "deployments",
        "Deployments, newest first",
        List.of(
            Column.text("Deployment"),
            Column.text("First seen"),
            Column.text("Last seen"),
            Column.number("Cold starts"),
            Column.number("Median"),
            Column.number("p95"),
            Column.number("Traced"),
            Column.number("Failed"),
            Column.text("Runtime version"),
            Column.number("Memory MB")),
        rows,
        period.none());
  }

  private static Table imports(List<Map<String, Object>> imports) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : imports) {
      rows.add(
          List.of(
              Cells.name(row, "name")
                  .to(ImportView.address(Cells.text(row, "kind"), Cells.text(row, "name"))),
              Cells.ms(row, "self_ms"),
              Cells.ms(row, "cumulative_ms"),
              Cells.count(row, "cold_starts")));
    }
    return new Table(
        "imports",
        "Dearest imports of the newest deployment, by their own time; medians",
        List.of(
            Column.text("Import"),
            Column.number("Self"),
            Column.number("With all it pulls in"),
            Column.number("Cold starts")),
        rows,
        "No import timings: the layer is not on this function.");
  }

  private static Table starts(List<Map<String, Object>> starts, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : starts) {
      boolean good =
          Cells.text(row, "status").equals("success") && Cells.text(row, "trust").equals("ok");
      rows.add(
          List.of(
              Cells.time(row, "started_at").to(Address.of("c", Cells.text(row, "cold_start_id"))),
              Cells.name(row, "deployment"),
              Cells.name(row, "init_kind"),
              Cell.of(good ? "ok" : Cells.text(row, "status") + " " + Cells.text(row, "trust"))
                  .tone(good ? "quiet" : "slower"),
              Cells.ms(row, "init_ms"),
              Cells.ms(row, "first_invoke_ms"),
              Cells.count(row, "import_count")));
    }
    return new Table(
        "starts",
        "The latest cold starts, up to 100",
        List.of(
            Column.text("Started"),
            Column.text("Deployment"),
            Column.text("Kind"),
            Column.text("State"),
            Column.number("Init"),
            Column.number("First invocation"),
            Column.number("Imports")),
        rows,
        period.none());
  }
}
