package dev.frostline.report;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.Queries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the {@code report_*} queries for one week: their parameters are set once, here. */
final class WeekRows {
  /** Makes one value of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  WeekRows(Connection connection, Week week, PriceList prices) throws SQLException {
    this.connection = connection;
    set("since", week.monday().atStartOfDay());
    set("until", week.nextMonday().atStartOfDay());
    set("usd", prices.x86Usd());
    set("arm_usd", prices.armUsd());
  }

  <T> List<T> of(String query, Row<T> row) throws SQLException {
    return read(connection, query, row);
  }

  static <T> List<T> read(Connection connection, String query, Row<T> row) throws SQLException {
    List<T> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text(query))) {
      while (rows.next()) {
        answer.add(row.read(rows));
      }
    }
    return answer;
  }

  /** A number that may be absent: NaN then. */
  static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    Instant time = timeIfAny(row, column);
    if (time == null) {
      throw new SQLException("No time in column " + column);
    }
    return time;
  }

  static @Nullable Instant timeIfAny(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  static LocalDate day(ResultSet row, String column) throws SQLException {
    return LocalDate.ofInstant(time(row, column), ZoneOffset.UTC);
  }

  static FunctionId function(ResultSet row) throws SQLException {
    return new FunctionId(
        Objects.requireNonNull(row.getString("account")),
        Objects.requireNonNull(row.getString("region")),
        Objects.requireNonNull(row.getString("function")));
  }

  void set(String variable, Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }
}
