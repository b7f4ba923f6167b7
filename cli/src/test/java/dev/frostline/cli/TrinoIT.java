package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.servers.TrinoServer;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people and the report ask gives the same rows on the store by DuckDB and on its lake by a
 * real Trino, from one text. Runs in the profile scaleout.
 */
final class TrinoIT {
  private static final Path DATA =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data");

  /** Sums are made in another order, so that their last digits may differ. */
  private static final double DIGITS = 1e-11;

  @TempDir static Path folder = Path.of("");

  private static String url = "";
  private static String store = "";

  private static @Nullable TrinoServer trino;

  @BeforeAll
  static void start() throws Exception {
    store = folder.resolve("store.duckdb").toString();
    List<String> ingest = new ArrayList<>(List.of("ingest", "--db", store));
    ingest.addAll(List.of("--account", "123456789012", "--region", "eu-west-1"));
    for (String data : List.of("lambda-python", "timelines", "sample-events")) {
      try (Stream<Path> files = Files.walk(DATA.resolve(data))) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> !file.toString().matches(".*(README.md|truth.json|runs.csv)"))
            .sorted()
            .forEach(file -> ingest.add(file.toString()));
      }
    }
    run(ingest);
    addWhatTheDataLacks();
    run(List.of("compact", "--db", store, "--lake", folder.resolve("files/lake").toString()));
    TrinoServer started = TrinoServer.start(folder.resolve("trino"), folder.resolve("files"));
    trino = started;
    url = started.url("frostline");
    assertEquals(
        0, onTrino("--ddl", "local:///lake", "-p", "since=2026-09-01", "--create").exitCode());
  }

  @AfterAll
  static void stop() {
    if (trino != null) {
      trino.close();
    }
  }

  @Test
  void everyQueryOfPeopleAndReport_givesTheSameRows() {
    List<String> differences = new ArrayList<>();
    for (String name : Queries.names()) {
      if (!Queries.isOfLake(name)) {
        continue;
      }
      int ofQuery = 0;
      for (Map<String, String> values : parameters(name)) {
        List<String> words = new ArrayList<>(List.of(name, "-o", "csv"));
        values.forEach((key, value) -> words.addAll(List.of("-p", key + "=" + value)));
        Cli duck = run(Stream.concat(Stream.of("sql", "--db", store), words.stream()).toList());
        Cli lake = onTrino(words.toArray(String[]::new));
        String difference = lake.exitCode() != 0 ? lake.err() : difference(duck.out(), lake.out());
        if (!difference.isEmpty()) {
          differences.add(name + " " + values + ": " + difference);
        }
        ofQuery += (int) duck.out().lines().count() - 1;
      }
      if (ofQuery == 0) {
        differences.add(name + ": no rows to compare");
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  @Test
  void tellsWhatTrinoRead_andWhatItSays() {
    Cli answer = onTrino("SELECT count(*) AS n FROM cold_starts", "-o", "csv");
    assertTrue(answer.out().matches("n\r\n\\d{3,}\r\n"), answer.out() + answer.err());
    assertTrue(answer.err().matches("1 row · \\d+ ms · Trino read \\d+\\.\\d MB\\R"), answer.err());
    Cli wrong = onTrino("SELECT nothing FROM cold_starts");
    assertEquals(4, wrong.exitCode());
    assertEquals(
        "frostline: Trino says: line 1:8: Column 'nothing' cannot be resolved\n", wrong.err());
  }

  @Test
  void types_comeAsTheStoreGivesThem() {
    Cli answer =
        onTrino(
            "SELECT 1 AS a, CAST(NULL AS VARCHAR) AS b, 0.5e0 AS c, true AS d, DATE '2026-11-16' AS"
                + " e, TIMESTAMP '2026-11-16 01:02:03.456' AS f, 12.50 AS g, ARRAY[1, 2] AS h, 'ü,'"
                + " AS i",
            "-o",
            "csv");
    assertEquals(
        String.join(
            "\r\n",
            "a,b,c,d,e,f,g,h,i",
            "1,,0.5,true,2026-11-16,2026-11-16 01:02:03.456,12.50,\"[1,2]\",\"ü,\"",
            ""),
        answer.out(),
        answer.err());
  }

  @Test
  void manyRows_allCome() {
    Cli answer =
        onTrino(
            "SELECT n FROM UNNEST(sequence(1, 10000)) AS t(n) CROSS JOIN UNNEST(sequence(1, 5)) AS"
                + " u(m)",
            "-o",
            "csv");
    assertEquals(50_001, answer.out().lines().count(), answer.err());
  }

  /**
   * A function that drifts over four weeks, and has four times the starts in the last one; one
   * whose name stands in two accounts; classes.
   */
  private static void addWhatTheDataLacks() throws SQLException {
    try (Store opened = Store.open(Path.of(store));
        Statement sql = opened.connection().createStatement()) {
      sql.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT made.* REPLACE (
            4000000000000 + n AS cold_start_id, 'drifting' AS function, 512 AS memory_mb, 'on-demand' AS init_kind,
            TIMESTAMP '2026-10-12 06:00:00' + to_hours(n * 7 % 160) + to_days(7 * week) AS started_at,
            400 + 15 * week + n % 10 AS init_ms)
          FROM (FROM cold_start WHERE function = 'checkout-api' AND status = 'success' AND trust = 'ok' ORDER BY cold_start_id LIMIT 1) AS made
          CROSS JOIN (SELECT n, least(n // 25, 3) AS week FROM range(175) AS t(n))
          """);
      sql.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT * REPLACE (5000000000000 AS cold_start_id, '210987654321' AS account)
          FROM cold_start
          WHERE function = 'drifting'
          LIMIT 1
          """);
      sql.execute(
          """
          INSERT INTO import_timing BY NAME
          SELECT
            cold_start_id, 900000 + n AS seq, 0 AS depth, 0 AS tree, 'java class' AS kind, 'shop.Catalog' || n AS name,
            500 AS self_us, 500 AS cumulative_us, 'init' AS phase, FALSE AS cached
          FROM (FROM cold_start WHERE function = 'checkout-api' AND deployment = '5' ORDER BY cold_start_id LIMIT 3) AS start
          CROSS JOIN range(4) AS t(n)
          """);
    }
  }

  /** Everything, one function, and one week for what asks for one. */
  private static List<Map<String, String>> parameters(String name) {
    Map<String, String> every = new TreeMap<>();
    every.put("cold_start_id", one("SELECT min(cold_start_id) FROM imports"));
    every.put("function", "checkout-api");
    every.put("deployment", "5");
    every.put("name", name.equals("similar_functions") ? "chekout-api" : "json");
    every.put("imports", "json,logging,boto3");
    every.put("minutes", "90");
    every.put("usd", "0.0000166667");
    every.put("arm_usd", "0.0000133334");
    every.put("account", "123456789012");
    every.put("region", "eu-west-1");
    every.put("state", "open");
    List<Map<String, String>> all = new ArrayList<>();
    for (String week : List.of("2026-09-21", "2026-11-02")) {
      Map<String, String> values = new TreeMap<>(every);
      values.put("since", week);
      values.put("until", LocalDate.parse(week).plusDays(7).toString());
      values.keySet().retainAll(Queries.parameters(name));
      all.add(values);
    }
    Map<String, String> fewest = new TreeMap<>(all.get(0));
    fewest.keySet().retainAll(Queries.required(name));
    all.add(fewest);
    return all.stream().distinct().toList();
  }

  /** The first place at which two answers differ; empty where they are the same. */
  private static String difference(String expected, String actual) {
    String[] left = expected.split("\r\n", -1);
    String[] right = actual.split("\r\n", -1);
    for (int row = 0; row < Math.max(left.length, right.length); row++) {
      String one = row < left.length ? left[row] : "nothing";
      String other = row < right.length ? right[row] : "nothing";
      if (!same(one.split(",", -1), other.split(",", -1))) {
        return "row " + row + " is\n  " + one + "\nin the store and\n  " + other + "\nin the lake";
      }
    }
    return "";
  }

  private static boolean same(String[] left, String[] right) {
    boolean same = left.length == right.length;
    for (int i = 0; same && i < left.length; i++) {
      same = left[i].equals(right[i]) || isClose(left[i], right[i]);
    }
    return same;
  }

  private static boolean isClose(String left, String right) {
    try {
      double one = Double.parseDouble(left);
      return Math.abs(one - Double.parseDouble(right)) <= DIGITS * Math.abs(one);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String one(String sql) {
    return run(List.of("sql", "--db", store, sql, "-o", "csv")).out().split("\r\n", -1)[1];
  }

  private static Cli onTrino(String... words) {
    List<String> all = new ArrayList<>(List.of("sql", "--engine", "trino", "--url", url));
    all.addAll(List.of(words));
    Cli answer = Cli.run(all.toArray(String[]::new));
    for (int again = 0; again < 10 && answer.err().contains("No nodes available"); again++) {
      LockSupport.parkNanos(1_000_000_000L); // on a busy machine Trino loses sight of itself
      answer = Cli.run(all.toArray(String[]::new));
    }
    return answer;
  }

  private static Cli run(List<String> words) {
    Cli answer = Cli.run(words.toArray(String[]::new));
    assertEquals(0, answer.exitCode(), answer.err());
    return answer;
  }
}
