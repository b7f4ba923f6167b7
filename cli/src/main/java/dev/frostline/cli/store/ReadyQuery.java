package dev.frostline.cli.store;

import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.Times;
import dev.frostline.page.sql.RefusedException;
import dev.frostline.page.sql.SqlGate;
import dev.frostline.page.sql.Value;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL with named parameters, which it reads by {@code getvariable('name')}. */
public final class ReadyQuery {
  private final String sql;
  private final boolean isOurs;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private ReadyQuery(String sql, boolean isOurs) {
    this.sql = sql;
    this.isOurs = isOurs;
  }

  /** The query {@code queries/NAME.sql}. */
  public static ReadyQuery named(String name) {
    return new ReadyQuery(Queries.text(name), true);
  }

  /** A statement of the user, which has to pass the gate. */
  public static ReadyQuery of(String sql) {
    return new ReadyQuery(sql, false);
  }

  /**
   * Sets a parameter; an absent value leaves it unset. {@code since} and {@code until} are times as
   * people write them.
   */
  public ReadyQuery with(String name, @Nullable String value) {
    if (!name.matches("[a-z_]+")) {
      throw new Failure(Failure.USAGE, "No parameter name: " + name);
    }
    if (value != null) {
      boolean isTime = name.equals("since") || name.equals("until");
      parameters.put(name, isTime ? Times.parse(value, Instant.now()).toString() : value);
    }
    return this;
  }

  /** Runs it on a store that it can neither change nor leave. */
  public Grid run(Path store) {
    try (Store opened = Store.openReadOnly(store)) {
      bind(opened.connection());
      if (!isOurs) {
        opened.seal();
        new SqlGate(opened.connection()).check(sql);
      }
      return answer(opened.connection());
    } catch (RefusedException e) {
      throw new Failure(Failure.COULD_NOT, e.reason());
    } catch (SQLException e) {
      throw new Failure(
          Failure.COULD_NOT, String.valueOf(e.getMessage()).replaceAll("\\s*\\n\\s*", " "));
    }
  }

  private void bind(Connection connection) throws SQLException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      try (PreparedStatement set =
          connection.prepareStatement("SET VARIABLE " + parameter.getKey() + " = ?")) {
        set.setString(1, parameter.getValue());
        set.execute();
      }
    }
  }

  private Grid answer(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(sql)) {
      return grid(rows);
    }
  }

  private static Grid grid(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    Grid grid = new Grid(names);
    while (Value.next(rows)) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        row.add(Value.of(rows, i));
      }
      grid.add(row);
    }
    return grid;
  }
}
