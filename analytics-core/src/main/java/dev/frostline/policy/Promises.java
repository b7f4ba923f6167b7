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

  /** Adds one under its number, or the next one where it has none. */
  public void add(Promise one) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(Queries.text("store/add_promise"))) {
      statement.setLong(1, one.id());
      statement.setString(2, one.account());
      statement.setString(3, one.region());
      statement.setString(4, one.function());
      statement.setString(5, one.change());
      statement.setString(6, one.deployment());
      statement.setDouble(7, one.measuredMs().estimate());
      statement.setDouble(8, one.measuredMs().low());
      statement.setDouble(9, one.measuredMs().high());
      statement.setDouble(10, one.scale());
      statement.setObject(11, Double.isNaN(one.usdPerMonth()) ? null : one.usdPerMonth());
      statement.setString(12, one.givenBy());
      statement.setObject(13, LocalDateTime.ofInstant(one.givenAt(), ZoneOffset.UTC));
      statement.execute();
    }
  }

  /** Makes these the only ones, each under its number. */
  public void replace(List<Promise> wanted) throws SQLException {
    List<Promise> known = all();
    for (Promise one : known) {
      if (!wanted.contains(one)) {
        remove(one.id());
      }
    }
    for (Promise one : wanted) {
      if (!known.contains(one)) {
        add(one);
      }
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
