package dev.frostline.store;

import dev.frostline.verdict.history.FunctionScope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The days that a store took from a lake: their rows, and what was taken in on them. Events alone
 * are missing, so that no logs can be taken into it besides.
 */
public final class TakenDays {
  /** The tables of a lake, in the order in which they are forgotten. */
  public static final List<String> TABLES =
      List.of(
          "import_timing",
          "module_usage",
          "cold_start",
          "log_stream",
          "ingest_reject",
          "ingest_ledger");

  private final Connection connection;
  private final String lake;

  /**
   * @param lake its name
   */
  public TakenDays(Store store, String lake) {
    this.connection = store.connection();
    this.lake = lake;
  }

  /** The days that were taken with the tag of each. */
  public SortedMap<LocalDate, String> tags() {
    SortedMap<LocalDate, String> tags = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(Queries.text("lake/taken_days"))) {
      query.setString(1, lake);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tags.put(rows.getObject(1, LocalDate.class), rows.getString(2));
        }
      }
      return tags;
    } catch (SQLException e) {
      throw failure("read which days were taken", e);
    }
  }

  /**
   * Takes a day in place of what was taken of it before, all at once.
   *
   * @param tag says which state of the day it is; null where the lake has none of it any more
   * @param files one Parquet file a table; a table that has no rows of that day has none
   */
  public void take(LocalDate day, @Nullable String tag, Map<String, Path> files) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      try {
        Set<FunctionScope> functions = functions(day);
        for (String table : TABLES) {
          run("lake/forget_" + table, day);
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
          run("lake/take_" + file.getKey(), file.getValue().toString());
        }
        functions.addAll(functions(day));
        new LivePeriods(connection).rewrite(functions);
        run("lake/note_day", lake, day, tag);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      throw failure("take " + day, e);
    }
  }

  private Set<FunctionScope> functions(LocalDate day) throws SQLException {
    Set<FunctionScope> functions = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("lake/functions_of_day"))) {
      query.setObject(1, day);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          functions.add(
              new FunctionScope(row.getString(1), row.getString(2), row.getString(3), null));
        }
      }
    }
    return functions;
  }

  private void run(String query, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Queries.text(query))) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  private StoreException failure(String what, SQLException e) {
    return new StoreException(
        "Cannot " + what + " from the lake " + lake + ": " + Store.firstLine(e), e);
  }
}
