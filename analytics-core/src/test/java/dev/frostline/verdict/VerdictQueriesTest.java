package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every query of {@code queries/verdict} has cases: tables as CSV, parameters, and the answer as
 * CSV.
 */
class VerdictQueriesTest {
  private static final Path QUERIES = Path.of("..", "queries", "verdict");
  private static final Path CASES =
      Path.of("src", "test", "resources", "dev", "frostline", "verdict", "queries");

  @Test
  void everyQuery_hasACase() throws IOException {
    List<String> queries =
        files(QUERIES).stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".sql", ""))
            .toList();
    assertEquals(
        queries,
        folders(CASES).stream().map(folder -> String.valueOf(folder.getFileName())).toList());
    for (Path query : folders(CASES)) {
      assertTrue(!folders(query).isEmpty(), query + " has no case");
    }
  }

  @Test
  void everyCase_givesItsAnswer() throws IOException, SQLException {
    for (Path query : folders(CASES)) {
      for (Path example : folders(query)) {
        String expected = Files.readString(example.resolve("expect.csv"));
        assertEquals(
            expected, answer(String.valueOf(query.getFileName()), example), example.toString());
      }
    }
  }

  private static String answer(String query, Path example) throws IOException, SQLException {
    try (Store store = Store.open(Path.of(":memory:"));
        Statement statement = store.connection().createStatement()) {
      for (Path table : files(example.resolve("given"))) {
        String name = String.valueOf(table.getFileName()).replace(".csv", "");
        statement.execute(
            "INSERT INTO " + name + " BY NAME FROM read_csv('" + table + "', header = true)");
      }
      Path parameters = example.resolve("parameters.sql");
      if (Files.exists(parameters)) {
        statement.execute(Files.readString(parameters));
      }
      try (ResultSet rows = statement.executeQuery(Queries.text("verdict/" + query))) {
        return csv(rows);
      }
    }
  }

  private static String csv(ResultSet rows) throws SQLException {
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
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<Path> folders(Path folder) throws IOException {
    return files(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return List.copyOf(new TreeSet<>(files.toList()));
    }
  }
}
