package dev.frostline.policy;

import dev.frostline.store.NamedQuery;
import dev.frostline.store.Queries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The acknowledgements of a store. */
public final class Acknowledgements {
  private final Connection connection;

  public Acknowledgements(Connection connection) {
    this.connection = connection;
  }

  /** All of them, those that no longer hold too. */
  public List<Acknowledgement> all() throws SQLException {
    return NamedQuery.of("acknowledgements")
        .with("function", null)
        .with("account", null)
        .with("region", null)
        .rows(connection, Acknowledgements::read);
  }

  private static Acknowledgement read(ResultSet row) throws SQLException {
    return new Acknowledgement(
        row.getString("account"),
        row.getString("region"),
        row.getString("function"),
        row.getString("before"),
        row.getString("after"),
        row.getString("reason"),
        row.getString("given_by"),
        row.getObject("given_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
        row.getObject("until", LocalDate.class));
  }

  /** Adds one, in place of an earlier one for the same finding. */
  public void add(Acknowledgement one) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/add_acknowledgement"))) {
      statement.setString(1, one.account());
      statement.setString(2, one.region());
      statement.setString(3, one.function());
      statement.setString(4, one.before());
      statement.setString(5, one.after());
      statement.setString(6, one.reason());
      statement.setString(7, one.givenBy());
      statement.setObject(8, LocalDateTime.ofInstant(one.givenAt(), ZoneOffset.UTC));
      statement.setObject(9, one.until());
      statement.execute();
    }
  }

  /**
   * Makes these the only ones.
   *
   * @return whether they were not
   */
  public boolean replace(List<Acknowledgement> wanted) throws SQLException {
    List<Acknowledgement> known = all();
    List<Acknowledgement> gone = known.stream().filter(one -> !wanted.contains(one)).toList();
    List<Acknowledgement> fresh = wanted.stream().filter(one -> !known.contains(one)).toList();
    for (Acknowledgement one : gone) {
      remove(one.account(), one.region(), one.function(), one.before(), one.after());
    }
    for (Acknowledgement one : fresh) {
      add(one);
    }
    return !gone.isEmpty() || !fresh.isEmpty();
  }

  /** Takes one back; false when there is none for this finding. */
  public boolean remove(String account, String region, String function, String before, String after)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/remove_acknowledgement"))) {
      statement.setString(1, account);
      statement.setString(2, region);
      statement.setString(3, function);
      statement.setString(4, before);
      statement.setString(5, after);
      return statement.executeUpdate() > 0;
    }
  }
}
