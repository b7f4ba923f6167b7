package dev.frostline.cli.gate;

import dev.frostline.cli.comparison.AcceptedFindings;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.policy.Budget;
import dev.frostline.policy.BudgetCheck;
import dev.frostline.policy.DeploymentBudgets;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Gate;
import dev.frostline.verdict.Histories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      "Fails when a deployment breaks a budget of frostline.toml, or a limit: when "
          + "the whole interval of its change is above it.",
      "Without --limit-ms and --limit-pct, it fails when the deployment is proven slower. "
          + "What cannot be judged never passes (exit 3) unless it is told to. What was accepted "
          + "by frostline ack passes. It also writes GitHub's job summary."
    },
    footer = {"", "Example: frostline gate -f checkout-api --baseline 41 --candidate 42"})
public final class GateCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--baseline",
      paramLabel = "A",
      description =
          "Deployment before, or its period A@TIME (default: what the candidate replaced).")
  @Nullable String baseline;

  @Option(
      names = "--candidate",
      paramLabel = "B",
      description = "Deployment to judge, or its period B@TIME (default: the newest that is live).")
  @Nullable String candidate;

  @Option(
      names = "--max-init-ms",
      converter = LimitOption.Milliseconds.class,
      paramLabel = "MS",
      description = "Budget: largest median Init Duration allowed for the candidate.")
  @Nullable Double maxInitMs;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Budgets: only cold starts since then, for instance 7d.")
  @Nullable String since;

  @Option(
      names = "--min-samples",
      paramLabel = "N",
      description = "Budgets: cold starts needed (default: 5, for a p95 20, for a p99 100).")
  @Nullable Integer minSamples;

  @Mixin LimitOption limit = new LimitOption();

  @Option(
      names = "--fail-on-open",
      description =
          "Also fails on slowdowns that earlier deployments brought and that are still " + "there.")
  boolean failOnOpen;

  @Option(
      names = "--fail-on-empty",
      description = "Fails (exit 1) instead of exit 3 when there is nothing at all to compare.")
  boolean failOnEmpty;

  @Option(
      names = "--pass-without-data",
      description = "Passes (exit 0) what cannot be judged: too few cold starts, or none at all.")
  boolean passWithoutData;

  @Option(names = "--full", description = "Also lists everything that passed.")
  boolean full;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also writes the answer as JUnit XML.")
  @Nullable Path junit;

  Map<String, String> environment = System.getenv();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (baseline != null && candidate == null) {
      throw new Failure(Failure.USAGE, "--baseline needs --candidate. Example: --candidate 42");
    }
    Policy policy = policy();
    if (!policy.budgets().isEmpty() && !policy.canFail()) {
      spec.commandLine()
          .getErr()
          .println("Every budget is a warning: none of them can fail this gate.");
    }
    GateAnswer answer = answer(policy);
    print(answer, out);
    if (junit != null) {
      new GateJunit(answer).write(junit);
    }
    out.flush();
    return answer.exitCode();
  }

  private Policy policy() {
    Policy policy = ConfigOptions.settings(spec).policy();
    if (maxInitMs == null) {
      return policy;
    }
    List<Budget> budgets = new ArrayList<>(policy.budgets());
    budgets.add(
        new Budget(
            new FunctionPattern("*"),
            Limit.parse("init_p50 <= " + GateOutput.plain(maxInitMs) + "ms"),
            Budget.Level.ERROR));
    return new Policy(budgets, policy.owners());
  }

  private GateAnswer answer(Policy policy) {
    try (Store opened = Store.openReadOnly(store.file)) {
      Connection connection = opened.connection();
      List<BudgetCheck> budgets =
          new DeploymentBudgets(policy, minSamples)
              .check(connection, function.query(since, null), candidate);
      return judged(connection, budgets);
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
  }

  private GateAnswer judged(Connection connection, List<BudgetCheck> budgets) throws SQLException {
    AcceptedFindings accepted = AcceptedFindings.of(connection);
    Judge judge = new Judge(Thresholds.DEFAULT);
    Histories histories = new StoredHistories(connection);
    Query query = function.query(null, null);
    boolean isPair = baseline != null && candidate != null;
    Answer answer = isPair ? Answer.NOTHING : judge.answer(histories, query);
    List<Comparison> candidates =
        isPair
            ? judge.between(
                histories,
                query,
                Objects.requireNonNull(baseline),
                Objects.requireNonNull(candidate))
            : candidates(answer);
    Gate gate = new Gate(limit.ms, limit.pct);
    List<GateAnswer.Judged> judged = new ArrayList<>();
    for (Comparison comparison : candidates) {
      judged.add(new GateAnswer.Judged(comparison, accepted.judge(gate, comparison)));
    }
    List<GateAnswer.Open> open = new ArrayList<>();
    for (FindingLife life : answer.open()) {
      if (life.isMain() && !candidates.contains(life.opening())) {
        open.add(new GateAnswer.Open(life, answer.latest(), accepted.of(life.opening())));
      }
    }
    return new GateAnswer(
        budgets,
        judged,
        open,
        GateOutput.rule(limit.ms, limit.pct),
        failOnOpen,
        passWithoutData,
        failOnEmpty);
  }

  /** Of each function what is live now, or what the named deployment did when it came. */
  private List<Comparison> candidates(Answer answer) {
    String name = candidate;
    if (name == null) {
      return answer.newest();
    }
    Map<List<String>, Comparison> chosen = new LinkedHashMap<>();
    for (Comparison comparison : answer.comparisons()) {
      if (comparison.kind() != Kind.DRIFT && comparison.after().isNamed(name)) {
        chosen.put(
            List.of(comparison.account(), comparison.region(), comparison.function()), comparison);
      }
    }
    return List.copyOf(chosen.values());
  }

  private void print(GateAnswer answer, PrintWriter out) {
    GateOutput texts = new GateOutput(answer, full);
    String summary = texts.writeSummary(environment);
    switch (output.format) {
      case JSON -> texts.printJson(out);
      case OFF -> {}
      case CSV, MARKDOWN -> texts.grid().print(output.format, out);
      case TABLE -> {
        texts.printTable(out);
        out.println(conclusion(answer) + summary + " · exit " + answer.exitCode());
      }
    }
  }

  private String conclusion(GateAnswer answer) {
    return answer.isEmpty()
        ? "Nothing to judge: no function in "
            + store.name
            + " has these deployments with cold starts that count"
        : answer.conclusion();
  }
}
