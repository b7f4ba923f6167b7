package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Cost;
import dev.frostline.report.WeeklyReport.Drift;
import dev.frostline.report.WeeklyReport.FunctionCost;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.report.WeeklyReport.Lines;
import dev.frostline.report.WeeklyReport.Reject;
import dev.frostline.report.WeeklyReport.RuntimePatch;
import dev.frostline.report.WeeklyReport.RuntimePoint;
import dev.frostline.report.WeeklyReport.RuntimeTrend;
import dev.frostline.report.WeeklyReport.RuntimeWeek;
import dev.frostline.report.WeeklyReport.ScaleOut;
import dev.frostline.report.WeeklyReport.SharedPackage;
import dev.frostline.report.WeeklyReport.TrendWeek;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers of the {@code report_*} queries for one week, one method a query. */
final class WeekAnswers {
  /** One deployment, as {@code report_deployments} gives it. */
  record DeploymentWeek(
      FunctionId function,
      String deployment,
      Instant firstSeen,
      long coldStarts,
      long waitedFor,
      double usdPerMs,
      @Nullable String replacedBy) {}

  /** One row of {@code report_latest}. */
  record LatestMinute(
      FunctionId function, Instant startedAt, long coldStarts, long waitedFor, double usdPerMs) {}

  /** One function, as {@code report_functions} gives it. */
  record FunctionWeek(
      FunctionId function,
      Instant firstSeen,
      Instant lastHeard,
      long coldStarts,
      long traced,
      long suspect,
      long failed,
      long cut) {}

  /** One row of {@code report_ledger}. */
  record LedgerScope(Lines lines, @Nullable Instant latestEvent, @Nullable Instant latestIngest) {}

  private final WeekRows rows;

  WeekAnswers(WeekRows rows) {
    this.rows = rows;
  }

  static Optional<Instant> latest(Connection connection) throws SQLException {
    return WeekRows.read(
            connection,
            "report_week",
            row -> Optional.ofNullable(WeekRows.timeIfAny(row, "latest")))
        .get(0);
  }

  List<DeploymentWeek> deployments() throws SQLException {
    return rows.of(
        "report_deployments",
        row ->
            new DeploymentWeek(
                WeekRows.function(row),
                row.getString("deployment"),
                WeekRows.time(row, "first_seen"),
                row.getLong("cold_starts"),
                row.getLong("waited_for"),
                row.getDouble("usd_per_ms"),
                row.getString("replaced_by")));
  }

  List<LatestMinute> latest() throws SQLException {
    return rows.of(
        "report_latest",
        row ->
            new LatestMinute(
                WeekRows.function(row),
                WeekRows.time(row, "started_at"),
                row.getLong("cold_starts"),
                row.getLong("waited_for"),
                row.getDouble("usd_per_ms")));
  }

  /** By runtime, in the order of the rows. */
  List<RuntimeTrend> runtimeTrend() throws SQLException {
    Map<String, List<RuntimePoint>> points = new LinkedHashMap<>();
    rows.of(
        "report_runtime_trend",
        row ->
            points
                .computeIfAbsent(row.getString("runtime"), runtime -> new ArrayList<>())
                .add(
                    new RuntimePoint(
                        Week.of(WeekRows.time(row, "week_start")),
                        row.getLong("cold_starts"),
                        WeekRows.number(row, "p50_ms"),
                        WeekRows.number(row, "p95_ms"))));
    return points.entrySet().stream()
        .map(one -> new RuntimeTrend(one.getKey(), one.getValue()))
        .toList();
  }

  List<Drift> drift() throws SQLException {
    return rows.of(
        "report_drift",
        row ->
            new Drift(
                WeekRows.function(row),
                List.of(
                    row.getDouble("p50_ms_0"),
                    row.getDouble("p50_ms_1"),
                    row.getDouble("p50_ms_2"),
                    row.getDouble("p50_ms_3")),
                row.getLong("cold_starts")));
  }

