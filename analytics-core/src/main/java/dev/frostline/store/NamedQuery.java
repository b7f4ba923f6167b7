package dev.frostline.store;

import java.sql.Connection;
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
    for (Map.Entry<String, @Nullable Object> parameter : parameters.entrySet()) {
      try (PreparedStatement set =
          connection.prepareStatement("SET VARIABLE " + parameter.getKey() + " = ?")) {
        set.setObject(1, parameter.getValue());
        set.execute();
      }
    }
    List<T> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text(name))) {
      while (rows.next()) {
        answer.add(row.read(rows));
      }
    }
    return answer;
  }
}
