package dev.frostline.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file of {@code queries} with its parameters, which it reads by {@code getvariable}. */
public final class NamedQuery {
  /** Makes one value of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final String name;
  private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();

  private NamedQuery(String name) {
    this.name = name;
  }

  /** The query {@code queries/NAME.sql}. */
  public static NamedQuery of(String name) {
    return new NamedQuery(name);
  }

  /** Binds a parameter; null unsets what an earlier query of the connection may have set. */
  public NamedQuery with(String parameter, @Nullable Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** All rows of the answer, in its order. */
  public <T> List<T> rows(Connection connection, Row<T> row) throws SQLException {
    bind(connection);
    List<T> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text(name))) {
      while (rows.next()) {
        answer.add(row.read(rows));
      }
    }
    return answer;
  }

  /**
   * Runs a query that writes a file, which no opened store may do: the store is attached, read
   * only, to a database of its own.
   */
  public void copy(Path store) throws SQLException {
    Store.openReadOnly(store).close();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement attach = connection.prepareStatement("ATTACH ? AS store (READ_ONLY)");
        Statement statement = connection.createStatement()) {
      attach.setString(1, store.toString());
      attach.execute();
      statement.execute("USE store");
      statement.execute("SET TimeZone = 'UTC'");
      bind(connection);
      statement.execute(Queries.text(name));
    }
  }

  private void bind(Connection connection) throws SQLException {
    for (Map.Entry<String, @Nullable Object> parameter : parameters.entrySet()) {
      try (PreparedStatement set =
          connection.prepareStatement("SET VARIABLE " + parameter.getKey() + " = ?")) {
        set.setObject(1, parameter.getValue());
        set.execute();
      }
    }
  }
}
