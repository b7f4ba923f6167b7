package dev.frostline.policy;

import dev.frostline.store.Queries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The acknowledgements of a store. */
public final class Acknowledgements {
  private final Connection connection;

  public Acknowledgements(Connection connection) {
    this.connection = connection;
  }

  /** All of them, those that no longer hold too. */
  public List<Acknowledgement> all() throws SQLException {
    List<Acknowledgement> all = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET VARIABLE function");
      try (ResultSet row = statement.executeQuery(Queries.text("acknowledgements"))) {
        while (row.next()) {
          all.add(
              new Acknowledgement(
                  row.getString("function"),
                  row.getString("before"),
                  row.getString("after"),
                  row.getString("reason"),
                  row.getString("given_by"),
                  row.getObject("given_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                  row.getObject("until", LocalDate.class)));
        }
      }
    }
    return all;
  }

  /** Adds one, in place of an earlier one for the same finding. */
  public void add(Acknowledgement one) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/add_acknowledgement"))) {
      statement.setString(1, one.function());
      statement.setString(2, one.before());
      statement.setString(3, one.after());
      statement.setString(4, one.reason());
      statement.setString(5, one.givenBy());
      statement.setObject(6, LocalDateTime.ofInstant(one.givenAt(), ZoneOffset.UTC));
      statement.setObject(7, one.until());
      statement.execute();
    }
  }

  /** Takes one back; false when there is none for this finding. */
  public boolean remove(String function, String before, String after) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/remove_acknowledgement"))) {
      statement.setString(1, function);
      statement.setString(2, before);
      statement.setString(3, after);
      return statement.executeUpdate() > 0;
    }
  }
}
