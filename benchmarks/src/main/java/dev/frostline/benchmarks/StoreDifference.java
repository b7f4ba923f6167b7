package dev.frostline.benchmarks;

import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * What tells two stores apart, the ledger of how they came about aside.
 *
 * @param rows of the expected one
 * @param lost rows that only the expected one has
 * @param doubled rows that only the other has
 * @param sameBytes whether sorted exports of both are equal to the byte
 */
record StoreDifference(long rows, long lost, long doubled, boolean sameBytes) {
  private static final Map<String, String> ORDER =
      Map.of(
          "log_stream", "stream_id",
          "cold_start", "cold_start_id",
          "import_timing", "cold_start_id, seq");

  boolean isEmpty() {
    return lost == 0 && doubled == 0 && sameBytes;
  }

  static StoreDifference between(Path expected, Path actual, Path folder)
      throws SQLException, IOException {
    StoreDifference sum = new StoreDifference(0, 0, 0, true);
    try (Store store = Store.open(actual);
        Statement sql = store.connection().createStatement()) {
      sql.execute("ATTACH '" + expected + "' AS expected (READ_ONLY)");
      for (String table : ORDER.keySet()) {
        sum = sum.plus(between(sql, table, folder));
      }
    }
    return sum;
  }

  private static StoreDifference between(Statement sql, String table, Path folder)
      throws SQLException, IOException {
    String name = store(sql);
    List<Path> exports = List.of(folder.resolve("expected.csv"), folder.resolve("actual.csv"));
    export(sql, "expected.main." + table, table, exports.get(0));
    export(sql, name + ".main." + table, table, exports.get(1));
    return new StoreDifference(
        number(sql, "SELECT count(*) FROM expected.main." + table),
        only(sql, "expected.main." + table, name + ".main." + table),
        only(sql, name + ".main." + table, "expected.main." + table),
        Files.mismatch(exports.get(0), exports.get(1)) < 0);
  }

  private static String store(Statement sql) throws SQLException {
    try (ResultSet row = sql.executeQuery("SELECT current_database()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void export(Statement sql, String from, String table, Path file)
      throws SQLException {
    sql.execute(
        "COPY (FROM "
            + from
            + " ORDER BY "
            + ORDER.get(table)
            + ") TO '"
            + file
            + "' (FORMAT csv)");
  }

  private static long only(Statement sql, String in, String notIn) throws SQLException {
    return number(sql, "SELECT count(*) FROM (FROM " + in + " EXCEPT ALL FROM " + notIn + ")");
  }

  private static long number(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private StoreDifference plus(StoreDifference other) {
    return new StoreDifference(
        rows + other.rows,
        lost + other.lost,
        doubled + other.doubled,
        sameBytes && other.sameBytes);
  }
}
