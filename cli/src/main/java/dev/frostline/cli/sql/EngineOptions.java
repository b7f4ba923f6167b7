package dev.frostline.cli.sql;

import dev.frostline.cli.output.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine runs SQL, and how it is reached. */
public final class EngineOptions {
  /** The engines. */
  enum Engine {
    DUCKDB,
    TRINO,
    ATHENA
  }

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "DUCKDB",
      description =
          "DUCKDB asks the store; TRINO and ATHENA ask a lake through their tables, see --ddl"
              + " (default: duckdb).")
  Engine engine = Engine.DUCKDB;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Address of Trino: jdbc:trino://HOST:8080/CATALOG/SCHEMA, with ?SSL=true&user=NAME "
              + "where it asks for them; a password comes from TRINO_PASSWORD.")
  @Nullable String url;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      defaultValue = "frostline",
      description = "Athena database that has the tables (default: frostline).")
  String database = "frostline";

  @Option(
      names = "--work-group",
      paramLabel = "NAME",
      defaultValue = "primary",
      description = "Athena work group (default: primary).")
  String workGroup = "primary";

  @Option(
      names = "--output-location",
      paramLabel = "S3-URL",
      description = "Where Athena leaves results, unless the work group says.")
  @Nullable String outputLocation;

  public boolean isElsewhere() {
    return engine != Engine.DUCKDB;
  }

  /** The engine, not yet asked anything. */
  SqlEngine open() {
    if (engine == Engine.ATHENA) {
      return AthenaEngine.of(this);
    }
    if (url == null) {
      throw new Failure(
          Failure.USAGE, "Say where Trino is: --url jdbc:trino://HOST:8080/CATALOG/SCHEMA");
    }
    return TrinoEngine.at(url, System.getenv());
  }

  /** The schema that has the tables. */
  String schema() {
    return engine == Engine.TRINO && url != null
        ? url.replaceFirst("\\?.*", "").replaceFirst(".*/", "")
        : database;
  }
}
