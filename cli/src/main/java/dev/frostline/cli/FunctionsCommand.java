package dev.frostline.cli;

import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.FunctionOption;
import dev.frostline.cli.store.StoreOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the store knows of each function, and how good its data are. */
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    description = "Lists the functions in the store with the health of their data.")
final class FunctionsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin FunctionOption function = new FunctionOption();
  @Mixin OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Grid functions = function.ask("functions").run(store.file);
    functions.titled().print(output.format, spec.commandLine().getOut());
    return 0;
  }
}
