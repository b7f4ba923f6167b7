package dev.frostline.page.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One value of an answer in Java, of whatever type DuckDB gives it. */
public final class Value {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Value() {}

  /**
   * The value in a column of the current row: bytes as hex digits, lists and structs as DuckDB
   * writes them, all else as the driver gives it.
   *
   * @throws SQLException when Java has no such value, as for {@code TIME '24:00:00'}
   */
  public static @Nullable Object of(ResultSet rows, int column) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    try {
      return switch (columns.getColumnType(column)) {
        case Types.BLOB -> hex(rows.getBytes(column));
        case Types.ARRAY, Types.STRUCT -> rows.getString(column);
        default -> rows.getObject(column);
      };
    } catch (SQLException | RuntimeException e) { // the driver's conversions throw what they like
      throw new SQLException(
          "The column "
              + columns.getColumnLabel(column)
              + " holds a "
              + columns.getColumnTypeName(column)
              + " that cannot be shown as it is. Cast it to text: value::VARCHAR",
          e);
    }
  }

  /**
   * Goes to the next row, if there is one. The driver makes Java's values of lists and the like
   * here already.
   */
  public static boolean next(ResultSet rows) throws SQLException {
    try {
      return rows.next();
    } catch (RuntimeException e) {
      throw new SQLException(
          "A column holds what cannot be shown as it is. Cast it to text: value::VARCHAR", e);
    }
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HEX.formatHex(bytes);
  }
}
