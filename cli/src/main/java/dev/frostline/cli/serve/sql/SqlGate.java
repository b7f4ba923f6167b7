package dev.frostline.cli.serve.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Lets one SELECT through that uses the store's own tables and functions of a list. It reads the
 * tree that DuckDB's own parser makes of the text ({@code json_serialize_sql}), never the text.
 */
final class SqlGate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FUNCTIONS = functions();
  private static final Set<String> TABLE_FUNCTIONS = Set.of("range", "generate_series", "unnest");
  private final Set<String> tables = new HashSet<>();
  private final Connection connection;

  SqlGate(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement query = connection.createStatement();
        ResultSet names =
            query.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")) {
      while (names.next()) {
        tables.add(names.getString(1).toLowerCase(Locale.ROOT));
      }
    }
  }

  void check(String sql) throws SQLException, RefusedException {
    JsonNode parsed = parsed(sql);
    if (parsed.path("error").asBoolean()) {
      throw new RefusedException(reason(parsed));
    }
    if (parsed.path("statements").size() != 1) {
      throw new RefusedException("One statement at a time.");
    }
    findCommonTables(parsed);
    walk(parsed);
  }

  private JsonNode parsed(String sql) throws SQLException {
    try (PreparedStatement parse =
        connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      parse.setString(1, sql);
      try (ResultSet tree = parse.executeQuery()) {
        tree.next();
        return JSON.readTree(tree.getString(1));
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("This statement cannot be checked: " + e.getOriginalMessage(), e);
    }
  }

  private static String reason(JsonNode parsed) {
    String message = parsed.path("error_message").asText();
    if (parsed.path("error_type").asText().equals("not implemented")) {
      return "Only one SELECT (or WITH, FROM, VALUES, DESCRIBE, SUMMARIZE) runs here. Anything else: frostline sql.";
    }
    String position = parsed.path("position").asText();
    return position.isEmpty() ? message : message + " (at character " + position + ")";
  }

  /** Names of WITH are tables too; one that hides a table of the engine is not taken. */
  private void findCommonTables(JsonNode node) throws RefusedException {
    for (JsonNode table : node.path("cte_map").path("map")) {
      String name = table.path("key").asText().toLowerCase(Locale.ROOT);
      if (name.matches("(duckdb|pragma|sqlite|pg)_.*")) {
        throw new RefusedException("WITH " + name + " hides a table of the engine.");
      }
      tables.add(name);
    }
    for (JsonNode child : node) {
      findCommonTables(child);
    }
  }

  private void walk(JsonNode node) throws RefusedException {
    if (node.has("function_name")) {
      checkFunction(node.path("function_name").asText().toLowerCase(Locale.ROOT));
    }
    switch (node.path("type").asText()) {
      case "BASE_TABLE" -> checkTable(node);
      case "TABLE_FUNCTION" ->
          checkTableFunction(node.path("function").path("function_name").asText());
      case "SHOW_REF" -> {
        if (!node.path("query").isObject()) {
          throw new RefusedException("SHOW does not run here; the tables are listed beside.");
        }
      }
      default -> {}
    }
    for (JsonNode child : node) {
      walk(child);
    }
  }

  private static void checkFunction(String name) throws RefusedException {
    boolean isOperator = !name.isEmpty() && name.chars().noneMatch(Character::isLetter);
    if (!isOperator && !FUNCTIONS.contains(name)) {
      throw new RefusedException("The function " + name + " does not run here.");
    }
  }

  private static void checkTableFunction(String name) throws RefusedException {
    if (!TABLE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new RefusedException("The table function " + name + " does not run here.");
    }
  }

  private void checkTable(JsonNode table) throws RefusedException {
    String name = table.path("table_name").asText();
    String schema = table.path("schema_name").asText();
    boolean isOurs =
        tables.contains(name.toLowerCase(Locale.ROOT))
            && table.path("catalog_name").asText().isEmpty()
            && (schema.isEmpty() || schema.equals("main"));
    if (!isOurs) {
      throw new RefusedException("There is no table " + name + " in the store.");
    }
  }

  private static Set<String> functions() {
    try (InputStream in = SqlGate.class.getResourceAsStream("functions.txt")) {
      String text =
          new String(
              Objects.requireNonNull(in, "functions.txt").readAllBytes(), StandardCharsets.UTF_8);
      return Set.of(text.strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
