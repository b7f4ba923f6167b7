package dev.frostline.store;

import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.timeline.LivePeriod;
import dev.frostline.verdict.timeline.Track;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Keeps the table of live periods: what the judge means by a deployment, its newest one and what is
 * live, for every query to join.
 */
final class LivePeriods {
  private final Connection connection;

  LivePeriods(Connection connection) {
    this.connection = connection;
  }

  /** Writes the periods of one function anew. */
  void rewrite(String account, String region, String function) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/delete_live_periods"))) {
      statement.setString(1, account);
      statement.setString(2, region);
      statement.setString(3, function);
      statement.executeUpdate();
    }
    write(new FunctionScope(account, region, function, null));
  }

  /** Writes the periods of functions that have none yet. */
  void write(FunctionScope scope) throws SQLException {
    for (FunctionHistory history : new StoredHistories(connection).functions(scope)) {
      try (PreparedStatement row =
          connection.prepareStatement(Queries.text("store/add_live_period"))) {
        for (int i = 0; i < history.periods.size(); i++) {
          set(row, history, i);
          row.executeUpdate();
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String variable : List.of("account", "region", "function", "until_us")) {
        statement.execute("RESET VARIABLE " + variable); // the next query has its own
      }
    }
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
