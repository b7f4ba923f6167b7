package dev.frostline.verdict.history;

import dev.frostline.store.Queries;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads cold starts from a store, and the imports of those that are asked for: a few functions at a
 * time, so that memory stays bounded.
 */
public final class StoredStarts {
  private final Connection connection;
  private final Map<Long, String> nameOfKey = new HashMap<>();

  /** Every countable cold start, by account, region, function, then time. */
  public final List<StoredStart> all = new ArrayList<>();

  public StoredStarts(
      Connection connection,
      @Nullable String account,
      @Nullable String region,
      @Nullable String function,
      @Nullable Instant until)
      throws SQLException {
    this.connection = connection;
    set("account", account);
    set("region", region);
    set("function", function);
    set("until_us", micros(until));
    readStarts();
  }

  /** Gives these cold starts their imports. */
  public void readTimings(List<StoredStart> wanted) throws SQLException {
    Map<Long, StoredStart> byId = new HashMap<>(2 * wanted.size());
    wanted.forEach(start -> byId.put(start.id, start));
    set("cold_starts", wanted);
    if (nameOfKey.isEmpty()) {
      readNames();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text("verdict/timings"))) {
      @Nullable StoredStart start = null;
      while (rows.next()) {
        long id = rows.getLong(1);
        if (start == null || start.id != id) {
          start = byId.get(id);
        }
        if (start != null) {
          start.add(
              rows.getInt(2), rows.getInt(3), rows.getLong(4), rows.getLong(5), rows.getBoolean(6));
        }
      }
    }
  }

  /** Tells each cold start from what it was in another state of the store. */
  public void readFingerprints() throws SQLException {
    Map<Long, StoredStart> byId = new HashMap<>(2 * all.size());
    all.forEach(start -> byId.put(start.id, start));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text("verdict/fingerprints"))) {
      while (rows.next()) {
        StoredStart start = byId.get(rows.getLong(1));
        if (start != null) {
          start.fingerprint = rows.getLong(2);
        }
      }
    }
  }

  String name(long key) {
    return nameOfKey.getOrDefault(key, "?");
  }

  private void readStarts() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text("verdict/starts"))) {
      while (rows.next()) {
        all.add(StoredStart.read(rows));
      }
    }
  }

  private void readNames() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Queries.text("verdict/names"))) {
      while (rows.next()) {
        nameOfKey.put(rows.getLong(1), rows.getString(2));
      }
    }
  }

  private void set(String variable, List<StoredStart> wanted) throws SQLException {
    Object[] ids = wanted.stream().map(start -> (Object) start.id).toArray();
    Array array = connection.createArrayOf("BIGINT", ids);
    set(variable, array);
  }

  private void set(String variable, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }

  /** Times are bound as numbers: a driver would read them in the time zone of this machine. */
  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
