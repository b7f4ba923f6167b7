package dev.frostline.cli.gate;

import dev.frostline.cli.comparison.AcceptedFindings;
import dev.frostline.cli.comparison.ExplainCommand;
import dev.frostline.cli.comparison.ExplanationText;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.report.picture.Explanation;
import dev.frostline.store.Store;
import dev.frostline.verdict.Gate;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What {@code trace --against} says in the end: the comparison as {@code explain} prints it, under
 * it the limits as {@code gate} judges them, with the gate's exit code.
 *
 * @param environment where a job's summary goes is a variable
 */
record AgainstJudgement(
    AgainstOption against,
    StoreOption store,
    OutputFormat format,
    Map<String, String> environment) {
  private static final int DEPTH = 3;
  private static final double LEAST_MS = 5;

  /** Judges two stored codes of a program, prints the answer, and returns the exit code. */
  int print(String program, String before, String after, PrintWriter out) {
    try (Store opened = Store.openReadOnly(store.file)) {
      Query query = Query.of(TracedStarts.LOCAL, TracedStarts.LOCAL, program);
      Comparison comparison = ExplainCommand.between(opened.connection(), query, before, after);
      GateAnswer answer = answer(comparison, AcceptedFindings.of(opened.connection()));
      if (against.junit != null) {
        new GateJunit(answer).write(against.junit);
      }
      if (format == OutputFormat.TABLE) {
        Explanation explanation = Explanation.read(opened.connection(), comparison);
        new ExplanationText(explanation, store, List.of(), DEPTH, LEAST_MS).print(out);
        out.println();
      }
      print(answer, out);
      return answer.exitCode();
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
  }

  private GateAnswer answer(Comparison comparison, AcceptedFindings accepted) {
    Gate gate = new Gate(against.limit.ms, against.limit.pct);
    return new GateAnswer(
        List.of(),
        List.of(new GateAnswer.Judged(comparison, accepted.judge(gate, comparison))),
        List.of(),
        GateOutput.rule(against.limit.ms, against.limit.pct),
        false,
        against.passWithoutData,
        false);
  }

  private void print(GateAnswer answer, PrintWriter out) {
    GateOutput texts = new GateOutput(answer, true);
    String summary = texts.writeSummary(environment);
    switch (format) {
      case JSON -> texts.printJson(out);
      case OFF -> {}
      case CSV, MARKDOWN -> texts.grid().print(format, out);
      case TABLE -> {
        texts.printTable(out);
        out.println(answer.conclusion() + summary + " · exit " + answer.exitCode());
      }
    }
    out.flush();
  }
}
