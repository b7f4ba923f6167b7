package dev.frostline.page.sql;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lets one SELECT through that uses the store's own tables and functions of a list. It reads the
 * tree that DuckDB's own parser makes of the text ({@code json_serialize_sql}), never the text.
 */
public final class SqlGate {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FUNCTIONS = functions();
  private static final Set<String> TABLE_FUNCTIONS = Set.of("range", "generate_series", "unnest");

  /** Not INSERT_QUERY_NODE and its like: a WITH may change tables, too. */
  private static final Set<String> READING =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE");

  private final Set<String> tables = new HashSet<>();
  private final Connection connection;

  /**
   * @param connection to the store whose tables may be read
   */
  public SqlGate(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement query = connection.createStatement();
        ResultSet names =
            query.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_catalog ="
                    + " current_database() AND table_schema = 'main'")) {
      while (names.next()) {
        tables.add(lowerCase(names.getString(1)));
      }
    }
  }

  /**
   * Returns if the statement only reads.
   *
   * @throws RefusedException with the reason why it will not run
   */
  public void check(String sql) throws SQLException, RefusedException {
    JsonNode parsed = parsed(sql);
    if (parsed.path("error").asBoolean()) {
      throw new RefusedException(reason(parsed));
    }
    int statements = parsed.path("statements").size();
    if (statements != 1) {
      throw new RefusedException(
          statements == 0 ? "There is no statement." : "One statement at a time.");
    }
    walk(parsed.path("statements"), Set.of());
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
      return "Only one SELECT (or WITH, FROM, VALUES, DESCRIBE, SUMMARIZE) runs here: the store is"
          + " only read. For anything else, open a copy of it in DuckDB.";
    }
    String position = parsed.path("position").asText();
    return position.isEmpty() ? message : message + " (at character " + position + ")";
  }

  /**
   * @param common names of WITH that can be seen from here
   */
  private void walk(JsonNode node, Set<String> common) throws RefusedException, SQLException {
    check(node, common);
    Set<String> seen = commonTables(node, common);
    for (Map.Entry<String, JsonNode> child : node.properties()) {
      if (!child.getKey().equals("cte_map")) {
        walk(child.getValue(), seen);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        walk(element, seen);
      }
    }
  }

  /** Each WITH sees those before it, a recursive one itself as well. */
  private Set<String> commonTables(JsonNode node, Set<String> outer)
      throws RefusedException, SQLException {
    Set<String> seen = new HashSet<>(outer);
    for (JsonNode table : node.path("cte_map").path("map")) {
      String name = lowerCase(table.path("key").asText());
      if (name.matches("(duckdb|pragma|sqlite|pg)_.*")) {
        throw new RefusedException("WITH " + name + " hides a table of the engine.");
      }
      walk(table.path("value"), seen);
      seen.add(name);
    }
    if (node.path("type").asText().equals("RECURSIVE_CTE_NODE")) {
      seen.add(lowerCase(node.path("cte_name").asText()));
    }
    return seen;
  }

  private void check(JsonNode node, Set<String> common) throws RefusedException, SQLException {
    String type = node.path("type").asText();
    if (type.endsWith("_NODE") && !READING.contains(type)) {
      throw new RefusedException("A WITH that changes tables does not run here.");
    }
    if (node.has("function_name")) {
      checkFunction(node);
    }
    switch (type) {
      case "BASE_TABLE" -> checkTable(path(node), common);
      case "TABLE_FUNCTION" ->
          checkTableFunction(node.path("function").path("function_name").asText());
      case "SHOW_REF" -> {
        if (!node.path("query").isObject()) {
          throw new RefusedException(
              "SHOW does not run here. Look at a table with DESCRIBE cold_starts, imports or"
                  + " deployments.");
        }
      }
      default -> {}
    }
  }

  private static void checkFunction(JsonNode function) throws RefusedException {
    String name = lowerCase(function.path("function_name").asText());
    boolean isOperator = !name.isEmpty() && name.chars().noneMatch(Character::isLetter);
    if (path(function).size() > 1 || (!isOperator && !FUNCTIONS.contains(name))) {
      throw new RefusedException("The function " + name + " does not run here.");
    }
  }

  private static void checkTableFunction(String name) throws RefusedException {
    if (!TABLE_FUNCTIONS.contains(lowerCase(name))) {
      throw new RefusedException("The table function " + name + " does not run here.");
    }
  }

  private void checkTable(List<String> path, Set<String> common)
      throws RefusedException, SQLException {
    String name = path.isEmpty() ? "" : path.get(path.size() - 1);
    boolean isKnown =
        switch (path.size()) {
          case 1 -> tables.contains(name) || common.contains(name);
          case 2 ->
              (path.get(0).equals("main") && tables.contains(name))
                  || (path.get(0).equals("recurring") && common.contains(name));
          default -> false;
        };
    if (!isKnown) {
      throw new RefusedException("There is no table " + name + " in the store." + similar(name));
    }
  }

  /** What was meant, most likely; empty where no table has a name like it. */
  private String similar(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog ="
                + " current_database() AND table_schema = 'main' AND"
                + " jaro_winkler_similarity(table_name, ?) > 0.9 ORDER BY"
                + " jaro_winkler_similarity(table_name, ?) DESC, table_name LIMIT 1")) {
      query.setString(1, name);
      query.setString(2, name);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? " Did you mean " + found.getString(1) + "?" : "";
      }
    }
  }

  /** Catalog, schema and name as far as they were written, in lower case. */
  private static List<String> path(JsonNode named) {
    List<String> path = new ArrayList<>();
    for (JsonNode part : named.path("qualified_name").path("path")) {
      path.add(lowerCase(part.asText()));
    }
    return path;
  }

  /** As DuckDB compares names: other letters than A to Z are only equal to themselves. */
  private static String lowerCase(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < lower.length(); i++) {
      char letter = lower.charAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        lower.setCharAt(i, (char) (letter + ('a' - 'A')));
      }
    }
    return lower.toString();
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
