package dev.frostline.report.picture;

import dev.frostline.report.Asset;
import dev.frostline.report.Figure;
import dev.frostline.report.Page;
import dev.frostline.report.Shell;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison with everything that shows why: phases, the import tree's difference and how long
 * the cold starts took.
 *
 * @param imports without roots where one side has no import timings
 */
public record Explanation(
    Comparison comparison,
    Phases before,
    Phases after,
    ImportTree imports,
    Distribution distribution) {

  /** Reads what belongs to a comparison. */
  public static Explanation read(Connection connection, Comparison comparison) throws SQLException {
    FunctionId function =
        new FunctionId(comparison.account(), comparison.region(), comparison.function());
    String first = comparison.before().deployment();
    String second = comparison.after().deployment();
    Selection before = Selection.of(function, first, second);
    Selection after = Selection.of(function, second, null);
    ImportTree one = ImportTreeReader.read(connection, before);
    ImportTree other = ImportTreeReader.read(connection, after);
    boolean traced = !one.roots().isEmpty() && !other.roots().isEmpty();
    return new Explanation(
        comparison,
        Phases.read(connection, before),
        Phases.read(connection, after),
        traced
            ? ImportTree.difference(one, other).moved(moved(comparison))
            : new ImportTree(0, 0, List.of()),
        Distribution.of(
            first,
            Distribution.read(connection, before),
            second,
            Distribution.read(connection, after)));
  }

  private static Set<String> moved(Comparison comparison) {
    return comparison.suspects().stream()
        .filter(suspect -> suspect.change() == Change.MOVED)
        .map(Suspect::name)
        .collect(Collectors.toSet());
  }

  /** The same as one self-contained HTML page. */
  public String html() {
    return Page.html(
        "explain.jte",
        Map.of("explanation", this, "style", Asset.PICTURE_STYLE, "script", Asset.PICTURE_SCRIPT));
  }

  /** Where the time went, phase by phase. */
  public List<Phases.Change> phases() {
    return Phases.changes(before, after);
  }

  /** "Slower", "Not shown": the verdict as a heading begins with it. */
  public String word() {
    String word = comparison.verdict().word().replace('_', ' ');
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** The sign that goes with it. */
  public String symbol() {
    return switch (comparison.verdict()) {
      case SLOWER, MIXED, BROAD -> "▲";
      case FASTER -> "▼";
      case MOVED, CONFIGURATION, PLATFORM -> "◆";
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, HOST -> "●";
    };
  }

  /** {@code slower}, {@code faster} or {@code steady}: how it is coloured. */
  public String tone() {
    Verdict verdict = comparison.verdict();
    boolean slower =
        verdict == Verdict.SLOWER || verdict == Verdict.MIXED || verdict == Verdict.BROAD;
    return slower ? "slower" : verdict == Verdict.FASTER ? "faster" : "steady";
  }

  /** Account and region where the logs told them. */
  public String place() {
    StringBuilder place = new StringBuilder();
    for (String part : List.of(comparison.account(), comparison.region())) {
      place.append(part.equals("unknown") ? "" : " · " + Figure.name(part));
    }
    return place.toString();
  }

  /** Width of a suspect's bar in percent of the largest. */
  public double bar(Suspect suspect) {
    double most = 0;
    for (Suspect other : comparison.suspects()) {
      most = Math.max(most, Math.abs(other.cumulativeChangeMs()));
    }
    return most == 0 ? 0 : Math.round(1000 * Math.abs(suspect.cumulativeChangeMs()) / most) / 10.0;
  }

  /** Who imports a suspect, outermost first. */
  public static String chain(Suspect suspect) {
    List<String> names = new ArrayList<>();
    suspect.chain().forEach(name -> names.add(Figure.name(name)));
    return String.join(" → ", names);
  }

  /** Commands that go on from here, to be copied. */
  public List<String> commands() {
    String function = comparison.function();
    String deployment = comparison.after().deployment();
    String account = comparison.account();
    String region = comparison.region();
    String between = comparison.before().deployment() + ".." + deployment;
    return List.of(
        Shell.command(
            "frostline", "explain", function, between, "--account", account, "--region", region),
        Shell.command(
            "frostline",
            "export",
            function,
            deployment,
            "--account",
            account,
            "--region",
            region,
            "--format",
            "speedscope"),
        Shell.command(
            "frostline",
            "sql",
            "import_tree",
            "-p",
            "function=" + function,
            "-p",
            "deployment=" + deployment,
            "-p",
            "account=" + account,
            "-p",
            "region=" + region));
  }
}
