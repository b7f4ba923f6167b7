package dev.frostline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thins out the old days of a store: events and runs of warm requests of log streams that ended
 * before a day go, and the import timings of all but a sample of their cold starts. Cold starts,
 * findings and what was judged stay. All of it is one transaction; done again, it finds nothing.
 */
public final class Pruning {
  private static final List<String> STEPS =
      List.of("imports", "usage", "cold_starts", "warm_runs", "events");

  private final Connection connection;

  public Pruning(Store store) {
    this.connection = store.connection();
  }

  /**
   * What goes.
   *
   * @param days (UTC) that lose anything
   * @param coldStarts that lose their import timings
   * @param importTimings that go
   * @param logStreams that lose their events
   * @param bytes that become free, about; a store's file keeps its size and fills them again
   */
  public record Summary(
      long days, long coldStarts, long importTimings, long logStreams, long bytes) {
    /** Nothing at all. */
    public static final Summary NOTHING = new Summary(0, 0, 0, 0, 0);

    /** Both. */
    public Summary plus(Summary other) {
      return new Summary(
          days + other.days,
          coldStarts + other.coldStarts,
          importTimings + other.importTimings,
          logStreams + other.logStreams,
          bytes + other.bytes);
    }

    /** The same with other bytes. */
    public Summary freeing(long bytes) {
      return new Summary(days, coldStarts, importTimings, logStreams, isEmpty() ? 0 : bytes);
    }

    /** Whether there is nothing to prune. */
    public boolean isEmpty() {
      return days == 0;
    }
  }

  /** What would go. */
  public Summary plan(LocalDate before, int dailyStarts) {
    try {
      return planned(before, dailyStarts);
    } catch (SQLException e) {
      throw failure(before, e);
    }
  }

  /**
   * Takes it away.
   *
   * @param before the first day (UTC) that stays as it is
   * @param dailyStarts cold starts of each day, deployment and configuration that keep their import
   *     timings
   */
  public Summary prune(LocalDate before, int dailyStarts) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      try {
        Summary summary = planned(before, dailyStarts);
        for (String step : STEPS) {
          statement.execute(Queries.text("prune/" + step));
        }
        statement.execute("COMMIT");
        return summary;
      } catch (SQLException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      throw failure(before, e);
    }
  }

  private Summary planned(LocalDate before, int dailyStarts) throws SQLException {
    set("before", before.toString());
    set("starts", dailyStarts);
    try (Statement statement = connection.createStatement()) {
      statement.execute(Queries.text("prune/streams"));
      statement.execute(Queries.text("prune/starts"));
      try (ResultSet row = statement.executeQuery(Queries.text("prune/summary"))) {
        row.next();
        return new Summary(
            row.getLong("days"),
            row.getLong("cold_starts"),
            row.getLong("import_timings"),
            row.getLong("log_streams"),
            row.getLong("bytes"));
      }
    }
  }

  private void set(String variable, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }

  private static StoreException failure(LocalDate before, SQLException e) {
    return new StoreException(
        "Cannot prune the days before " + before + ": " + Store.firstLine(e), e);
  }
}
