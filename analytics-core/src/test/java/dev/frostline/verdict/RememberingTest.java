package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A long-running reader judges only what has changed, and never says what a fresh one would not.
 */
class RememberingTest {
  private static final String TIMINGS =
      """
      INSERT INTO import_timing
      SELECT cold_start_id, m, NULL, 0, 0, 'python module', 'module' || m,
        500 + 40 * m + hash(cold_start_id, m) %% 20 + CASE WHEN m = 7 AND deployment >= '%s' THEN 9000 ELSE 0 END,
        500 + 40 * m, 'init', false
      FROM cold_start, range(40) modules(m)
      """;

  private final Store store = Store.open(Path.of(":memory:"));
  private final Histories histories = new StoredHistories(store.connection());
  private final Judge remembering = Judge.remembering(Thresholds.DEFAULT);

  @BeforeEach
  void fill() throws SQLException {
    run(
        """
        INSERT INTO cold_start BY NAME
        SELECT 1000 * f + 100 * d + n AS cold_start_id, 1000 * f + 100 * d + n AS stream_id, '1' AS account, 'r' AS region,
          'f' || f AS function, d::VARCHAR AS version, CASE f WHEN 2 THEN '$LATEST' ELSE d::VARCHAR END AS deployment,
          '/g' AS log_group, 's' || n AS log_stream, 0 AS ordinal,
          TIMESTAMP '2026-10-05' + to_days(d::INT) + to_minutes((30 * n)::INT) AS started_at, 'python3.13' AS runtime,
          'python:3.13.v' || CASE WHEN d = 3 AND n > 10 THEN 2 ELSE 1 END AS runtime_version, 'x86_64' AS architecture,
          512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust, 0 AS suspect_lines,
          'complete' AS completeness, 100.0 + n AS init_ms, 40 AS import_count
        FROM range(3) functions(f), range(1, 5) deployments(d), range(20) starts(n)
        """);
    run(
        "INSERT INTO log_stream SELECT stream_id, account, region, log_group, log_stream,"
            + " started_at, started_at, 1, 'a', 1 FROM cold_start");
    run(TIMINGS.formatted(3));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatHasNotChanged_isNotReadAgain() throws SQLException {
    List<Comparison> first = remembering.compare(histories, Query.ALL);
    assertEquals(fresh(Query.ALL), first);
    run("DELETE FROM import_timing");
    assertEquals(first, remembering.compare(histories, Query.ALL));
    assertNotEquals(first, fresh(Query.ALL));
  }

  @Test
  void whatHasChanged_isJudgedAnew() throws SQLException {
    List<Comparison> first = remembering.compare(histories, Query.ALL);
    run("DELETE FROM import_timing");
    run(TIMINGS.formatted(4));
    run("UPDATE log_stream SET fingerprint = 2 WHERE stream_id % 1000 >= 300");
    List<Comparison> second = remembering.compare(histories, Query.ALL);
    assertEquals(fresh(Query.ALL), second);
    assertNotEquals(first, second);
    run("DELETE FROM cold_start WHERE cold_start_id = 405");
    run("UPDATE cold_start SET memory_mb = 1024 WHERE cold_start_id = 1403");
    assertEquals(fresh(Query.ALL), remembering.compare(histories, Query.ALL));
  }

  @Test
  void otherWindows_getTheirOwnAnswer() throws SQLException {
    remembering.compare(histories, Query.ALL);
    Instant noon = Instant.parse("2026-10-08T04:00:00Z");
    for (Query query :
        List.of(
            new Query(null, null, null, null, noon, true),
            new Query(null, null, null, noon, null, true),
            new Query(null, null, "f1", null, null, true))) {
      assertEquals(fresh(query), remembering.compare(histories, query), query.toString());
    }
  }

  private List<Comparison> fresh(Query query) throws SQLException {
    return new Judge(Thresholds.DEFAULT).compare(histories, query);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
