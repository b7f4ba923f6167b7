package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.DeploymentRange;
import dev.frostline.cli.store.FunctionLookup;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.cli.store.WhereOption;
import dev.frostline.report.Figure;
import dev.frostline.report.picture.Distribution;
import dev.frostline.report.picture.Explanation;
import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.ImportTree.Presence;
import dev.frostline.report.picture.Phases;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Comparison;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two deployments side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Shows two deployments of a function side by side.",
    footer = {"", "Example: frostline compare checkout-api 41 42"})
public final class CompareCommand implements Callable<Integer> {
  private static final int NAME = 34;
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin WhereOption where = new WhereOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "Function name.")
  String function = "";

  @Parameters(
      index = "1..*",
      arity = "1..2",
      paramLabel = "A..B",
      description = "Two deployments, as A..B or A B.")
  List<String> range = new ArrayList<>();

  @Option(
      names = "--imports",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many top-level imports to list (default: ${DEFAULT-VALUE}).")
  int imports = 10;

  /** Whether programs read the rows: plain numbers then, times in ms. */
  private boolean isNumbers;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Store opened = Store.openReadOnly(store.file)) {
      DeploymentRange between = Objects.requireNonNull(DeploymentRange.of(range));
      FunctionLookup found = FunctionLookup.of(opened.connection(), where, function);
      Comparison comparison = ExplainCommand.between(opened.connection(), found, between);
      if (output.format == OutputFormat.JSON) {
        ExplainCommand.printJson(
            comparison, AcceptedFindings.of(opened.connection()).of(comparison), out);
      } else {
        isNumbers = output.format == OutputFormat.CSV;
        grid(Explanation.read(opened.connection(), comparison)).print(output.format, out);
      }
    } catch (SQLException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot compare deployments: " + e.getMessage());
    }
    out.flush();
    return 0;
  }

  private Grid grid(Explanation explanation) {
    Comparison comparison = explanation.comparison();
    Grid grid =
        new Grid(
            List.of(
                isNumbers ? "measure" : Columns.cut(function, NAME),
                isNumbers ? "before" : Columns.cut(comparison.before().deployment(), 14),
                isNumbers ? "after" : Columns.cut(comparison.after().deployment(), 14),
                isNumbers ? "change" : "CHANGE"));
    grid.add(
        List.of(
            isNumbers ? "cold_starts" : "cold starts",
            isNumbers ? comparison.before().starts() : Figure.count(comparison.before().starts()),
            isNumbers ? comparison.after().starts() : Figure.count(comparison.after().starts()),
            ""));
    addConfiguration(grid, explanation);
    List<Distribution.Side> sides = explanation.distribution().sides();
    if (sides.size() == 2) {
      addMillis(grid, "init median", sides.get(0).medianMs(), sides.get(1).medianMs());
      addMillis(grid, "init p95", sides.get(0).p95Ms(), sides.get(1).p95Ms());
    }
    for (Phases.Change phase : explanation.phases()) {
      addMillis(grid, phase.name(), phase.beforeMs(), phase.afterMs());
    }
    List<Node> roots = explanation.imports().roots();
    for (Node node : roots.subList(0, Math.min(imports, roots.size()))) {
      String word = node.presence().word();
      boolean isNew = node.presence() == Presence.NEW;
      boolean isGone = node.presence() == Presence.GONE;
      addMillis(
          grid,
          isNumbers
              ? "import " + node.name()
              : "import "
                  + Columns.cut(node.name(), NAME - 12)
                  + (word.isEmpty() ? "" : " " + word),
          isNew ? Double.NaN : node.before().cumulativeMs(),
          isGone ? Double.NaN : node.after().cumulativeMs(),
          node.cumulativeChangeMs());
    }
    grid.add(
        List.of(
            "verdict: " + comparison.verdict().word().replace('_', ' '),
            "",
            "",
            isNumbers
                ? number(comparison.changeMs().estimate())
                : ComparisonText.change(comparison)));
    return grid;
  }

  private static void addConfiguration(Grid grid, Explanation explanation) {
    String one = explanation.before().configuration();
    String other = explanation.after().configuration();
    if (!one.isEmpty() || !other.isEmpty()) {
      grid.add(List.of("configuration", one, other, one.equals(other) ? "same" : "changed"));
    }
  }

  private void addMillis(Grid grid, String name, double beforeMs, double afterMs) {
    addMillis(grid, name, beforeMs, afterMs, afterMs - beforeMs);
  }

  private void addMillis(Grid grid, String name, double beforeMs, double afterMs, double changeMs) {
    grid.add(
        isNumbers
            ? List.of(name + " ms", number(beforeMs), number(afterMs), number(changeMs))
            : List.of(
                name,
                ComparisonText.millis(beforeMs),
                ComparisonText.millis(afterMs),
                ComparisonText.signed(changeMs)));
  }

  /** Empty where it is not known. */
  private static Object number(double ms) {
    Double rounded = ComparisonJson.rounded(ms);
    return rounded == null ? "" : rounded;
  }
}
