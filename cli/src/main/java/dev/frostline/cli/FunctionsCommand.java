package dev.frostline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the store knows of each function, and how good its data are. */
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    description = "Lists the functions in the store with the health of their data.")
final class FunctionsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = {"-f", "--function"},
      description = "Only this function.")
  @Nullable String function;

  @Override
  public Integer call() {
    Grid functions = ReadyQuery.named("functions").with("function", function).run(store.file);
    functions.print(output.format, spec.commandLine().getOut());
    return 0;
  }
}
