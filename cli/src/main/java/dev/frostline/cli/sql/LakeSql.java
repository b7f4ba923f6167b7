package dev.frostline.cli.sql;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Times;
import dev.frostline.cli.store.PlaceOption;
import dev.frostline.lake.Place;
import dev.frostline.store.Queries;
import dev.frostline.store.TrinoSql;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an engine over a lake is given: ready queries in its words, tables and views. */
final class LakeSql {
  private final EngineOptions options;

  LakeSql(EngineOptions options) {
    this.options = options;
  }

  /** A ready query with its parameters. */
  static String named(String name, Map<String, String> parameters) {
    if (!Queries.isOfLake(name)) {
      String why =
          Queries.text(name)
              .lines()
              .filter(line -> line.startsWith(Queries.STORE_ALONE))
              .map(line -> ": " + line.substring(Queries.STORE_ALONE.length()))
              .findFirst()
              .orElse(".");
      throw new Failure(
          Failure.USAGE,
          "The query " + name + " is of the store alone" + why + " Ask it with --db");
    }
    Map<String, Object> values = new HashMap<>(parameters);
    for (String time : List.of("since", "until")) {
      if (parameters.containsKey(time)) {
        Instant at = Times.parse(String.valueOf(parameters.get(time)), Instant.now());
        values.put(time, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
      }
    }
    return TrinoSql.of(Queries.text(name), values);
  }

  /**
   * The statements that make tables and views over a lake.
   *
   * @param since its first day; where it is null, the lake is asked
   */
  List<String> tables(String lake, @Nullable String since, PlaceOption places) {
    String first = since == null ? firstDay(lake, places) : since;
    String tables = options.engine == EngineOptions.Engine.TRINO ? "tables_trino" : "tables_athena";
    List<String> statements = new ArrayList<>();
    for (String name : List.of(tables, "views")) {
      String text =
          Queries.text("lake/" + name)
              .replace("${lake}", lake.replaceAll("/+$", ""))
              .replace("${since}", first)
              .replace("${schema}", options.schema());
      for (String statement : text.split(";\\s*\\n", -1)) {
        if (!statement.isBlank()) {
          statements.add(TrinoSql.of(statement, Map.of()));
        }
      }
    }
    return statements;
  }

  private static String firstDay(String lake, PlaceOption places) {
    try (Place place = places.open(lake)) {
      return place.keys("cold_start").stream()
          .filter(key -> key.matches("cold_start/dt=\\d{4}-\\d\\d-\\d\\d/.*"))
          .map(key -> key.substring("cold_start/dt=".length(), "cold_start/dt=2026-11-16".length()))
          .min(String::compareTo)
          .orElseThrow(
              () ->
                  new Failure(
                      Failure.COULD_NOT,
                      "There is no lake at " + lake + ". Write one: frostline compact --lake"));
    } catch (IOException e) {
      throw new Failure(Failure.COULD_NOT, "Cannot read the lake: " + e.getMessage());
    }
  }
}
