package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Advice;
import dev.frostline.cli.advice.Difference;
import dev.frostline.cli.advice.ImportGraph;
import dev.frostline.cli.advice.Trial;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.SafeText;
import dev.frostline.report.Figure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An advice for a terminal and for a program.
 *
 * @param rate what a millisecond costs; null where no store was asked
 */
record AdviceOutput(Advice advice, @Nullable StartRate rate) {
  void printTable(PrintWriter out) {
    if (advice.of(Trial.Outcome.HELPS).isEmpty()) {
      out.println("Nothing to defer was found that makes init faster and changes nothing else.");
    }
    if (!advice.tried().isEmpty() || !advice.untried().isEmpty() || !advice.upstream().isEmpty()) {
      grid().printTable(Columns.ofTerminal(), out);
    }
    if (!advice.upstream().isEmpty()) {
      out.println(
          "Imports within libraries are candidates for their maintainers; frostline what-if --defer"
              + " MODULE proves one.");
    }
    if (advice.small() > 0) {
      out.printf(
          "%s left out, since deferring it could save less than %s%n",
          Figure.counted(advice.small(), "import"), ComparisonText.millis(advice.leastMs()));
    }
    if (!advice.notCompared().isEmpty()) {
      out.println(
          "Not compared, since it differs by itself: " + String.join(", ", advice.notCompared()));
    }
    if (!advice.diff().isEmpty()) {
      out.println();
      advice.diff().lines().map(SafeText::of).forEach(out::println);
    }
  }

  Grid grid() {
    Grid grid =
        new Grid(
            List.of(
                "",
                "CHANGE",
                "INIT",
                "OF INIT",
                "A MONTH",
                "EVENTS",
                "FIRST USE",
                "HOW IT IS KNOWN"));
    for (Trial.Outcome outcome : Trial.Outcome.values()) {
      advice.of(outcome).forEach(trial -> grid.add(row(trial)));
    }
    if (advice.together() != null) {
      grid.add(row(advice.together()));
    }
    for (Advice.Untried one : advice.untried()) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add("·");
      row.add(one.module() + (one.needed() ? ": needed" : ": not tried"));
      row.add("−" + ComparisonText.millis(one.mostMs()) + " at most");
      row.addAll(List.of("", "", "", ""));
      row.add(one.why());
      grid.add(row);
    }
    for (ImportGraph.Idle one : advice.upstream()) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add("·");
      row.add(one.edge().module() + ": a library imports it");
      row.add("−" + ComparisonText.millis(one.exclusiveMs()) + " at most");
      row.addAll(List.of("", "", "", ""));
      row.add("by " + one.edge().importer() + ", and ran no code in any event");
      grid.add(row);
    }
    return grid;
  }

  private List<@Nullable Object> row(Trial trial) {
    boolean measured = trial.runs() > 0;
    List<@Nullable Object> row = new ArrayList<>();
    row.add(trial.outcome() == Trial.Outcome.HELPS ? "▼" : "·");
    row.add(String.join(", ", trial.variant().change().modules()) + ": " + word(trial));
    row.add(measured ? TrialText.interval(trial.initMs()) : "");
    row.add(
        measured
            ? String.format("%.1f %%", 100 * trial.initMs().estimate() / trial.beforeMs())
            : "");
    row.add(
        measured && rate != null ? Figure.usd(rate.usdPerMonth(trial.initMs().estimate())) : "");
    row.add(trial.events() == 0 ? "" : trial.usedIn().size() + " of " + trial.events());
    row.add(trial.usedIn().isEmpty() ? "" : ComparisonText.signed(trial.firstUseMs().estimate()));
    row.add(proof(trial));
    return row;
  }

  private static String word(Trial trial) {
    return switch (trial.outcome()) {
      case HELPS -> "defer";
      case MOVED -> "moved to the first request";
      case NEEDED -> "needed";
      case BREAKS -> "breaks";
      case NOTHING -> "no gain";
    };
  }

  private static String proof(Trial trial) {
    return switch (trial.outcome()) {
      case BREAKS -> {
        Difference first = trial.differences().get(0);
        yield "another " + first.part();
      }
      case NEEDED -> "init loads it all the same";
      case HELPS, MOVED, NOTHING -> trial.runs() + " pairs of runs, behaviour equal";
    };
  }

  void printJson(PrintWriter out) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(JsonOutput.answer());
    json.put("init_ms", advice.initMs());
    json.put("starts_per_week", rate == null ? null : rate.startsPerWeek());
    json.put("tried", advice.tried().stream().map(trial -> TrialJson.of(trial, rate)).toList());
    List<Map<String, Object>> untried = new ArrayList<>();
    for (Advice.Untried one : advice.untried()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("module", one.module());
      row.put("outcome", one.needed() ? "needed" : "not_tried");
      row.put("at_most_ms", one.mostMs());
      row.put("why", one.why());
      untried.add(row);
    }
    json.put("untried", untried);
    json.put("upstream", advice.upstream().stream().map(AdviceOutput::upstream).toList());
    json.put(
        "together",
        advice.together() == null ? List.of() : List.of(TrialJson.of(advice.together(), rate)));
    json.put("small", advice.small());
    json.put("least_ms", advice.leastMs());
    json.put("not_compared", advice.notCompared());
    json.put("diff", advice.diff());
    JsonOutput.print(out, json);
  }

  private static Map<String, Object> upstream(ImportGraph.Idle one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("importer", one.edge().importer());
    row.put("module", one.edge().module());
    row.put("at_most_ms", one.exclusiveMs());
    return row;
  }
}
