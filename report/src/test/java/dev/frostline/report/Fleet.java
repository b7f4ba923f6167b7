package dev.frostline.report;

import dev.frostline.policy.Budget;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Noise;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The small fleet of {@code given.sql} and comparisons that go with it. */
final class Fleet {
  static final Week WEEK = new Week(2026, 41);

  private static final Path IN_MEMORY = Path.of(":memory:");

  private Fleet() {}

  /** A store with the fleet in it. */
  static Store store() throws IOException, SQLException {
    Store store = Store.open(IN_MEMORY);
    run(store, script());
    return store;
  }

  /** The same, every function and import of that name called otherwise. */
  static Store renamed(String function, String module) throws IOException, SQLException {
    Store store = Store.open(IN_MEMORY);
    run(
        store,
        script()
            .replace("'checkout-api'", quoted(function))
            .replace("'silent-one'", quoted(function + "2"))
            .replace("'pandas'", quoted(module))
            .replace("'negative duration'", quoted(module)));
    return store;
  }

  /** One more function: no versions, another runtime, 10 ms slower every week of four. */
  static Store withDrift() throws IOException, SQLException {
    Store store = store();
    run(
        store,
        "INSERT INTO cold_start BY NAME SELECT cold_start.* REPLACE ("
            + " 9000 + 100 * w + n AS cold_start_id, 'drifter' AS function, '$LATEST' AS deployment, 'nodejs22' AS runtime,"
            + " TIMESTAMP '2026-09-14 08:00' + to_days((7 * w)::INT) + to_minutes(n::INT) AS started_at, 100 + 10 * w AS init_ms)"
            + " FROM cold_start, range(4) weeks(w), range(20) starts(n) WHERE cold_start_id = 200");
    return store;
  }

  static WeeklyReport report(Store store, Policy policy, Comparison... comparisons)
      throws SQLException {
    return WeeklyReport.of(
        store.connection(), WEEK, List.of(comparisons), Thresholds.DEFAULT, policy);
  }

  static WeeklyReport report(Store store, Comparison... comparisons) throws SQLException {
    return report(store, Policy.NONE, comparisons);
  }

  /** Function F from 1 to 2 with that change in ms, blamed on pandas. */
  static Comparison comparison(String function, String after, Verdict verdict, double changeMs) {
    Suspect pandas =
        new Suspect("pandas", "python module", Change.NEW, 20, 70, List.of(), 0.7, 0.0025);
    Suspect numpy =
        new Suspect("numpy", "python module", Change.SLOWER, 3, 9, List.of(), 0.1, 0.0025);
    return comparison(function, after, verdict, changeMs, List.of(pandas, numpy), List.of());
  }

  static Comparison comparison(
      String function,
      String after,
      Verdict verdict,
      double changeMs,
      List<Suspect> suspects,
      List<String> notes) {
    return new Comparison(
        "123456789012",
        "eu-west-1",
        function,
        new Side("before", 100, 10, 10, 3, Instant.EPOCH),
        new Side(after, 200, 4, 4, 1, Instant.EPOCH),
        verdict,
        new Interval(changeMs, changeMs - 5, changeMs + 5),
        changeMs,
        0.001,
        0.002,
        2,
        12,
        new Noise(5, 2, true),
        suspects,
        List.of(),
        0,
        Double.NaN,
        28,
        notes,
        Kind.DEPLOYMENT,
        "published",
        null);
  }

  static Budget budget(String functions, String limit) {
    return new Budget(new FunctionPattern(functions), Limit.parse(limit), Budget.Level.ERROR);
  }

  static void run(Store store, String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String script() throws IOException {
    try (InputStream in = Objects.requireNonNull(Fleet.class.getResourceAsStream("given.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
