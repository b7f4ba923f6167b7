package dev.frostline.store;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.timeline.LivePeriod;
import dev.frostline.verdict.timeline.Track;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the tables of live periods and of the state of functions: what the judge means by a
 * deployment, its newest one and what is live, for every query to join, and whether anything of a
 * function has changed.
 */
final class LivePeriods {
  private final Connection connection;

  LivePeriods(Connection connection) {
    this.connection = connection;
  }

  /** Writes the periods of one function anew. */
  void rewrite(FunctionScope function) throws SQLException {
    for (String query : List.of("store/delete_live_periods", "store/delete_function_states")) {
      try (PreparedStatement statement = connection.prepareStatement(Queries.text(query))) {
        statement.setString(1, function.account());
        statement.setString(2, function.region());
        statement.setString(3, function.function());
        statement.executeUpdate();
      }
    }
    write(function);
  }

  /** Writes the periods of functions that have none yet; the caller has begun a transaction. */
  void write(FunctionScope scope) throws SQLException {
    StoredHistories histories = new StoredHistories(connection);
    Map<Long, Long> fingerprints = histories.fingerprints(scope, Set.of());
    DuckDBConnection duckdb = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender periods = duckdb.createAppender("main", "live_period");
        DuckDBAppender states = duckdb.createAppender("main", "function_state")) {
      for (FunctionHistory history : histories.functions(scope)) {
        for (int i = 0; i < history.periods.size(); i++) {
          append(periods, history, i);
        }
        states.beginRow();
        states.append(history.account);
        states.append(history.region);
        states.append(history.function);
        states.appendEpochMicros(history.nowMicros());
        states.append(fingerprint(history, fingerprints));
        states.endRow();
      }
    }
    histories.forget();
  }

  private static long fingerprint(FunctionHistory history, Map<Long, Long> fingerprints) {
    StringBuilder all = new StringBuilder();
    for (StartRecord start : history.starts()) {
      all.append(start.id()).append(' ').append(fingerprints.get(start.id())).append('\n');
    }
    return Sha256.id(all.toString());
  }

  private static void append(DuckDBAppender row, FunctionHistory history, int position)
      throws SQLException {
    LivePeriod<StartRecord> period = history.periods.get(position);
    Track track = period.track();
    boolean isMain = track == history.mainTrack();
    row.beginRow();
    row.append(history.account);
    row.append(history.region);
    row.append(history.function);
    row.append(track.word());
    row.append(period.deployment());
    row.appendEpochMicros(period.beganMicros());
    row.appendEpochMicros(period.lastMicros());
    row.append((long) period.starts().size());
    row.append(isMain);
    row.append(history.isLive(position));
    row.append(isMain && history.live(track) == position);
    row.endRow();
  }
}
