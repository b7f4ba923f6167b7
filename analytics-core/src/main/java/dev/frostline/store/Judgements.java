package dev.frostline.store;

import dev.frostline.verdict.Answer;
import dev.frostline.verdict.FindingRow;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.history.FunctionOutline;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.statistics.Thresholds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was judged: the comparisons of each function for whoever asks next, and the findings
 * for SQL. Both are made from the cold starts, and may be lost without harm.
 */
final class Judgements {
  private final Connection connection;

  Judgements(Connection connection) {
    this.connection = connection;
  }

  /**
   * Judges what has changed, and keeps it; nothing where more functions have changed.
   *
   * @return whether all is judged now
   */
  boolean update(Instant now, int most) throws SQLException {
    long unjudged = unjudged();
    if (unjudged == 0 || unjudged > most) {
      return unjudged == 0;
    }
    Judge.Judged judged =
        new Judge(Thresholds.DEFAULT).judged(new StoredHistories(connection), FunctionScope.ALL);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      try {
        keep(judged.fresh());
        keep(judged.answer(), now);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    }
    return true;
  }

  private long unjudged() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("store/unjudged_functions"))) {
      query.setString(1, JudgeVersion.CURRENT);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void keep(List<JudgedFunction> functions) throws SQLException {
    Map<FunctionScope, Long> fingerprints = fingerprints();
    RecordCodec codec = new RecordCodec();
    try (PreparedStatement delete =
        connection.prepareStatement(Queries.text("store/delete_judgement"))) {
      for (JudgedFunction function : functions) {
        FunctionScope name = function.outline().scope();
        delete.setString(1, name.account());
        delete.setString(2, name.region());
        delete.setString(3, name.function());
        delete.executeUpdate();
      }
    }
    try (DuckDBAppender row = appender("judgement")) {
      for (JudgedFunction function : functions) {
        FunctionOutline outline = function.outline();
        Long fingerprint = fingerprints.get(outline.scope());
        if (fingerprint != null) {
          row.beginRow();
          row.append(outline.account());
          row.append(outline.region());
          row.append(outline.function());
          row.append(fingerprint.longValue());
          row.append(JudgeVersion.CURRENT);
          row.append(codec.bytes(function));
          row.endRow();
        }
      }
    }
  }

  private DuckDBAppender appender(String table) throws SQLException {
    return connection.unwrap(DuckDBConnection.class).createAppender("main", table);
  }

  private Map<FunctionScope, Long> fingerprints() throws SQLException {
    Map<FunctionScope, Long> fingerprints = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("store/function_states"))) {
      while (row.next()) {
        fingerprints.put(
            new FunctionScope(row.getString(1), row.getString(2), row.getString(3), null),
            row.getLong(4));
      }
    }
    return fingerprints;
  }

  /** Findings are written anew, since each may change with what others showed. */
  private void keep(Answer answer, Instant now) throws SQLException {
    Map<List<Object>, Long> known = foundBefore();
    try (Statement statement = connection.createStatement();
        DuckDBAppender row = appender("finding")) {
      statement.execute("DELETE FROM finding");
      for (FindingRow one : FindingRow.of(answer)) {
        append(row, one, known.getOrDefault(key(one), micros(now)));
      }
    }
  }

  private Map<List<Object>, Long> foundBefore() throws SQLException {
    Map<List<Object>, Long> known = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("store/finding_times"))) {
      while (row.next()) {
        known.put(
            List.of(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7)),
            row.getLong(8));
      }
    }
    return known;
  }

  private static List<Object> key(FindingRow one) {
    return List.of(
        one.account(),
        one.region(),
        one.function(),
        one.track(),
        one.kind(),
        one.after(),
        micros(one.afterSince()));
  }

  private static void append(DuckDBAppender row, FindingRow one, long foundMicros)
      throws SQLException {
    row.beginRow();
    row.append(one.account());
    row.append(one.region());
    row.append(one.function());
    row.append(one.track());
    row.append(one.kind());
    row.append(one.verdict());
    row.append(one.before());
    row.appendEpochMicros(micros(one.beforeSince()));
    row.append(one.after());
    row.appendEpochMicros(micros(one.afterSince()));
    append(row, one.changeMs());
    append(row, one.changeLowMs());
    append(row, one.changeHighMs());
    append(row, one.changePct());
    append(row, one.hostMs());
    append(row, one.p());
    row.append(one.suspect());
    append(row, one.suspectMs());
    row.append(one.state());
    append(row, one.stillMs());
    row.append(one.closedBy());
    Instant closedAt = one.closedAt();
    if (closedAt == null) {
      row.appendNull();
    } else {
      row.appendEpochMicros(micros(closedAt));
    }
    row.appendEpochMicros(foundMicros);
    row.endRow();
  }

  private static void append(DuckDBAppender row, @Nullable Double value) throws SQLException {
    if (value == null) {
      row.appendNull();
    } else {
      row.append(value.doubleValue());
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
