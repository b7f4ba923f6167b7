package dev.frostline.policy;

import dev.frostline.store.NamedQuery;
import dev.frostline.store.Queries;
import dev.frostline.verdict.statistics.Interval;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The promises of a store. */
public final class Promises {
  private final Connection connection;

  public Promises(Connection connection) {
    this.connection = connection;
  }

  /** All of them, the first one first. */
  public List<Promise> all() throws SQLException {
    return of(null, null, null);
  }

  /** Those of a function, or of an account or Region; null for any. */
  public List<Promise> of(
      @Nullable String account, @Nullable String region, @Nullable String function)
      throws SQLException {
    return NamedQuery.of("promises")
        .with("function", function)
        .with("account", account)
        .with("region", region)
        .rows(connection, Promises::read);
  }

  private static Promise read(ResultSet row) throws SQLException {
    double usd = row.getDouble("usd_per_month");
    boolean isPriced = !row.wasNull();
    return new Promise(
        row.getLong("promise_id"),
        row.getString("account"),
        row.getString("region"),
        row.getString("function"),
        row.getString("change"),
        row.getString("deployment"),
        new Interval(
            row.getDouble("measured_ms"),
            row.getDouble("measured_low_ms"),
            row.getDouble("measured_high_ms")),
        row.getDouble("scale"),
        isPriced ? usd : Double.NaN,
        row.getString("given_by"),
        row.getObject("given_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }

  /** Adds one under the next number. */
  public void add(Promise one) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/add_promise"))) {
      statement.setString(1, one.account());
      statement.setString(2, one.region());
      statement.setString(3, one.function());
      statement.setString(4, one.change());
      statement.setString(5, one.deployment());
      statement.setDouble(6, one.measuredMs().estimate());
      statement.setDouble(7, one.measuredMs().low());
      statement.setDouble(8, one.measuredMs().high());
      statement.setDouble(9, one.scale());
      statement.setObject(10, Double.isNaN(one.usdPerMonth()) ? null : one.usdPerMonth());
      statement.setString(11, one.givenBy());
      statement.setObject(12, LocalDateTime.ofInstant(one.givenAt(), ZoneOffset.UTC));
      statement.execute();
    }
  }

  /** Strikes one out; false when there is none of that number. */
  public boolean remove(long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/remove_promise"))) {
      statement.setLong(1, id);
      return statement.executeUpdate() > 0;
    }
  }
}
