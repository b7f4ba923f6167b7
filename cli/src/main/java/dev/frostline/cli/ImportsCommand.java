package dev.frostline.cli;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.ReadyQuery;
import dev.frostline.cli.store.StoreOption;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One import across the whole fleet, or what the fleet imports most. */
@Command(
    name = "imports",
    mixinStandardHelpOptions = true,
    description =
        "Shows which functions pay for an import now, or which packages cost the fleet most.",
    footer = {"", "Example: frostline imports pandas --since 7d"})
final class ImportsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "An import in full, e.g. pandas.core.frame (default: the costliest packages).")
  @Nullable String name;

  @Option(names = "--since", paramLabel = "TIME", description = "Only cold starts since then.")
  @Nullable String since;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Grid answer =
        function
            .ask(name == null ? "fleet_imports" : "import_cost")
            .with("name", name)
            .with("since", since)
            .run(store.file);
    if (output.format == OutputFormat.TABLE && answer.size() == 0) {
      out.println(name == null ? "No import timings yet: the layer records them." : nobody(name));
      out.flush();
      return name == null ? 0 : Failure.CANNOT_JUDGE;
    }
    answer.titled().print(output.format, out);
    return 0;
  }

  /** That no live deployment makes the import, with names that are like it. */
  private String nobody(String wanted) {
    List<String> similar =
        ReadyQuery.named("similar_imports").with("name", wanted).run(store.file).column("name");
    similar.remove(wanted);
    return "No live deployment imports "
        + SafeText.of(wanted)
        + " at start. "
        + (similar.isEmpty()
            ? "All names: " + store.command(List.of("sql", "SELECT DISTINCT name FROM imports"))
            : "Did you mean " + SafeText.of(String.join(" or ", similar)) + "?");
  }
}
