package dev.frostline.cli.gate;

import dev.frostline.cli.comparison.ComparisonJson;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.JsonOutput;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.policy.BudgetCheck;
import dev.frostline.verdict.Gate.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gate's answer for a terminal, a program and the page of a job. */
final class GateOutput {
  private static final int PASSED_SHOWN = 10;

  /** GitHub refuses the whole summary of a step above 1 MiB. */
  private static final long SUMMARY_BYTES = 1_000_000;

  private final GateAnswer answer;
  private final boolean full;

  GateOutput(GateAnswer answer, boolean full) {
    this.answer = answer;
    this.full = full;
  }

  /** Limits first, in their user's words; what passed is cut short unless all is asked for. */
  void printTable(PrintWriter out) {
    section(" BUDGETS", true, out);
    section(" REGRESSION LIMIT  " + answer.rule(), false, out);
  }

  private void section(String title, boolean budgets, PrintWriter out) {
    Grid grid = new Grid(List.of("", "", "", "", ""));
    int passed = 0;
    for (GateAnswer.Row row : answer.rows()) {
      if (row.isBudget() == budgets) {
        passed += row.outcome() == Outcome.PASSED ? 1 : 0;
        if (full || row.outcome() != Outcome.PASSED || passed <= PASSED_SHOWN) {
          String expected = row.isBudget() ? row.expected() : row.cause();
          grid.add(List.of(row.mark(), row.function(), row.deployment(), row.found(), expected));
        }
      }
    }
    if (grid.size() > 0) {
      out.println(title);
      grid.printRows(out);
    }
    if (!full && passed > PASSED_SHOWN) {
      out.printf(" ✓ %d more passed   (--full lists them)%n", passed - PASSED_SHOWN);
    }
  }

  Grid grid() {
    Grid grid =
        new Grid(List.of("", "FUNCTION", "DEPLOYMENT", "LIMIT", "FOUND", "MAIN CAUSE", "OUTCOME"));
    for (GateAnswer.Row row : answer.rows()) {
      grid.add(
          List.of(
              row.mark(),
              row.function(),
              row.deployment(),
              row.expected(),
              row.found(),
              row.cause(),
              row.word()));
    }
    return grid;
  }

  void printJson(PrintWriter out) {
    int exit = answer.exitCode();
    Map<String, Object> json = JsonOutput.answer();
    json.put("outcome", exit == 0 ? "passed" : exit == 1 ? "failed" : "not_judged");
    json.put("exit_code", exit);
    json.put("regression_limit", answer.rule());
    json.put("judged", answer.regressions().stream().map(GateOutput::json).toList());
    json.put("open", answer.open().stream().map(open -> ComparisonJson.of(open.life())).toList());
    json.put("budgets", answer.budgets().stream().map(GateOutput::json).toList());
    JsonOutput.print(out, json);
  }

  private static Map<String, Object> json(GateAnswer.Judged judged) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", judged.judgement().outcome().name().toLowerCase(Locale.ROOT));
    json.put("reasons", judged.judgement().reasons());
    json.put("comparison", ComparisonJson.of(judged.comparison()));
    return json;
  }

  private static Map<String, @Nullable Object> json(BudgetCheck check) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("outcome", check.outcome().name().toLowerCase(Locale.ROOT));
    json.put("level", check.budget().level().name().toLowerCase(Locale.ROOT));
    json.put("pattern", check.budget().functions().text());
    json.put("limit", check.budget().limit().expression());
    json.put("limit_ms", check.budget().limit().ms());
    json.put("account", check.account());
    json.put("region", check.region());
    json.put("function", check.function());
    json.put("deployment", check.deployment());
    json.put("ms", Double.isNaN(check.ms()) ? null : check.ms());
    json.put("cold_starts", check.coldStarts());
    json.put("needed_starts", check.needed());
    return json;
  }

  /** Markdown of at most so many bytes: whole rows, and a line that says how many are missing. */
  String summary(long mostBytes) {
    StringWriter text = new StringWriter();
    PrintWriter page = new PrintWriter(text);
    page.println("### Cold starts: " + (answer.exitCode() == 0 ? "passed" : "not passed"));
    page.println();
    page.println(answer.conclusion() + " · regression limit " + answer.rule());
    page.println();
    grid().print(OutputFormat.MARKDOWN, page);
    page.flush();
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    long bytes = 0;
    int kept = 0;
    while (kept < lines.size()) {
      bytes += lines.get(kept).getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes > mostBytes) {
        return String.join("\n", lines.subList(0, kept))
            + "\n\n"
            + (lines.size() - kept)
            + " more rows: cut, GitHub takes no larger summary.\n";
      }
      kept++;
    }
    return String.join("\n", lines) + "\n";
  }

  /** The limits in words. */
  static String rule(@Nullable Double limitMs, @Nullable Double limitPct) {
    List<String> rules = new ArrayList<>();
    if (limitPct != null) {
      rules.add("≤ +" + plain(limitPct) + " %");
    }
    if (limitMs != null) {
      rules.add("≤ +" + ComparisonText.millis(limitMs));
    }
    return rules.isEmpty() ? "no proven slowdown" : String.join(" and ", rules);
  }

  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Onto the page of a GitHub job, where there is one; what was written, in words. */
  String writeSummary(Map<String, String> environment) {
    String name = environment.get("GITHUB_STEP_SUMMARY");
    if (name == null || name.isEmpty()) {
      return "";
    }
    Path file = Path.of(name);
    try {
      long there = Files.exists(file) ? Files.size(file) : 0;
      String page = summary(SUMMARY_BYTES - there);
      Files.writeString(file, page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return String.format(
          Locale.ROOT,
          " · summary written to $GITHUB_STEP_SUMMARY (%,d kB)",
          (page.length() + 999) / 1000);
    } catch (IOException e) {
      throw new Failure(
          Failure.COULD_NOT,
          "Cannot write the job summary " + file + ": " + Failure.whyNotWritten(e));
    }
  }
}
