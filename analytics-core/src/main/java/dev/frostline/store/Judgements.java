package dev.frostline.store;

import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
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

  /** Judges what has changed, and keeps it; nothing where more functions have changed. */
  void update(Instant now, int most) throws SQLException {
    long unjudged = unjudged();
    if (unjudged == 0 || unjudged > most) {
      return;
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
    IdentityHashMap<Comparison, FindingLife> lives = new IdentityHashMap<>();
    answer.findings().forEach(life -> lives.put(life.opening(), life));
    try (Statement statement = connection.createStatement();
        DuckDBAppender row = appender("finding")) {
      statement.execute("DELETE FROM finding");
      for (Comparison one : answer.comparisons()) {
        if (one.verdict().isFinding()) {
          long found = known.getOrDefault(key(one), micros(now));
          append(row, one, lives.get(one), found);
        }
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

  private static List<Object> key(Comparison one) {
    return List.of(
        one.account(),
        one.region(),
        one.function(),
        one.track(),
        one.kind().word(),
        one.after().deployment(),
        micros(one.after().since()));
  }

  private static void append(
      DuckDBAppender row, Comparison one, @Nullable FindingLife life, long foundMicros)
      throws SQLException {
    row.beginRow();
    row.append(one.account());
    row.append(one.region());
    row.append(one.function());
    row.append(one.track());
    row.append(one.kind().word());
    row.append(one.verdict().word());
    row.append(one.before().deployment());
    row.appendEpochMicros(micros(one.before().since()));
    row.append(one.after().deployment());
    row.appendEpochMicros(micros(one.after().since()));
    append(row, one.changeMs().estimate());
    append(row, one.changeMs().low());
    append(row, one.changeMs().high());
    append(row, one.changePct());
    append(row, one.hostMs());
    append(row, one.p());
    Suspect suspect = one.suspects().isEmpty() ? null : one.suspects().get(0);
    row.append(suspect == null ? null : suspect.name());
    append(row, suspect == null ? Double.NaN : suspect.cumulativeChangeMs());
    row.append(life == null ? null : life.state().name().toLowerCase(Locale.ROOT));
    append(row, life == null ? Double.NaN : life.still().estimate());
    row.append(life == null ? null : life.closedBy());
    Instant closedAt = life == null ? null : life.closedAt();
    if (closedAt == null) {
      row.appendNull();
    } else {
      row.appendEpochMicros(micros(closedAt));
    }
    row.appendEpochMicros(foundMicros);
    row.endRow();
  }

  /** What is not known is NULL. */
  private static void append(DuckDBAppender row, double value) throws SQLException {
    if (Double.isNaN(value)) {
      row.appendNull();
    } else {
      row.append(value);
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
