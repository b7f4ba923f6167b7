package dev.frostline.page.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows under column names.
 *
 * @param rows each as long as columns; cells are numbers, truth values, text or absent
 * @param cut whether there were more rows than could be taken
 */
public record Answer(List<String> columns, List<List<@Nullable Object>> rows, boolean cut) {
  /** How times are written, UTC: {@code 2026-10-05 08:00:00.125}. */
  public static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  public Answer {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  /** All rows of a query, until either limit is reached. */
  public static Answer of(ResultSet rows, int mostRows, long mostCharacters) throws SQLException {
    ResultSetMetaData names = rows.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= names.getColumnCount(); i++) {
      columns.add(names.getColumnLabel(i));
    }
    List<List<@Nullable Object>> taken = new ArrayList<>();
    long characters = 0;
    while (Value.next(rows)) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        Object cell = plain(value(rows, i, names.getColumnType(i)));
        characters += cell == null ? 1 : cell.toString().length() + 1;
        row.add(cell);
      }
      if (taken.size() == mostRows || characters > mostCharacters) {
        return new Answer(columns, taken, true);
      }
      taken.add(row);
    }
    return new Answer(columns, taken, false);
  }

  /** The rows by column name, in order; absent cells are absent. */
  public List<Map<String, Object>> named() {
    List<Map<String, Object>> named = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Map<String, Object> cells = new HashMap<>();
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.get(i);
        if (cell != null) {
          cells.put(columns.get(i), cell);
        }
      }
      named.add(cells);
    }
    return named;
  }

  private static @Nullable Object value(ResultSet rows, int column, int type) throws SQLException {
    if (type != Types.TIMESTAMP) {
      return Value.of(rows, column);
    }
    LocalDateTime time = rows.getObject(column, LocalDateTime.class);
    return time == null ? null : TIME.format(time);
  }

  private static @Nullable Object plain(@Nullable Object cell) {
    if (cell instanceof Double value && !Double.isFinite(value)) {
      return null;
    }
    boolean isPlain =
        cell == null
            || cell instanceof Boolean
            || cell instanceof Long
            || cell instanceof Integer
            || cell instanceof Short
            || cell instanceof Byte
            || cell instanceof Double
            || cell instanceof Float
            || cell instanceof BigInteger
            || cell instanceof BigDecimal;
    return isPlain ? cell : String.valueOf(cell);
  }
}
