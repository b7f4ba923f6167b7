package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredHistoriesTest {
  private final Store store = Store.open(Path.of(":memory:"));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nameKeys_areWhatEveryEngineComputes() throws SQLException {
    Map<String, Long> expected = new TreeMap<>();
    for (String name : List.of("pandas.core.frame", "wörter", "日本", "a b'c", "_frozen")) {
      expected.put(name, Sha256.id(name));
      run(
          "INSERT INTO import_timing VALUES (1, 0, NULL, 0, 0, 'python module', '%s', 1, 1, 'init', false)"
              .formatted(name.replace("'", "''")));
    }
    Map<String, Long> found = new TreeMap<>();
    run(Queries.text("verdict/name_keys"));
    try (Statement statement = store.connection().createStatement();
        ResultSet row = statement.executeQuery(Queries.text("verdict/names"))) {
      while (row.next()) {
        found.put(row.getString("name"), row.getLong("name_key"));
      }
    }
    assertEquals(expected, found);
  }

  @Test
  void functions_areToldApartByPlace() throws SQLException {
    run(
        """
        INSERT INTO cold_start BY NAME
        SELECT n AS cold_start_id, n AS stream_id, '1' AS account, CASE WHEN n < 3 THEN 'east' ELSE 'west' END AS region,
          'f' AS function, '7' AS version, '7' AS deployment, '/g' AS log_group, 's' || n AS log_stream, 0 AS ordinal,
          TIMESTAMP '2026-10-05' - to_minutes(n::INT) AS started_at, 'on-demand' AS init_kind, 'success' AS status,
          'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness, 100.0 AS init_ms, 0 AS import_count
        FROM range(5) starts(n)
        """);
    List<FunctionHistory> functions =
        new StoredHistories(store.connection()).functions(new FunctionScope(null, null, "f", null));
    assertEquals(
        List.of("east 3", "west 2"),
        functions.stream()
            .map(one -> one.region + " " + one.periods.get(0).starts().size())
            .toList());
    assertEquals(2, functions.get(0).starts().get(0).id());
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
