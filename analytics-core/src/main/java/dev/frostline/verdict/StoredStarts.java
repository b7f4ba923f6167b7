package dev.frostline.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads cold starts and their imports from a store, a share of the functions at a time so that
 * memory stays bounded.
 */
final class StoredStarts {
  /** Import timings held at once: about 24 bytes each. */
  private static final long TIMINGS_AT_ONCE = 12_000_000;

  private final Connection connection;
  private final Map<Long, StoredStart> byId = new HashMap<>();
  private final Map<Long, String> nameOfKey = new HashMap<>();

  /** Every countable cold start, by account, region, function, then time. */
  final List<StoredStart> all = new ArrayList<>();

  StoredStarts(Connection connection, Query query) throws SQLException {
    this.connection = connection;
    set("function", query.function());
    set("since", time(query.since()));
    set("until", time(query.until()));
    readStarts();
  }

  /** Into how many shares the functions are divided. */
  int shares() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text("verdict_size"))) {
      rows.next();
      return (int) (1 + rows.getLong(1) / TIMINGS_AT_ONCE);
    }
  }

  /**
   * Gives the cold starts of one share their imports; only deployments with enough starts to be
   * compared get any.
   */
  void readTimings(int share, int shares, int least) throws SQLException {
    set("share", (long) share);
    set("shares", (long) shares);
    set("least", (long) least);
    if (nameOfKey.isEmpty()) {
      readNames();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text("verdict_timings"))) {
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

  /**
   * The share a function belongs to: functions are dealt out by their place in the order of all.
   */
  int shareOf(StoredStart start, int shares) {
    return Math.floorMod(start.functionKey, shares);
  }

  String name(long key) {
    return nameOfKey.getOrDefault(key, "?");
  }

  private void readStarts() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text("verdict_starts"))) {
      while (rows.next()) {
        StoredStart start = StoredStart.read(rows);
        all.add(start);
        byId.put(start.id, start);
      }
    }
  }

  private void readNames() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text("verdict_names"))) {
      while (rows.next()) {
        nameOfKey.put(rows.getLong(1), rows.getString(2));
      }
    }
  }

  private void set(String variable, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }

  private static java.sql.@Nullable Timestamp time(@Nullable Instant instant) {
    return instant == null ? null : java.sql.Timestamp.from(instant);
  }

  private static String text(String name) {
    try (InputStream in = StoredStarts.class.getResourceAsStream("/queries/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("No query named " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
