package dev.frostline.cli.output;

/** How a command prints its answer. JSON carries schema_version and only ever gains keys. */
public enum OutputFormat {
  TABLE,
  JSON,
  CSV,
  MARKDOWN,
  OFF
}
