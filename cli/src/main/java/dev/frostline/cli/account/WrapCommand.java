package dev.frostline.cli.account;

import dev.frostline.account.Account;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.PlanFile;
import dev.frostline.account.Wrapping;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.wrap.WrapApplier;
import dev.frostline.wrap.WrapPlan;
import dev.frostline.wrap.WrapPlanner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts the layer on functions without a deployment, and takes it off again. */
@Command(
    name = "wrap",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the layer and its variable on functions, on $LATEST.",
      "Other layers stay, and another exec wrapper runs after ours. Undoing a plan "
          + "restores the configuration to the byte."
    },
    footer = {
      "",
      "Example: frostline wrap plan --layer ARN -f checkout-api && frostline wrap apply"
    },
    synopsisSubcommandLabel = "plan|apply|status|remove")
public final class WrapCommand {
  private static final String FILE = "wrap-plan.json";

  @Spec CommandSpec spec = CommandSpec.create();

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Shows what would be done and saves it as a plan. Changes nothing.")
  int plan(
      @Mixin AccountOption aws,
      @Mixin SelectionOption selection,
      @Mixin OutputOption output,
      @Option(
              names = "--layer",
              required = true,
              defaultValue = "${FROSTLINE_LAYER}",
              paramLabel = "ARN",
              description = "Version of the layer (default: FROSTLINE_LAYER).")
          String layer,
      @Option(
              names = "--set",
              paramLabel = "FROSTLINE_X=VALUE",
              description = "Also sets a variable, e.g. FROSTLINE_DEPLOYMENT=9f1c2ab; repeatable.")
          @Nullable Map<String, String> variables,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              defaultValue = FILE,
              description = "File to save the plan to.")
          Path file) {
    if (selection.isEmpty()) {
      throw new Failure(
          Failure.USAGE, "Name functions: -f checkout-api, --functions-regex '^prod-' or --tag");
    }
    try (Account account = aws.open()) {
      WrapPlan plan =
          new WrapPlanner(account)
              .plan(selection.selection(), layer, variables == null ? Map.of() : variables);
      PlanOutput.save(file, plan);
      print(plan, output);
      if (output.format == OutputFormat.TABLE && plan.changes() > 0) {
        PlanOutput.tellNext(out(), "wrap", file);
      }
      return 0;
    }
  }

  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description =
          "Carries out a saved plan. When it is run again, it continues where it "
              + "stopped. What somebody changed since the plan was made is left alone (exit "
              + "4).")
  int apply(
      @Mixin ApplyOptions options,
      @Parameters(
              paramLabel = "PLAN",
              arity = "0..1",
              defaultValue = FILE,
              description = "The saved plan (default: ${DEFAULT-VALUE}).")
          Path file) {
    return apply(read(file), options);
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows which functions carry the layer. Changes and saves nothing.")
  int status(
      @Mixin AccountOption aws, @Mixin SelectionOption selection, @Mixin OutputOption output) {
    try (Account account = aws.open()) {
      Grid grid = new Grid(List.of("function", "runtime", "layer", "wrapper", "next wrapper"));
      account.functions().stream()
          .filter(one -> selection.selection().holds(one, account))
          .forEach(one -> grid.add(row(one)));
      grid.titled().print(output.format, out());
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Undoes a plan, or takes the layer off functions.")
  int remove(
      @Mixin ApplyOptions options,
      @Mixin SelectionOption selection,
      @Option(names = "--plan", paramLabel = "PLAN", description = "The plan to undo.")
          @Nullable Path file,
      @Option(names = "--all", description = "Every function that carries the layer.")
          boolean all) {
    if (file != null) {
      return apply(read(file).inverse(), options);
    }
    if (selection.isEmpty() && !all) {
      throw new Failure(
          Failure.USAGE, "Name what to undo: --plan " + FILE + ", -f checkout-api, or --all");
    }
    try (Account account = options.aws.open()) {
      return apply(new WrapPlanner(account).removal(selection.selection()), options);
    }
  }

  private int apply(WrapPlan plan, ApplyOptions options) {
    options.aws.preferRegion(plan.region());
    return options.apply(
        out(),
        output -> print(plan, output),
        (account, told) -> new WrapApplier(account, plan).apply(told));
  }

  private void print(WrapPlan plan, OutputOption output) {
    PlanTable table = new PlanTable();
    plan.functions().forEach(one -> table.add(one.action(), one.function(), one.reason()));
    table.print(output.format, out());
  }

  private static List<@Nullable Object> row(LambdaFunction function) {
    Map<String, String> variables = function.environment();
    return Arrays.asList(
        function.name(),
        function.image() ? "image" : function.runtime(),
        function.layers().stream().filter(Wrapping::isOurs).findFirst().orElse(null),
        variables.get(Wrapping.EXEC_WRAPPER),
        variables.get("FROSTLINE_NEXT_WRAPPER"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static WrapPlan read(Path file) {
    return PlanFile.read(file, WrapPlan.class, WrapPlan.KIND, WrapPlan.SCHEMA_VERSION);
  }
}
