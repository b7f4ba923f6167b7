package dev.frostline.page.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real worker processes under real limits. */
final class SqlDeskTest {
  private static final String ENDLESS =
      "SELECT count(*) FROM range(1000000000) a, range(1000000000) b";

  @TempDir static Path folder = Path.of(".");
  private static @Nullable SqlDesk desk;

  @BeforeAll
  static void open() throws IOException {
    Store.open(store()).close();
    desk = new SqlDesk(folder);
  }

  @AfterAll
  static void close() {
    desk().close();
  }

  @Test
  void select_isAnswered_withItsParameters() throws SqlDesk.BusyException {
    SqlReply reply =
        desk()
            .run(
                "a",
                new SqlRequest(
                    store().toString(),
                    "SELECT getvariable('f') AS f, 1.5 AS n, count(*) AS c FROM cold_starts",
                    Map.of("f", "x'; DROP")));
    Answer answer = Objects.requireNonNull(reply.answer(), String.valueOf(reply.problem()));
    assertEquals(List.of("f", "n", "c"), answer.columns());
    assertEquals("[[x'; DROP, 1.5, 0]]", answer.rows().toString());
  }

  static List<String> refused() {
    Path secret = folder.resolve("secret.csv");
    List<String> attacks = new ArrayList<>();
    for (String function :
        List.of(
            "read_text",
            "read_csv",
            "read_blob",
            "sniff_csv",
            "glob",
            "parquet_metadata",
            "read_json",
            "query",
            "query_table",
            "read_duckdb",
            "parquet_scan",
            "seq_scan",
            "json_execute_serialized_sql")) {
      attacks.add("SELECT * FROM " + function + "('" + secret + "')");
    }
    attacks.addAll(
        List.of(
            "FROM '" + secret + "'",
            "SELECT * FROM query('FROM read_text(''/etc/passwd'')')",
            "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'",
            "EXPORT DATABASE '" + folder.resolve("out") + "'",
            "ATTACH '" + folder.resolve("other.duckdb") + "'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "CREATE SECRET (TYPE s3)",
            "CALL start_ui()",
            "SET memory_limit = '8GB'",
            "SET threads = 64",
            "SET temp_directory = '/tmp'",
            "SET log_query_path = '/tmp/x'",
            "RESET memory_limit",
            "PRAGMA enable_profiling",
            "SET VARIABLE x = 1",
            "INSERT INTO cold_start SELECT * FROM cold_start",
            "CREATE TABLE x AS SELECT 1",
            "DROP TABLE cold_start",
            "CREATE TEMP TABLE x AS SELECT 1",
            "UPDATE cold_start SET init_ms = 0",
            "DELETE FROM cold_start",
            "SELECT 1; DROP TABLE cold_start",
            "SELECT 1; SELECT 2",
            "PRAGMA database_list",
            "SELECT * FROM duckdb_databases()",
            "SELECT * FROM duckdb_settings()",
            "FROM duckdb_settings",
            "FROM duckdb_databases",
            "FROM pragma_database_list",
            "FROM information_schema.tables",
            "FROM pg_catalog.pg_tables",
            "FROM pg_tables",
            "FROM sqlite_master",
            "SELECT * FROM duckdb_databases, (WITH duckdb_databases AS (SELECT 1) FROM"
                + " duckdb_databases)",
            "SELECT getenv('HOME')",
            "SELECT current_setting('temp_directory')",
            "SELECT sleep_ms(100000)",
            "SELECT pg_sleep(100)",
            "SELECT nextval('ledger_id')",
            "SELECT * FROM (SHOW ALL TABLES)",
            "SHOW TABLES",
            "SELECT (SELECT content FROM read_text('/etc/passwd'))",
            "SELECT [x.content FOR x IN (FROM read_text('/etc/passwd'))]",
            "FROM cold_starts WHERE function IN (FROM read_text('/etc/passwd'))",
            "BEGIN TRANSACTION",
            "EXPLAIN ANALYZE SELECT 1",
            "VACUUM",
            "CHECKPOINT",
            "",
            "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000)));
    return attacks;
  }

  @ParameterizedTest
  @MethodSource("refused")
  void attack_isRefused(String sql) throws IOException, SqlDesk.BusyException {
    Files.writeString(folder.resolve("secret.csv"), "a\nsecret\n");
    SqlReply reply = run(sql);
    assertNull(reply.answer(), sql);
    assertFalse(String.valueOf(reply.problem()).contains(store().toString()), reply.problem());
    assertFalse(Files.exists(folder.resolve("out.csv")));
    assertFalse(Files.exists(folder.resolve("out")));
    assertFalse(Files.exists(folder.resolve("other.duckdb")));
  }

  static List<String> contained() {
    return List.of(
        "SELECT length(repeat('x', 4000000000))",
        "SELECT length(printf('%s', repeat('x', 2000000000)))",
        "SELECT repeat('x', 90000000)",
        ENDLESS,
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
        "SELECT list(a.range) FROM range(1000000) a, range(1000000) b",
        "SELECT a.range FROM range(100000000) a ORDER BY hash(a.range)",
        "SELECT regexp_matches(repeat('a', 20000000), '(a|aa)+$|(a*)*b')");
  }

  @ParameterizedTest
  @MethodSource("contained")
  void greedyStatement_isEnded_andTheNextOneIsAnswered(String sql) throws SqlDesk.BusyException {
    SqlReply greedy = run(sql);
    assertTrue(
        greedy.answer() == null || greedy.answer().cut() || greedy.answer().rows().size() == 1,
        sql);
    assertNotNull(run("SELECT 1").answer(), sql);
  }

  @Test
  void longAnswer_isCut_andSaysSo() throws SqlDesk.BusyException {
    Answer rows = Objects.requireNonNull(run("SELECT * FROM range(50000000)").answer());
    assertEquals(10_000, rows.rows().size());
    assertTrue(rows.cut());
    Answer wide =
        Objects.requireNonNull(run("SELECT repeat('x', 4000000) FROM range(10)").answer());
    assertEquals(2, wide.rows().size());
    assertTrue(wide.cut());
  }

  @Test
  void runningStatement_isCancelled() throws ExecutionException, InterruptedException {
    CompletableFuture<SqlReply> running =
        CompletableFuture.supplyAsync(() -> quietly("cancel-me", ENDLESS));
    while (!running.isDone()) {
      desk().cancel("cancel-me");
      pause();
    }
    assertEquals("Cancelled.", running.get().problem());
  }

  @Test
  void eleventhStatement_isSentAway() {
    List<CompletableFuture<SqlReply>> eleven = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      String name = "n" + i;
      eleven.add(
          CompletableFuture.supplyAsync(
              () -> quietly(name, ENDLESS), task -> new Thread(task).start()));
    }
    int busy = 0;
    for (CompletableFuture<SqlReply> one : eleven) {
      while (!one.isDone()) {
        if (eleven.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
          for (int i = 0; i < 11; i++) {
            desk().cancel("n" + i);
          }
        }
        pause();
      }
      busy += one.isCompletedExceptionally() ? 1 : 0;
    }
    assertEquals(1, busy);
  }

  private static void pause() {
    LockSupport.parkNanos(20_000_000);
  }

  private static SqlReply quietly(String name, String sql) {
    try {
      return desk().run(name, new SqlRequest(store().toString(), sql, Map.of()));
    } catch (SqlDesk.BusyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SqlReply run(String sql) throws SqlDesk.BusyException {
    return desk().run("test", new SqlRequest(store().toString(), sql, Map.of()));
  }

  private static SqlDesk desk() {
    return Objects.requireNonNull(desk);
  }

  private static Path store() {
    return folder.resolve("store.duckdb");
  }
}
