package dev.frostline.policy;

import dev.frostline.store.Queries;
import dev.frostline.verdict.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds budgets against one deployment of each function. The figures are those of {@code
 * queries/deployments.sql} and {@code queries/import_times.sql}.
 */
public final class DeploymentBudgets {
  /**
   * Cold starts a budget needs, by what it measures: a p95 of fewer than 20 is their maximum, and a
   * p99 of fewer than 100 as well.
   */
  private static final Map<Limit.Measure, Integer> NEEDED =
      Map.of(
          Limit.Measure.INIT_P50, 5,
          Limit.Measure.INIT_P95, 20,
          Limit.Measure.INIT_P99, 100,
          Limit.Measure.IMPORT, 5);

  private record Key(String account, String region, String function) {}

  private record ImportKey(Key function, String deployment, String name) {}

  private record Times(
      String deployment, double p50, double p95, double p99, long all, long traced) {}

  private record Load(double p50, long coldStarts) {}

  private final Policy policy;
  private final @Nullable Integer needed;

  /**
   * @param needed cold starts every budget needs; by its measure when absent
   */
  public DeploymentBudgets(Policy policy, @Nullable Integer needed) {
    this.policy = policy;
    this.needed = needed;
  }

  /**
   * Every budget against every function it covers, in the order they were written; one that covers
   * no function at all is there too, without a measurement.
   *
   * @param query which functions, and cold starts since when
   * @param deployment the one judged; the newest that is live of each function when absent
   */
  public List<BudgetCheck> check(Connection connection, Query query, @Nullable String deployment)
      throws SQLException {
    if (policy.budgets().isEmpty()) {
      return List.of();
    }
    String function = query.function();
    Instant since = query.since();
    set(connection, "account", query.account());
    set(connection, "region", query.region());
    set(connection, "function", function);
    set(connection, "since", since == null ? null : LocalDateTime.ofInstant(since, ZoneOffset.UTC));
    Map<Key, Times> times = times(connection, deployment);
    Map<ImportKey, Load> loads = policy.imports().isEmpty() ? Map.of() : loads(connection);
    List<BudgetCheck> checks = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      int before = checks.size();
      times.forEach(
          (key, one) -> {
            if (budget.functions().covers(key.function())) {
              checks.add(check(budget, key, one, loads));
            }
          });
      if (checks.size() == before && (function == null || budget.functions().covers(function))) {
        checks.add(
            new BudgetCheck(budget, "", "", budget.functions().text(), "", Double.NaN, 0, 1));
      }
    }
    return checks;
  }

  private BudgetCheck check(Budget budget, Key key, Times times, Map<ImportKey, Load> loads) {
    Limit limit = budget.limit();
    Load measured =
        switch (limit.measure()) {
          case INIT_P50 -> new Load(times.p50(), times.all());
          case INIT_P95 -> new Load(times.p95(), times.all());
          case INIT_P99 -> new Load(times.p99(), times.all());
          case IMPORT ->
              loads.getOrDefault(
                  new ImportKey(key, times.deployment(), limit.importName()),
                  new Load(0, times.traced())); // traced and never loaded: it costs nothing
        };
    return new BudgetCheck(
        budget,
        key.account(),
        key.region(),
        key.function(),
        times.deployment(),
        measured.p50(),
        measured.coldStarts(),
        needed != null ? needed : needed(limit.measure()));
  }

  /** Cold starts it takes to judge a measure. */
  public static int needed(Limit.Measure measure) {
    return NEEDED.getOrDefault(measure, 1);
  }

  /** Of each function the named deployment; else the newest that is live, or was seen last. */
  private static Map<Key, Times> times(Connection connection, @Nullable String deployment)
      throws SQLException {
    Map<Key, Times> times = new LinkedHashMap<>();
    Set<Key> decided = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("deployments"))) {
      while (row.next()) {
        boolean isNewest = row.getBoolean("newest");
        boolean isAsked =
            deployment == null
                ? isNewest || !decided.contains(key(row))
                : deployment.equals(row.getString("deployment"));
        if (isAsked) {
          if (isNewest) {
            decided.add(key(row));
          }
          times.put(
              key(row),
              new Times(
                  row.getString("deployment"),
                  number(row, "init_p50_ms"),
                  number(row, "init_p95_ms"),
                  number(row, "init_p99_ms"),
                  row.getLong("comparable"),
                  row.getLong("traced")));
        }
      }
    }
    return times;
  }

  private Map<ImportKey, Load> loads(Connection connection) throws SQLException {
    set(connection, "imports", policy.imports());
    Map<ImportKey, Load> loads = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("import_times"))) {
      while (row.next()) {
        loads.put(
            new ImportKey(key(row), row.getString("deployment"), row.getString("name")),
            new Load(number(row, "p50_ms"), row.getLong("cold_starts")));
      }
    }
    return loads;
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("account"), row.getString("region"), row.getString("function"));
  }

  private static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  private static void set(Connection connection, String name, @Nullable Object value)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + name + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }
}
