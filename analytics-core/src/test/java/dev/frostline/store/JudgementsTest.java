package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Histories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import dev.frostline.verdict.statistics.Thresholds;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was judged once is told again without a new judgement, and only while it holds. */
class JudgementsTest {
  private static final String IMPORTS =
      """
      INSERT INTO import_timing
      SELECT cold_start_id, m, NULL, 0, 0, 'python module', 'module' || m,
        500 + 40 * m + hash(cold_start_id, m) % 20
          + CASE WHEN m = 7 AND deployment::INT BETWEEN slow AND fast - 1 THEN 9000 ELSE 0 END,
        500 + 40 * m, 'init', false
      FROM cold_start, range(40) modules(m), (SELECT 3 AS slow, 6 AS fast)
      """;

  private final Store store = Store.open(Path.of(":memory:"));

  @BeforeEach
  void fill() throws SQLException {
    run(
        """
        INSERT INTO cold_start BY NAME
        SELECT 1000 * f + 100 * d + n AS cold_start_id, 1000 * f + 100 * d + n AS stream_id, '1' AS account, 'r' AS region,
          'f' || f AS function, d::VARCHAR AS version, d::VARCHAR AS deployment,
          '/g' AS log_group, 's' || n AS log_stream, 0 AS ordinal,
          TIMESTAMP '2026-10-05' + to_days(d::INT) + to_minutes((30 * n)::INT) AS started_at, 'python3.13' AS runtime,
          'python:3.13.v1' AS runtime_version, 'x86_64' AS architecture,
          512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust, 0 AS suspect_lines,
          'complete' AS completeness, 100.0 + n AS init_ms, 40 AS import_count
        FROM range(3) functions(f), range(1, 6) deployments(d), range(20) starts(n)
        """);
    run(IMPORTS);
    changed();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatWasJudged_isToldAgainWithoutItsImports() throws SQLException {
    Answer first = answer();
    assertEquals(3, first.open().size());
    store.judge();
    run("DELETE FROM import_timing");
    assertEquals(first, answer());
    assertEquals(3, kept().stream().filter(JudgedFunction::isCurrent).count());
  }

  @Test
  void oneFunctionThatChanged_isJudgedAnewAlone() throws SQLException {
    store.judge();
    Answer first = answer();
    run("UPDATE cold_start SET memory_mb = 1024 WHERE function = 'f1' AND deployment = '5'");
    changed();
    assertEquals(2, kept().stream().filter(JudgedFunction::isCurrent).count());
    Answer second = answer();
    assertEquals(fresh(), second);
    assertNotEquals(first, second);
    store.judge();
    run("DELETE FROM import_timing");
    assertEquals(second, answer());
  }

  /** A week that has passed is asked for on Monday, when the next one has begun. */
  @Test
  void anEarlierTime_getsItsOwnAnswer() {
    store.judge();
    for (String until : List.of("2026-10-10T00:00:00Z", "2026-10-20T00:00:00Z")) {
      Query query = Query.ALL.within(null, Instant.parse(until));
      assertEquals(
          new Judge(Thresholds.DEFAULT).answer(unkept(), query),
          new Judge(Thresholds.DEFAULT).answer(new StoredHistories(store.connection()), query));
    }
  }

  @Test
  void otherRules_judgeAnew() throws SQLException {
    store.judge();
    run("UPDATE judgement SET rules = 'of an older version'");
    assertEquals(List.of(), kept());
    assertEquals(fresh(), answer());
  }

  @Test
  void whatCannotBeRead_isJudgedAnew() throws SQLException {
    store.judge();
    run("UPDATE judgement SET judged = judged[1:200] WHERE function = 'f0'");
    run("UPDATE judgement SET judged = ''::BLOB WHERE function = 'f1'");
    assertEquals(1, kept().size());
    assertEquals(fresh(), answer());
  }

  @Test
  void findings_areRowsThatKnowSinceWhen() throws SQLException {
    store.judge();
    assertEquals(
        "f0 3 slower open module7, f1 3 slower open module7, f2 3 slower open module7",
        text("function || ' ' || after || ' ' || verdict || ' ' || state || ' ' || suspect"));
    String found = text("found_at");
    run(
        """
        INSERT INTO cold_start BY NAME
        SELECT * REPLACE (
          cold_start_id + 100 AS cold_start_id, '6' AS version, '6' AS deployment, started_at + INTERVAL 1 DAY AS started_at)
        FROM cold_start WHERE function = 'f2' AND deployment = '5'
        """);
    run("DELETE FROM import_timing");
    run(IMPORTS);
    changed();
    store.judge();
    assertTrue(text("state").startsWith("open, open, "), text("state"));
    assertTrue(text("state").contains("taken_back"), text("state"));
    assertEquals(found, text("found_at", "verdict = 'slower'"));
  }

  private Answer answer() {
    return new Judge(Thresholds.DEFAULT).answer(new StoredHistories(store.connection()), Query.ALL);
  }

  /** What a store says that keeps nothing. */
  private Answer fresh() {
    return new Judge(Thresholds.DEFAULT).answer(unkept(), Query.ALL);
  }

  private Histories unkept() {
    StoredHistories stored = new StoredHistories(store.connection());
    return new Histories() {
      @Override
      public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
        return stored.functions(scope, without);
      }

      @Override
      public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
        return stored.fingerprints(scope, without);
      }

      @Override
      public TraceBatch traces(List<StartRecord> starts) {
        return stored.traces(starts);
      }
    };
  }

  private List<JudgedFunction> kept() {
    return new StoredHistories(store.connection()).judged(FunctionScope.ALL);
  }

  /** As a source does behind the rows that it brings. */
  private void changed() throws SQLException {
    LivePeriods periods = new LivePeriods(store.connection());
    for (int i = 0; i < 3; i++) {
      periods.rewrite(List.of(new FunctionScope("1", "r", "f" + i, null)));
    }
  }

  private String text(String columns) throws SQLException {
    return text(columns, "true");
  }

  private String text(String columns, String where) throws SQLException {
    try (Statement statement = store.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT string_agg(%s, ', ' ORDER BY function, after_since) FROM findings WHERE %s"
                    .formatted("(" + columns + ")::VARCHAR", where))) {
      row.next();
      return row.getString(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
