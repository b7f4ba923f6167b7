package dev.frostline.cli;

/** How a command prints its answer. JSON carries schema_version and only ever gains keys. */
enum OutputFormat {
  TABLE,
  JSON,
  CSV,
  MARKDOWN,
  OFF
}
