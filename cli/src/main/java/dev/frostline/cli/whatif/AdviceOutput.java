package dev.frostline.cli.whatif;

import dev.frostline.cli.advice.Advice;
import dev.frostline.cli.advice.Difference;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An advice for a terminal and for a program.
 *
 * @param rate what a millisecond costs; null where no store was asked
 */
record AdviceOutput(Advice advice, @Nullable StartRate rate) {
  private static final String IN_LIBRARIES = " in libraries";
  private static final int MOST_UNTRIED = 5;
  private static final int MOST_NAMED = 3;

  void printTable(PrintWriter out) {
    if (advice.of(Trial.Outcome.HELPS).isEmpty()) {
      out.println(
          hasLibraries()
              ? "Nothing of its own to defer was found that makes init faster and changes nothing"
                  + " else."
              : "Nothing was found that makes init faster and changes nothing else.");
    }
    if (!advice.tried().isEmpty() || !advice.untried().isEmpty() || hasLibraries()) {
      grid().printTable(Columns.ofTerminal(), out);
    }
    List<String> libraries =
        advice.ofLibraries(Trial.Outcome.HELPS).stream()
            .flatMap(one -> one.variant().change().modules().stream())
            .distinct()
            .toList();
    if (!libraries.isEmpty()) {
      out.println(
          "What libraries import themselves is no part of a patch of the program. For a diff of their"
              + " files: frostline what-if "
              + libraries.stream()
                  .map(one -> "--defer " + SafeText.of(one))
                  .collect(Collectors.joining(" ")));
    }
    int more = advice.librariesUntried().size() - MOST_UNTRIED;
    if (more > 0) {
      out.printf("%d more imports of libraries could not be deferred or were not tried%n", more);
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
    Trial proposed = advice.proposed();
    if (proposed != null && !proposed.variant().steps().isEmpty()) {
      out.println();
      out.println(SafeText.of(proposed.variant().change().words() + ":"));
      TrialText.steps(proposed, out);
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
      advice.of(outcome).forEach(trial -> grid.add(row(trial, "")));
    }
    if (advice.together() != null) {
      grid.add(row(advice.together(), ""));
    }
    advice.untried().forEach(one -> grid.add(untried(one, "")));
    for (Trial.Outcome outcome : Trial.Outcome.values()) {
      advice.ofLibraries(outcome).forEach(trial -> grid.add(row(trial, IN_LIBRARIES)));
    }
    advice.librariesUntried().stream()
        .limit(MOST_UNTRIED)
        .forEach(one -> grid.add(untried(one, IN_LIBRARIES)));
    return grid;
  }

  private boolean hasLibraries() {
    return !advice.libraries().isEmpty() || !advice.librariesUntried().isEmpty();
  }

  private static List<@Nullable Object> untried(Advice.Untried one, String whose) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add("·");
    row.add(one.module() + whose + (one.needed() ? ": needed" : ": not tried"));
    row.add(
        Double.isNaN(one.mostMs()) ? "" : "−" + ComparisonText.millis(one.mostMs()) + " at most");
    row.addAll(List.of("", "", "", ""));
    row.add(one.why());
    return row;
  }

  /** {@code scipy.stats, scipy.signal}; of many the first ones and the number of the others. */
  private static String modules(Trial trial) {
    List<String> modules = trial.variant().change().modules();
    int named = modules.size() > MOST_NAMED + 1 ? MOST_NAMED : modules.size();
    String names = String.join(", ", modules.subList(0, named));
    return named == modules.size() ? names : names + " and " + (modules.size() - named) + " more";
  }

  private List<@Nullable Object> row(Trial trial, String whose) {
    boolean measured = trial.runs() > 0;
    List<@Nullable Object> row = new ArrayList<>();
    row.add(trial.outcome() == Trial.Outcome.HELPS ? "▼" : "·");
    boolean isStart = trial.variant().change().modules().isEmpty();
    String what = isStart ? trial.variant().change().words() : modules(trial) + whose;
    row.add(what + ": " + word(trial));
    row.add(measured ? TrialText.interval(trial.initMs()) : "");
    row.add(
        measured
            ? String.format("%.1f %%", 100 * trial.initMs().estimate() / trial.beforeMs())
            : "");
    row.add(
        measured && rate != null ? Figure.usd(rate.usdPerMonth(trial.initMs().estimate())) : "");
    row.add(isStart || trial.events() == 0 ? "" : trial.usedIn().size() + " of " + trial.events());
    double firstUseMs = trial.firstUseMs().estimate();
    row.add(Double.isFinite(firstUseMs) ? ComparisonText.signed(firstUseMs) : "");
    row.add(proof(trial));
    return row;
  }

  private static String word(Trial trial) {
    return switch (trial.outcome()) {
      case HELPS -> trial.variant().change().modules().isEmpty() ? "helps" : "defer";
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
    json.put("untried", untried(advice.untried()));
    json.put(
        "libraries", advice.libraries().stream().map(trial -> TrialJson.of(trial, rate)).toList());
    json.put("libraries_untried", untried(advice.librariesUntried()));
    json.put(
        "together",
        advice.together() == null ? List.of() : List.of(TrialJson.of(advice.together(), rate)));
    json.put("small", advice.small());
    json.put("least_ms", advice.leastMs());
    json.put("not_compared", advice.notCompared());
    json.put("diff", advice.diff());
    JsonOutput.print(out, json);
  }

  private static List<Map<String, @Nullable Object>> untried(List<Advice.Untried> some) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Advice.Untried one : some) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("module", one.module());
      row.put("outcome", one.needed() ? "needed" : "not_tried");
      row.put("at_most_ms", Double.isNaN(one.mostMs()) ? null : one.mostMs());
      row.put("why", one.why());
      rows.add(row);
    }
    return rows;
  }
}
