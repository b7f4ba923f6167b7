package dev.frostline.cli;

import dev.frostline.report.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which store a command works on. */
final class StoreOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "${FROSTLINE_DB:-frostline.duckdb}",
      description = "The store (default: FROSTLINE_DB, else frostline.duckdb here).")
  Path file = Path.of("frostline.duckdb");

  /** A command to print, to be run on the same store. */
  String command(List<String> words) {
    List<String> whole = new ArrayList<>(List.of("frostline"));
    whole.addAll(words);
    if (spec.commandLine().getParseResult().hasMatchedOption("--db")) {
      whole.addAll(List.of("--db", file.toString()));
    }
    return SafeText.of(Shell.command(whole.toArray(String[]::new)));
  }
}
