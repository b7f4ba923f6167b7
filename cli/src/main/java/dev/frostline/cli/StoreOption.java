package dev.frostline.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which store a command works on. */
final class StoreOption {
  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "${FROSTLINE_DB:-frostline.duckdb}",
      description = "The store (default: FROSTLINE_DB, else frostline.duckdb here).")
  Path file = Path.of("frostline.duckdb");
}
