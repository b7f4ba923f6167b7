package dev.frostline.report.picture;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cold start with its imports; times in ms, NaN where nothing tells them.
 *
 * @param imports of the main interpreter, in the order of the log: an import stands behind what it
 *     pulled in
 */
public record ColdStartTrace(
    long id,
    FunctionId function,
    String deployment,
    String logStream,
    Instant startedAt,
    String runtime,
    String initKind,
    String status,
    String trust,
    double initMs,
    double restoreMs,
    double bootstrapMs,
    double importsMs,
    double unattributedMs,
    double firstInvokeMs,
    List<Import> imports) {
  /** One import timing. */
  public record Import(
      int seq,
      @Nullable Integer parent,
      int depth,
      String kind,
      String name,
      boolean duringInit,
      double selfMs,
      double cumulativeMs) {}

  public ColdStartTrace {
    imports = List.copyOf(imports);
  }

  /** The cold start with that id; none where the store has none. */
  public static Optional<ColdStartTrace> read(Connection connection, long id) throws SQLException {
    List<Import> imports =
        NamedQuery.of("cold_start_imports")
            .with("cold_start_id", id)
            .rows(connection, ColdStartTrace::timing);
    return NamedQuery.of("cold_start")
        .with("cold_start_id", id)
        .rows(connection, row -> start(row, imports))
        .stream()
        .findFirst();
  }

  private static ColdStartTrace start(ResultSet row, List<Import> imports) throws SQLException {
    return new ColdStartTrace(
        row.getLong("cold_start_id"),
        new FunctionId(text(row, "account"), text(row, "region"), text(row, "function")),
        text(row, "deployment"),
        text(row, "log_stream"),
        Objects.requireNonNull(row.getObject("started_at", LocalDateTime.class))
            .toInstant(ZoneOffset.UTC),
        Objects.requireNonNullElse(row.getString("runtime"), ""),
        text(row, "init_kind"),
        text(row, "status"),
        text(row, "trust"),
        number(row, "init_ms"),
        number(row, "restore_ms"),
        number(row, "runtime_bootstrap_ms"),
        number(row, "imports_ms"),
        number(row, "unattributed_ms"),
        number(row, "first_invoke_ms"),
        imports);
  }

  private static Import timing(ResultSet row) throws SQLException {
    int parent = row.getInt("parent_seq");
    boolean root = row.wasNull();
    return new Import(
        row.getInt("seq"),
        root ? null : parent,
        row.getInt("depth"),
        text(row, "kind"),
        text(row, "name"),
        text(row, "phase").equals("init"),
        row.getDouble("self_ms"),
        row.getDouble("cumulative_ms"));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getString(column), column);
  }

  private static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
