package dev.frostline.cli;

import dev.frostline.store.Store;
import dev.frostline.verdict.Comparison;
import dev.frostline.verdict.Gate;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.Regressions;
import dev.frostline.verdict.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Budgets and limits for a pipeline: exit 0 passed, 1 failed, 3 could not be judged. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "Fails when a deployment breaks a budget or limit; without --limit-ms and",
      "--limit-pct, when it is proven slower. What cannot be judged never passes",
      "(exit 3) unless told to."
    },
    footer = {"", "Example: frostline gate -f checkout-api --baseline 41 --candidate 42"})
final class GateCommand implements Callable<Integer> {
  /** GitHub refuses a summary over 1 MiB: so many rows stay far below it. */
  private static final int SUMMARY_ROWS = 500;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = {"-f", "--function"},
      description = "Only this function (default: every function that has them).")
  @Nullable String function;

  @Option(
      names = "--baseline",
      paramLabel = "A",
      description = "Deployment before (default: the one before the candidate).")
  @Nullable String baseline;

  @Option(
      names = "--candidate",
      paramLabel = "B",
      description = "Deployment to judge (default: the newest of each function).")
  @Nullable String candidate;

  @Option(
      names = "--max-init-ms",
      paramLabel = "MS",
      description = "Budget: most the median Init Duration of the candidate may be.")
  @Nullable Double maxInitMs;

  @Option(names = "--limit-ms", paramLabel = "MS", description = "Most the code may add, in ms.")
  @Nullable Double limitMs;

  @Option(names = "--limit-pct", paramLabel = "PCT", description = "Most the code may add, in %%.")
  @Nullable Double limitPct;

  @Option(
      names = "--fail-on-empty",
      description = "Fails (exit 1) instead of exit 3 when there is nothing at all to compare.")
  boolean failOnEmpty;

  @Option(
      names = "--pass-without-data",
      description = "Lets pass (exit 0) what cannot be judged: too few cold starts, none at all.")
  boolean passWithoutData;

  Map<String, String> environment = System.getenv();

  /** One comparison with its judgement. */
  private record Judged(Comparison comparison, Gate.Judgement judgement) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (baseline != null && candidate == null) {
      throw new Failure(Failure.USAGE, "--baseline needs --candidate. Example: --candidate 42");
    }
    Gate gate = new Gate(maxInitMs, limitMs, limitPct, passWithoutData);
    List<Judged> judged = new ArrayList<>();
    for (Comparison comparison : comparisons()) {
      judged.add(new Judged(comparison, gate.judge(comparison)));
    }
    int exit = exitCode(judged);
    print(judged, exit, out);
    writeSummary(judged, exit, out);
    out.flush();
    return exit;
  }

  private List<Comparison> comparisons() {
    Regressions regressions = new Regressions(Thresholds.DEFAULT);
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      Query query = new Query(function, null, null, true);
      if (baseline != null && candidate != null) {
        return regressions.between(connection, query, baseline, candidate);
      }
      return candidates(regressions.compare(connection, query));
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
  }

  /** Of each function the comparison that ends at the candidate, or the last one. */
  private List<Comparison> candidates(List<Comparison> comparisons) {
    Map<List<String>, Comparison> chosen = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      if (candidate == null || comparison.after().deployment().equals(candidate)) {
        chosen.put(
            List.of(comparison.account(), comparison.region(), comparison.function()), comparison);
      }
    }
    return List.copyOf(chosen.values());
  }

  private int exitCode(List<Judged> judged) {
    if (judged.isEmpty()) {
      return passWithoutData ? 0 : failOnEmpty ? Failure.JUDGED : Failure.CANNOT_JUDGE;
    }
    if (count(judged, Gate.Outcome.FAILED) > 0) {
      return Failure.JUDGED;
    }
    return count(judged, Gate.Outcome.NOT_JUDGED) > 0 ? Failure.CANNOT_JUDGE : 0;
  }

  private static long count(List<Judged> judged, Gate.Outcome outcome) {
    return judged.stream().filter(one -> one.judgement().outcome() == outcome).count();
  }

  private void print(List<Judged> judged, int exit, PrintWriter out) {
    switch (output.format) {
      case JSON -> printJson(judged, exit, out);
      case OFF -> {}
      case CSV, MARKDOWN -> grid(judged).print(output.format, out);
      case TABLE -> {
        if (!judged.isEmpty()) {
          grid(judged).print(OutputFormat.TABLE, out);
        }
        out.println(conclusion(judged) + " · " + rule() + " · exit " + exit);
      }
    }
  }

  private void printJson(List<Judged> judged, int exit, PrintWriter out) {
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("outcome", exit == 0 ? "passed" : exit == 1 ? "failed" : "not_judged");
    answer.put("exit_code", exit);
    List<Object> list = new ArrayList<>();
    for (Judged one : judged) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("outcome", word(one.judgement().outcome()).replace(' ', '_'));
      json.put("reasons", one.judgement().reasons());
      json.put("comparison", ComparisonJson.of(one.comparison()));
      list.add(json);
    }
    answer.put("judged", list);
    JsonOutput.print(out, answer);
  }

  private static Grid grid(List<Judged> judged) {
    Grid grid =
        new Grid(
            List.of(
                "", "FUNCTION", "DEPLOYMENT", "INIT MEDIAN", "CHANGE", "n", "MAIN CAUSE", "WHY"));
    for (Judged one : judged) {
      Comparison comparison = one.comparison();
      grid.add(
          List.of(
              mark(one.judgement().outcome()),
              comparison.function(),
              comparison.before().deployment() + " → " + comparison.after().deployment(),
              ComparisonText.init(comparison.before(), comparison.after()),
              ComparisonText.change(comparison),
              comparison.before().starts() + "/" + comparison.after().starts(),
              comparison.suspects().isEmpty() ? "" : ComparisonText.cause(comparison),
              SafeText.of(String.join("; ", one.judgement().reasons()))));
    }
    return grid;
  }

  private String conclusion(List<Judged> judged) {
    if (judged.isEmpty()) {
      return "Nothing to judge: no function in "
          + store.file
          + " has these deployments with cold starts that count";
    }
    return count(judged, Gate.Outcome.PASSED)
        + " passed, "
        + count(judged, Gate.Outcome.FAILED)
        + " failed, "
        + count(judged, Gate.Outcome.NOT_JUDGED)
        + " not judged";
  }

  private String rule() {
    List<String> rules = new ArrayList<>();
    if (maxInitMs != null) {
      rules.add("median init ≤ " + ComparisonText.millis(maxInitMs));
    }
    if (limitMs != null) {
      rules.add("added ≤ " + ComparisonText.millis(limitMs));
    }
    if (limitPct != null) {
      rules.add("added ≤ " + limitPct + " %");
    }
    return rules.isEmpty() || (limitMs == null && limitPct == null)
        ? String.join(" and ", rules) + (rules.isEmpty() ? "" : " and ") + "no proven slowdown"
        : String.join(" and ", rules);
  }

  /** The page of a GitHub job, where there is one. */
  private void writeSummary(List<Judged> judged, int exit, PrintWriter out) {
    String file = environment.get("GITHUB_STEP_SUMMARY");
    if (file == null || file.isEmpty()) {
      return;
    }
    StringWriter text = new StringWriter();
    PrintWriter page = new PrintWriter(text);
    page.println("### Cold starts: " + (exit == 0 ? "passed" : "not passed"));
    page.println();
    grid(judged.subList(0, Math.min(SUMMARY_ROWS, judged.size())))
        .print(OutputFormat.MARKDOWN, page);
    page.println();
    page.println(conclusion(judged) + " · " + rule());
    page.flush();
    try {
      Files.writeString(
          Path.of(file),
          text.toString(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT, "Cannot write the job summary " + file + ": " + e.getMessage());
    }
    if (output.format == OutputFormat.TABLE) {
      out.println("Summary written to $GITHUB_STEP_SUMMARY");
    }
  }

  private static String mark(Gate.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "✓";
      case FAILED -> "✗";
      case NOT_JUDGED -> "?";
    };
  }

  private static String word(Gate.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case NOT_JUDGED -> "not judged";
    };
  }
}
