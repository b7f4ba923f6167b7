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
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    RecordCodec codec = new RecordCodec();
    try (PreparedStatement delete =
            connection.prepareStatement(Queries.text("store/delete_judgement"));
        PreparedStatement add = connection.prepareStatement(Queries.text("store/add_judgement"))) {
      for (JudgedFunction function : functions) {
        FunctionOutline outline = function.outline();
        delete.setString(1, outline.account());
        delete.setString(2, outline.region());
        delete.setString(3, outline.function());
        delete.executeUpdate();
        add.setString(1, JudgeVersion.CURRENT);
        add.setBytes(2, codec.bytes(function));
        add.setString(3, outline.account());
        add.setString(4, outline.region());
        add.setString(5, outline.function());
        add.executeUpdate();
      }
    }
  }

  /** Findings are written anew, since each may change with what others showed. */
  private void keep(Answer answer, Instant now) throws SQLException {
    Map<List<Object>, Long> known = foundBefore();
    IdentityHashMap<Comparison, FindingLife> lives = new IdentityHashMap<>();
    answer.findings().forEach(life -> lives.put(life.opening(), life));
    try (Statement statement = connection.createStatement();
        PreparedStatement row = connection.prepareStatement(Queries.text("store/add_finding"))) {
      statement.execute("DELETE FROM finding");
      for (Comparison one : answer.comparisons()) {
        if (one.verdict().isFinding()) {
          long found = known.getOrDefault(key(one), micros(now));
          set(row, one, lives.get(one), found);
          row.executeUpdate();
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

  private static void set(
      PreparedStatement row, Comparison one, @Nullable FindingLife life, long foundMicros)
      throws SQLException {
    row.setString(1, one.account());
    row.setString(2, one.region());
    row.setString(3, one.function());
    row.setString(4, one.track());
    row.setString(5, one.kind().word());
    row.setString(6, one.verdict().word());
    row.setString(7, one.before().deployment());
    row.setLong(8, micros(one.before().since()));
    row.setString(9, one.after().deployment());
    row.setLong(10, micros(one.after().since()));
    set(row, 11, one.changeMs().estimate());
    set(row, 12, one.changeMs().low());
    set(row, 13, one.changeMs().high());
    set(row, 14, one.changePct());
    set(row, 15, one.hostMs());
    set(row, 16, one.p());
    Suspect suspect = one.suspects().isEmpty() ? null : one.suspects().get(0);
    row.setString(17, suspect == null ? null : suspect.name());
    set(row, 18, suspect == null ? Double.NaN : suspect.cumulativeChangeMs());
    row.setString(19, life == null ? null : life.state().name().toLowerCase(Locale.ROOT));
    set(row, 20, life == null ? Double.NaN : life.still().estimate());
    row.setString(21, life == null ? null : life.closedBy());
    Instant closedAt = life == null ? null : life.closedAt();
    if (closedAt == null) {
      row.setNull(22, Types.BIGINT);
    } else {
      row.setLong(22, micros(closedAt));
    }
    row.setLong(23, foundMicros);
  }

  /** What is not known is NULL. */
  private static void set(PreparedStatement row, int column, double value) throws SQLException {
    if (Double.isNaN(value)) {
      row.setNull(column, Types.DOUBLE);
    } else {
      row.setDouble(column, value);
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
