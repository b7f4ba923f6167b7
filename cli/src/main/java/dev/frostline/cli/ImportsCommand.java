package dev.frostline.cli;

import java.io.PrintWriter;
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
    description = "Shows which functions pay for an import, or which imports cost the fleet most.",
    footer = {"", "Example: frostline imports pandas --since 7d"})
final class ImportsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "An import in full, e.g. pandas.core.frame (default: the costliest).")
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
      out.println(
          name == null
              ? "No import timings yet: the layer records them."
              : "No function imports "
                  + SafeText.of(name)
                  + " at start. All names: frostline sql \"SELECT DISTINCT name FROM imports\"");
      out.flush();
      return 0;
    }
    answer.print(output.format, out);
    return 0;
  }
}