  List<TrendWeek> trend() throws SQLException {
    return rows.of(
        "report_trend",
        row ->
            new TrendWeek(
                Week.of(WeekRows.time(row, "week_start")),
                row.getLong("cold_starts"),
                row.getLong("invocations"),
                WeekRows.number(row, "share"),
                WeekRows.number(row, "p50_ms"),
                WeekRows.number(row, "p95_ms"),
                WeekRows.number(row, "p99_ms"),
                row.getDouble("waited_ms"),
                row.getLong("deployments")));
  }

  List<RuntimeWeek> runtimes() throws SQLException {
    return rows.of(
        "report_runtimes",
        row ->
            new RuntimeWeek(
                row.getString("runtime"),
                row.getLong("functions"),
                row.getLong("cold_starts"),
                WeekRows.number(row, "p50_ms"),
                WeekRows.number(row, "p95_ms"),
                WeekRows.number(row, "p99_ms"),
                WeekRows.number(row, "p50_ms_before")));
  }

  List<RuntimePatch> patches() throws SQLException {
    return rows.of(
        "report_runtime_patches",
        row ->
            new RuntimePatch(
                WeekRows.function(row),
                row.getString("deployment"),
                WeekRows.time(row, "first_seen"),
                row.getString("version_before"),
                row.getString("version_after"),
                row.getLong("cold_starts_before"),
                row.getLong("cold_starts_after"),
                WeekRows.number(row, "median_ms_before"),
                WeekRows.number(row, "median_ms_after")));
  }

  List<ScaleOut> scaleOut() throws SQLException {
    return rows.of(
        "report_scale_out",
        row ->
            new ScaleOut(
                WeekRows.function(row),
                row.getLong("cold_starts_before"),
                row.getLong("cold_starts")));
  }

  List<FunctionCost> billedInit() throws SQLException {
    return rows.of(
        "report_billed_init",
        row -> new FunctionCost(WeekRows.function(row), row.getString("architectures"), cost(row)));
  }

  List<SharedPackage> sharedWeight() throws SQLException {
    return rows.of(
        "report_shared_weight",
        row ->
            new SharedPackage(
                row.getString("package"),
                row.getString("kind"),
                row.getLong("functions"),
                row.getLong("cold_starts"),
                row.getDouble("total_s"),
                row.getDouble("usd"),
                row.getLong("new_functions"),
                row.getBoolean("is_new")));
  }

  List<FunctionWeek> functions() throws SQLException {
    return rows.of(
        "report_functions",
        row ->
            new FunctionWeek(
                WeekRows.function(row),
                WeekRows.time(row, "first_seen"),
                WeekRows.time(row, "last_heard"),
                row.getLong("cold_starts"),
                row.getLong("traced"),
                row.getLong("suspect"),
                row.getLong("failed"),
                row.getLong("cut")));
  }

  /** The week first, then the whole store. */
  List<LedgerScope> ledger() throws SQLException {
    return rows.of(
        "report_ledger",
        row ->
            new LedgerScope(
                new Lines(
                    row.getLong("sources"),
                    row.getLong("received"),
                    row.getLong("stored"),
                    row.getLong("already_stored"),
                    row.getLong("not_ours"),
                    row.getLong("rejected")),
                WeekRows.timeIfAny(row, "latest_event"),
                WeekRows.timeIfAny(row, "latest_ingest")));
  }

  List<Reject> rejects() throws SQLException {
    return rows.of(
        "report_rejects",
        row ->
            new Reject(
                row.getString("reason"), row.getLong("lines_week"), row.getLong("lines_all")));
  }

  String schemaStep() throws SQLException {
    return rows.of("report_store", row -> row.getString("schema_step")).get(0);
  }

  private static Cost cost(ResultSet row) throws SQLException {
    return new Cost(
        row.getLong("cold_starts"),
        row.getDouble("billed_s"),
        row.getDouble("gb_s"),
        row.getDouble("usd"),
        row.getLong("starts_priced_as_x86"),
        row.getLong("starts_without_memory"),
        row.getLong("restores"),
        row.getDouble("restore_s"),
        row.getDouble("restore_usd"),
        row.getLong("provisioned"));
  }
}
