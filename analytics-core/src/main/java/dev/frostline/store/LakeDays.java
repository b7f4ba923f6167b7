package dev.frostline.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The days (UTC) of a store's cold starts, and which of them a lake holds as they are. */
public final class LakeDays {
  private final Connection connection;
  private final String lake;

  /**
   * The days of a store for one lake.
   *
   * @param lake its name: a store may feed several
   */
  public LakeDays(Store store, String lake) {
    this.connection = store.connection();
    this.lake = lake;
  }

  /**
   * A day.
   *
   * @param fingerprint of its rows; absent when it has none any more
   * @param lost whether it was written, and its files are gone
   */
  public record Day(LocalDate date, @Nullable String fingerprint, boolean lost) {
    /** Whether the store has nothing of that day. */
    public boolean isEmpty() {
      return fingerprint == null;
    }
  }

  /**
   * Days whose rows are not as the lake holds them, the latest first.
   *
   * @param held files of the lake
   * @param all the others too
   */
  public List<Day> changed(List<String> held, boolean all) {
    List<Day> days = new ArrayList<>();
    try (PreparedStatement query = statement("lake/changed_days")) {
      query.setArray(1, connection.createArrayOf("VARCHAR", held.toArray()));
      query.setString(2, lake);
      query.setBoolean(3, all);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          days.add(
              new Day(rows.getObject(1, LocalDate.class), rows.getString(2), rows.getBoolean(3)));
        }
      }
      return days;
    } catch (SQLException e) {
      throw failure("read the days of the store", e);
    }
  }

  /**
   * Writes a day's rows of a table as Parquet: the same rows give the same bytes.
   *
   * @param table cold_start, import_timing or log_stream
   * @return how many rows
   */
  public long export(String table, Day day, Path file) {
    try (PreparedStatement copy = statement("lake/" + table)) {
      copy.setObject(1, day.date());
      copy.setString(2, file.toString());
      return copy.executeUpdate();
    } catch (SQLException e) {
      throw failure("write " + table + " of " + day.date(), e);
    }
  }

  /**
   * Writes a table that is no matter of days as Parquet: the same rows give the same bytes.
   *
   * @param table live_period or finding
   */
  public void export(String table, Path file) {
    try (PreparedStatement copy = statement("lake/" + table)) {
      copy.setString(1, file.toString());
      copy.execute();
    } catch (SQLException e) {
      throw failure("write " + table, e);
    }
  }

  /** Notes that the lake holds a day as it is now. */
  public void note(Day day) {
    try (PreparedStatement note = statement("lake/note_day")) {
      note.setString(1, lake);
      note.setObject(2, day.date());
      note.setString(3, day.fingerprint());
      note.executeUpdate();
    } catch (SQLException e) {
      throw failure("note that " + day.date() + " is written", e);
    }
  }

  private PreparedStatement statement(String query) throws SQLException {
    return connection.prepareStatement(Queries.text(query));
  }

  private StoreException failure(String what, SQLException e) {
    return new StoreException(
        "Cannot " + what + " for the lake " + lake + ": " + Store.firstLine(e), e);
  }
}
