package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.Table.Column;
import dev.frostline.report.Figure;
import dev.frostline.report.Links;
import dev.frostline.report.Page;
import dev.frostline.report.Phrase;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.picture.Explanation;
import dev.frostline.report.picture.Phases;
import dev.frostline.report.picture.Selection;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Thresholds;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two deployments of a function, down to the import. */
final class CompareView {
  private CompareView() {}

  /**
   * @param range the two deployments, A..B
   * @param until before when cold starts count, as people write it; absent for all
   */
  static View of(
      FunctionId function, String range, @Nullable String until, Snapshot snapshot, Terms terms)
      throws SQLException {
    String account = function.account();
    String region = function.region();
    String name = function.name();
    int dots = range.indexOf("..");
    String before = Address.decoded(range.substring(0, dots));
    String after = Address.decoded(range.substring(dots + 2));
    Comparison comparison =
        comparison(
            snapshot, function, before, after, until == null ? null : terms.times().apply(until));
    Explanation explanation = snapshot.with(connection -> Explanation.read(connection, comparison));
    Questions questions =
        new Questions(snapshot)
            .with("account", account)
            .with("region", region)
            .with("function", name);
    add(Selection.of(new FunctionId(account, region, name), before, after), "before", questions);
    add(Selection.of(new FunctionId(account, region, name), after, null), "after", questions);
    Map<String, Object> model = new HashMap<>();
    boolean traced = !explanation.imports().roots().isEmpty();
    model.put("name", name);
    model.put("function", Address.function(account, region, name).toString());
    model.put("comparison", comparison);
    model.put("figures", figures(comparison));
    List<Map.Entry<String, Cell>> facts =
        new ArrayList<>(new ComparisonFacts(comparison, snapshot, terms).facts());
    facts.addAll(typical(questions.answer("durations_after").named(), comparison, snapshot));
    model.put("facts", facts);
    model.put("accepting", new Accepting(comparison));
    model.put("held", Accepting.held(comparison, snapshot));
    model.put("neighbours", neighbours(comparison, snapshot.comparisons()));
    model.put("periods", periods(function, snapshot));
    model.put("phases", traced ? phases(explanation) : null);
    model.put("suspects", traced ? suspects(comparison, terms.links()) : null);
    model.put(
        "distribution",
        Page.html("picture/distribution.jte", Map.of("distribution", explanation.distribution())));
    model.put("imports", traced ? imports(explanation) : "");
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

  /** A cold start after that took about the median: to be looked at, and its log to be read. */
  private static List<Map.Entry<String, Cell>> typical(
      List<Map<String, Object>> starts, Comparison comparison, Snapshot snapshot)
      throws SQLException {
    double median = comparison.after().medianMs();
    String id =
        starts.stream()
            .min(
                Comparator.comparingDouble(
                    start -> Math.abs(Cells.number(start, "init_ms") - median)))
            .map(start -> Cells.text(start, "cold_start_id"))
            .orElse("");
    if (id.isEmpty()) {
      return List.of();
    }
    Map<String, Object> start =
        new Questions(snapshot).with("cold_start_id", id).ask("cold_start", "cold_start").get(0);
    List<Map.Entry<String, Cell>> facts = new ArrayList<>();
    facts.add(Map.entry("A typical one after", Cells.time(start, "started_at").to("/c/" + id)));
    String log =
        CloudWatch.logStream(
            comparison.region(), Cells.text(start, "log_group"), Cells.text(start, "log_stream"));
    if (!log.isEmpty()) {
      facts.add(Map.entry("Its log", Cell.of("open in CloudWatch").to(log)));
    }
    return facts;
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
    return Page.html(
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

  static Comparison comparison(
      Snapshot snapshot, FunctionId function, String before, String after, @Nullable Instant until)
      throws SQLException {
    List<Comparison> judged = until == null ? snapshot.comparisons() : null;
    Comparison known = judged == null ? null : find(judged, function, before, after);
    if (known == null) {
      Query query =
          Query.of(function.account(), function.region(), function.name()).within(null, until);
      known =
          find(
              snapshot.with(
                  connection ->
                      new Judge(Thresholds.DEFAULT)
                          .between(new StoredHistories(connection), query, before, after)),
              function,
              before,
              after);
    }
    if (known == null) {
      throw new NotThereException(
          "There are no cold starts of "
              + function.name()
              + " that count in both "
              + before
              + " and "
              + after
              + ".");
    }
    return known;
  }

  private static @Nullable Comparison find(
      List<Comparison> comparisons, FunctionId function, String before, String after) {
    for (Comparison comparison : comparisons) {
      if (FunctionId.of(comparison).equals(function)
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
        comparison.verdict() == Verdict.MOVED
            ? new Figures.One("Added waiting", "none", "the first request waits as before", "")
            : new Figures.One(
                "Added waiting",
                Figure.addedDuration(comparison.addedMsPerWeek()) + " a week",
                "at "
                    + Figure.count(Math.round(comparison.startsPerWeek()))
                    + " cold starts a week"
                    + money(comparison),
                ""));
  }

  private static String money(Comparison comparison) {
    double usd = Phrase.usdPerMonth(comparison);
    return Double.isNaN(usd) ? "" : ", " + Figure.usd(usd) + " a month";
  }

  /** The comparisons before and behind it on its track. */
  private static List<Neighbour> neighbours(
      Comparison comparison, @Nullable List<Comparison> judged) {
    List<Comparison> track = new ArrayList<>();
    for (Comparison one : judged == null ? List.<Comparison>of() : judged) {
      if (one.function().equals(comparison.function())
          && one.account().equals(comparison.account())
          && one.region().equals(comparison.region())
          && one.track().equals(comparison.track())) {
        track.add(one);
      }
    }
    int at = track.indexOf(comparison);
    List<Neighbour> neighbours = new ArrayList<>();
    if (at > 0) {
      neighbours.add(new Neighbour("← Previous change", address(track.get(at - 1)).toString()));
    }
    if (at >= 0 && at < track.size() - 1) {
      neighbours.add(new Neighbour("Next change →", address(track.get(at + 1)).toString()));
    }
    return neighbours;
  }

  static Address address(Comparison comparison) {
    return Address.comparison(
        comparison.account(),
        comparison.region(),
        comparison.function(),
        comparison.before().deployment(),
        comparison.after().deployment());
  }

  /** What can be compared: the deployments of the function, the first one first. */
  private static List<String> periods(FunctionId function, Snapshot snapshot) throws SQLException {
    List<String> periods = new ArrayList<>();
    Questions deployments =
        new Questions(snapshot)
            .with("account", function.account())
            .with("region", function.region())
            .with("function", function.name());
    for (Map<String, Object> row : deployments.ask("deployments", "page_deployments")) {
      periods.add(0, Cells.text(row, "deployment"));
    }
    return periods;
  }

  /** A link to the change before or behind. */
  record Neighbour(String label, String address) {}

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

  private static Table suspects(Comparison comparison, Links links) {
    List<List<Cell>> rows = new ArrayList<>();
    List<Suspect> all = comparison.suspects();
    for (Suspect suspect : all) {
      if (isSmallMove(suspect)) {
        continue;
      }
      boolean grew = suspect.cumulativeChangeMs() > 0;
      rows.add(
          List.of(
              Cells.name(suspect.name())
                  .to(links.imported(suspect, comparison.configuration()))
                  .note(note(suspect)),
              Cell.of(suspect.change().word()),
              Cell.of(Figure.change(suspect.selfChangeMs())),
              Cell.of((grew ? "▲ " : "▼ ") + Figure.change(suspect.cumulativeChangeMs()))
                  .tone(suspect.change() == Change.MOVED ? "quiet" : grew ? "slower" : "faster"),
              suspect.share() < 0
                  ? Cell.of("the other way").tone("quiet")
                  : Cell.of(Figure.share(suspect.share()))));
    }
    int small = all.size() - rows.size();
    return new Table(
        "suspects",
        "What is to blame, worst first"
            + (small == 0
                ? ""
                : "; "
                    + Figure.counted(small, "small move")
                    + " within the tree, which changed nothing, not listed"),
        List.of(
            Column.text("Import"),
            Column.text("What happened"),
            Column.number("Self"),
            Column.number("With what came and went with it"),
            Column.number("Share of the change")),
        rows,
        "No single import stands out.");
  }

  /** First imported from elsewhere: nobody has to act on it. */
  private static boolean isSmallMove(Suspect suspect) {
    return suspect.change() == Change.MOVED && Math.abs(suspect.share()) < 0.02;
  }
}
