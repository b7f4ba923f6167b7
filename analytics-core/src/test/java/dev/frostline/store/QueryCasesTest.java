package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Queries of the verdicts, the doctor and the page have cases: tables as CSV, parameters, and the
 * answer as CSV.
 */
class QueryCasesTest {
  private static final Path QUERIES = Path.of("..", "queries");
  private static final Path CASES =
      Path.of("src", "test", "resources", "dev", "frostline", "store", "queries");

  /**
   * The answer of page_schema is the schema itself, that of verdict/fingerprints is DuckDB's hash
   * and that of verdict/judgements bytes: what they must do is in RememberingTest and
   * JudgementsTest. verdict/name_keys runs before the other queries of verdict and shows in theirs.
   */
  private static final Pattern WITH_CASES =
      Pattern.compile(
          "(verdict/(?!fingerprints|judgements|name_keys).*|doctor_.*|page_(?!schema).*)\\.sql");

  @Test
  void everyQuery_hasACase() throws IOException {
    Set<String> queries = new TreeSet<>();
    try (Stream<Path> files = Files.walk(QUERIES)) {
      files
          .map(file -> WITH_CASES.matcher(QUERIES.relativize(file).toString()))
          .filter(Matcher::matches)
          .forEach(query -> queries.add(query.group(1)));
    }
    assertEquals(queries, new TreeSet<>(cases().stream().map(QueryCasesTest::query).toList()));
  }

  @Test
  void everyCase_givesItsAnswer() throws IOException, SQLException {
    for (Path example : cases()) {
      String expected = Files.readString(example.resolve("expect.csv"));
      assertEquals(expected, answer(query(example), example), example.toString());
    }
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .filter(file -> file.endsWith("expect.csv"))
          .map(file -> file.resolveSibling(""))
          .sorted()
          .toList();
    }
  }

  /** The query that a case is of: its path without the case's own folder. */
  private static String query(Path example) {
    return CASES.relativize(example).resolve("..").normalize().toString();
  }

  private static String answer(String query, Path example) throws IOException, SQLException {
    try (Store store = Store.open(Path.of(":memory:"));
        Statement statement = store.connection().createStatement()) {
      for (Path table : tables(example.resolve("given"))) {
        String name = String.valueOf(table.getFileName()).replace(".csv", "");
        statement.execute(
            "INSERT INTO " + name + " BY NAME FROM read_csv('" + table + "', header = true)");
      }
      if (query.startsWith("verdict/")) {
        statement.execute(Queries.text("verdict/name_keys"));
      }
      Path parameters = example.resolve("parameters.sql");
      if (Files.exists(parameters)) {
        statement.execute(Files.readString(parameters));
      }
      String text = Queries.text(query);
      try (ResultSet rows = statement.executeQuery(text)) {
        return csv(rows, text.contains("ORDER BY"));
      }
    }
  }

  /** The rows as they came, or sorted where the query promises no order. */
  private static String csv(ResultSet rows, boolean inOrder) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      names.add(rows.getMetaData().getColumnName(i));
    }
    lines.add(String.join(",", names));
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        Object cell = rows.getObject(i);
        cells.add(cell == null ? "" : cell.toString());
      }
      lines.add(String.join(",", cells));
    }
    if (!inOrder) {
      Collections.sort(lines.subList(1, lines.size()));
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<Path> tables(Path given) throws IOException {
    if (!Files.isDirectory(given)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(given)) {
      return files.sorted().toList();
    }
  }
}
