package dev.frostline.cli.output;

import picocli.CommandLine.Option;

/** How to print. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "Form of the answer: table, json, csv, markdown or off (default: table).")
  public OutputFormat format = OutputFormat.TABLE;
}
