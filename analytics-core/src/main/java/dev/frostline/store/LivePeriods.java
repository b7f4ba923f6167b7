package dev.frostline.store;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.LivePeriodRow;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tables of live periods and of the state of functions: what the judge means by a
 * deployment, its newest one and what is live, for every query to join, and whether anything of a
 * function has changed. What was judged of a function that is gone goes with it.
 */
final class LivePeriods {
  /** Above so many it is cheaper to read the cold starts of all at once. */
  private static final int FEW = 20;

  private final Connection connection;

  LivePeriods(Connection connection) {
    this.connection = connection;
  }

  /** Writes what is known of functions anew; the caller has begun a transaction. */
  void rewrite(Collection<FunctionScope> functions) throws SQLException {
    if (functions.isEmpty()) {
      return;
    }
    delete("store/delete_live_periods", functions);
    delete("store/delete_function_states", functions);
    if (functions.size() > FEW) {
      write(FunctionScope.ALL, functions::contains);
    } else {
      for (FunctionScope one : functions) {
        write(one, own -> true);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(Queries.text("store/delete_stale_findings"));
      statement.execute(Queries.text("store/delete_stale_judgements"));
    }
  }

  /** Writes what is known of all functions; the caller has begun a transaction. */
  void write() throws SQLException {
    write(FunctionScope.ALL, all -> true);
  }

  private void delete(String query, Collection<FunctionScope> functions) throws SQLException {
    List<Function<FunctionScope, @Nullable String>> columns =
        List.of(FunctionScope::account, FunctionScope::region, FunctionScope::function);
    try (PreparedStatement statement = connection.prepareStatement(Queries.text(query))) {
      for (int i = 0; i < columns.size(); i++) {
        Object[] values = functions.stream().map(columns.get(i)).toArray();
        statement.setArray(i + 1, connection.createArrayOf("VARCHAR", values));
      }
      statement.executeUpdate();
    }
  }

  private void write(FunctionScope scope, Predicate<FunctionScope> isWritten) throws SQLException {
    StoredHistories histories = new StoredHistories(connection);
    Map<Long, Long> fingerprints = histories.fingerprints(scope, Set.of());
    DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender periods = duckdb.createAppender("main", "live_period");
        DuckDBAppender states = duckdb.createAppender("main", "function_state")) {
      for (FunctionHistory history : histories.functions(scope)) {
        if (isWritten.test(
            new FunctionScope(history.account, history.region, history.function, null))) {
          append(periods, states, history, fingerprints);
        }
      }
    }
    histories.forget();
  }

  private static void append(
      DuckDBAppender periods,
      DuckDBAppender states,
      FunctionHistory history,
      Map<Long, Long> fingerprints)
      throws SQLException {
    for (LivePeriodRow row : LivePeriodRow.of(history.outline())) {
      append(periods, row);
    }
    states.beginRow();
    states.append(history.account);
    states.append(history.region);
    states.append(history.function);
    states.appendEpochMicros(history.nowMicros());
    states.append(fingerprint(history, fingerprints));
    states.endRow();
  }

  private static long fingerprint(FunctionHistory history, Map<Long, Long> fingerprints) {
    StringBuilder all = new StringBuilder();
    for (StartRecord start : history.starts()) {
      all.append(start.id()).append(' ').append(fingerprints.get(start.id())).append('\n');
    }
    return Sha256.id(all.toString());
  }

  private static void append(DuckDBAppender row, LivePeriodRow period) throws SQLException {
    row.beginRow();
    row.append(period.account());
    row.append(period.region());
    row.append(period.function());
    row.append(period.track());
    row.append(period.deployment());
    row.appendEpochMicros(micros(period.beganAt()));
    row.appendEpochMicros(micros(period.lastAt()));
    row.append(period.coldStarts());
    row.append(period.main());
    row.append(period.live());
    row.append(period.newest());
    row.endRow();
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
