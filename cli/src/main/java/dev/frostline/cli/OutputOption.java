package dev.frostline.cli;

import picocli.CommandLine.Option;

/** How to print. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "Form of the answer: table, json, csv, markdown or off (default: table).")
  OutputFormat format = OutputFormat.TABLE;
}
