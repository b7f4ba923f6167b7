package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.policy.Delivery;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.Phrase;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.FunctionTrend;
import dev.frostline.report.picture.FunctionTrend.Found;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One function: its deployments, what each changed, its dearest imports and its cold starts. */
final class FunctionView {
  private final FunctionId function;
  private final Snapshot snapshot;
  private final Period period;
  private final Terms terms;

  FunctionView(FunctionId function, Snapshot snapshot, Period period, Terms terms) {
    this.function = function;
    this.snapshot = snapshot;
    this.period = period;
    this.terms = terms;
  }

  View view(Address address) throws SQLException {
    Questions questions =
        new Questions(snapshot)
            .with("account", function.account())
            .with("region", function.region())
            .with("function", function.name())
            .with("since", period.since());
    List<Comparison> judged = snapshot.comparisons();
    List<Comparison> comparisons =
        judged == null
            ? List.of()
            : judged.stream().filter(one -> FunctionId.of(one).equals(function)).toList();
    List<Map<String, Object>> deployments = questions.ask("deployments", "page_deployments");
    if (deployments.isEmpty() && period.asked() == null) {
      throw new NotThereException(
          "The store has no function "
              + function.name()
              + " in "
              + function.region()
              + " of account "
              + function.account()
              + ".");
    }
    String owner = terms.policy().ownerOf(function.name());
    Map<String, Object> model = new HashMap<>();
    model.put("name", function.name());
    model.put("place", function.region() + " · " + function.account());
    model.put("owner", owner);
    model.put("ownerLink", owner.isEmpty() ? "" : terms.links().owner(owner));
    model.put("periods", period.choices(address));
    model.put("trend", trend(comparisons));
    model.put("changes", changes(comparisons, judged != null));
    model.put("promises", promises(comparisons));
    model.put("deployments", deployments(deployments, period));
    model.put("imports", imports(questions.ask("imports", "page_imports")));
    model.put("starts", starts(questions.ask("starts", "page_starts"), period));
    model.put("figures", figures(deployments, live(comparisons), questions));
    return new View(
        function.name(),
        "fleet",
        "function",
        model,
        Commands.of(
            "regressions",
            "--all",
            "--function=" + function.name(),
            "--account=" + function.account(),
            "--region=" + function.region(),
            period.option()),
        questions,
        Map.of(),
        judged == null);
  }

  /** The change that what is live began with, where nothing names it. */
  private @Nullable Comparison live(List<Comparison> comparisons) throws SQLException {
    Answer judged = snapshot.judged();
    for (Comparison one : judged == null ? List.<Comparison>of() : judged.newest()) {
      boolean unnamed = one.kind() == Kind.SHIFT || one.kind() == Kind.PATCH;
      if (unnamed && FunctionId.of(one).equals(function) && comparisons.contains(one)) {
        return one;
      }
    }
    return null;
  }

  private String trend(List<Comparison> comparisons) throws SQLException {
    List<Found> found = new ArrayList<>();
    for (Comparison one : comparisons) {
      if (one.verdict().isFinding()) {
        found.add(
            new Found(
                one.after().since(),
                one.kind() == Kind.DEPLOYMENT ? one.after().deployment() : null,
                Cells.change(one).text(),
                Cells.tone(one.verdict()),
                CompareView.address(one).toString()));
      }
    }
    String since = period.since();
    FunctionTrend trend =
        snapshot.with(
            connection ->
                FunctionTrend.read(
                    connection,
                    function,
                    since == null ? null : Cells.instant(since),
                    found,
                    (before, after) -> terms.links().comparison(function, before, after)));
    return Page.html("picture/functionTrend.jte", Map.of("trend", trend));
  }

  private List<Figures.One> figures(
      List<Map<String, Object>> deployments, @Nullable Comparison live, Questions questions)
      throws SQLException {
    if (deployments.isEmpty()) {
      return List.of();
    }
    Map<String, Object> newest = deployments.get(0);
    Map<String, Object> serving = newest;
    String what = "deployment " + Figure.name(Cells.text(newest, "deployment"));
    if (live != null) {
      String since = Cells.stored(live.after().since());
      serving = questions.with("since", since).ask("live", "page_deployments").get(0);
      what = "since " + Figure.time(live.after().since());
    }
    double starts = deployments.stream().mapToDouble(row -> Cells.number(row, "cold_starts")).sum();
    return List.of(
        new Figures.One("Median init", Figure.ms(Cells.number(serving, "init_p50_ms")), what, "")
            .to(address(newest)),
        new Figures.One(
            "p95 init", Figure.ms(Cells.number(serving, "init_p95_ms")), "the same", ""),
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
            Cells.text(newest, "memory_mb").isEmpty()
                ? "–"
                : Cells.text(newest, "memory_mb") + " MB",
            Cells.text(newest, "architecture"),
            ""));
  }

  private Table promises(List<Comparison> comparisons) throws SQLException {
    List<Promise> promises =
        snapshot.with(
            connection ->
                new Promises(connection)
                    .of(function.account(), function.region(), function.name()));
    List<List<Cell>> rows = new ArrayList<>();
    for (Delivery one : Delivery.of(promises, comparisons)) {
      Comparison comparison = one.comparison();
      rows.add(
          List.of(
              Cell.of(Figure.name(one.promise().change())),
              Cell.of(Phrase.bracketed(one.promise().promisedMs())),
              Cell.of(Phrase.bracketed(one.deliveredMs())),
              Cell.of(Figure.usd(Phrase.usdPerMonth(one))),
              Cell.of(one.state().words()),
              comparison == null
                  ? Cell.of("")
                  : Cell.of(Cells.pair(comparison)).to(CompareView.address(comparison))));
    }
    return new Table(
        "promises",
        "Advice that was taken, and what the deployment that carries it delivered",
        List.of(
            Column.text("Change"),
            Column.number("Promised"),
            Column.number("Delivered"),
            Column.number("A month"),
            Column.text("State"),
            Column.text("Deployment")),
        rows,
        "");
  }

  private static Table changes(List<Comparison> comparisons, boolean judged) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = comparisons.size() - 1; i >= 0; i--) {
      Comparison comparison = comparisons.get(i);
      rows.add(
          List.of(
              Cell.of(Cells.pair(comparison)).to(CompareView.address(comparison)),
              Cells.change(comparison),
              Cell.of(
                  Figure.ms(comparison.before().medianMs())
                      + " → "
                      + Figure.ms(comparison.after().medianMs())),
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
            Column.text("Change"),
            Column.number("Median init"),
            Column.text("Verdict"),
            Column.text("Main cause"),
            Column.number("n")),
        rows,
        judged
            ? "One deployment with cold starts that count: nothing to compare yet."
            : "Each deployment is being judged against the one before.");
  }

  private Address address(Map<String, Object> row) {
    return Address.deployment(
        function.account(), function.region(), function.name(), Cells.text(row, "deployment"));
  }

  private Table deployments(List<Map<String, Object>> deployments, Period period) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map<String, Object> row : deployments) {
      rows.add(
          List.of(
              Cells.name(row, "deployment").to(address(row)),
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
        "Most expensive imports of the newest deployment, by their own time; medians",
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
