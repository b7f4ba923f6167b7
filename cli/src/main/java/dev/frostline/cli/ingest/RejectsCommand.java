package dev.frostline.cli.ingest;

import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.OutputFormat;
import dev.frostline.cli.output.OutputOption;
import dev.frostline.cli.store.ReadyQuery;
import dev.frostline.cli.store.StoreOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What was refused and why. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description =
        "Shows which lines were rejected, why and how often. Their text is never " + "kept.",
    footer = {"", "Example: frostline rejects --last"})
public final class RejectsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--last", description = "Only of the newest source that had any.")
  boolean last;

  @Option(names = "--since", paramLabel = "TIME", description = "Only of sources since then.")
  @Nullable String since;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Grid answer =
        ReadyQuery.named("rejects")
            .with("last", String.valueOf(last))
            .with("since", since)
            .run(store.file);
    if (output.format == OutputFormat.TABLE && answer.size() == 0) {
      out.println("No line was refused.");
      out.flush();
      return 0;
    }
    answer.titled().print(output.format, out);
    return 0;
  }
}
