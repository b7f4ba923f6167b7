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

  /** Writes the periods of functions that have none yet. */
  void write(FunctionScope scope) throws SQLException {
    StoredHistories histories = new StoredHistories(connection);
    Map<Long, Long> fingerprints = histories.fingerprints(scope, Set.of());
    try (PreparedStatement period =
            connection.prepareStatement(Queries.text("store/add_live_period"));
        PreparedStatement state =
            connection.prepareStatement(Queries.text("store/add_function_state"))) {
      for (FunctionHistory history : histories.functions(scope)) {
        for (int i = 0; i < history.periods.size(); i++) {
          set(period, history, i);
          period.executeUpdate();
        }
        state.setString(1, history.account);
        state.setString(2, history.region);
        state.setString(3, history.function);
        state.setLong(4, history.nowMicros());
        state.setLong(5, fingerprint(history, fingerprints));
        state.executeUpdate();
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

  private static void set(PreparedStatement row, FunctionHistory history, int position)
      throws SQLException {
    LivePeriod<StartRecord> period = history.periods.get(position);
    Track track = period.track();
    boolean isMain = track == history.mainTrack();
    row.setString(1, history.account);
    row.setString(2, history.region);
    row.setString(3, history.function);
    row.setString(4, track.word());
    row.setString(5, period.deployment());
    row.setLong(6, period.beganMicros());
    row.setLong(7, period.lastMicros());
    row.setLong(8, period.starts().size());
    row.setBoolean(9, isMain);
    row.setBoolean(10, history.isLive(position));
    row.setBoolean(11, isMain && history.live(track) == position);
  }
}
