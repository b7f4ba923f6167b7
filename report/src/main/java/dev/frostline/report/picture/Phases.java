package dev.frostline.report.picture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the init time of a deployment goes, as {@code phases} gives it: medians in ms, NaN where
 * nothing tells them.
 *
 * @param configuration runtime, architecture and memory it was last seen with
 */
public record Phases(
    long coldStarts,
    double bootstrapMs,
    double importsMs,
    double unattributedMs,
    double firstInvokeMs,
    String configuration) {
  /** One phase of both deployments. */
  public record Change(String name, double beforeMs, double afterMs) {
    public double changeMs() {
      return afterMs - beforeMs;
    }
  }

  /** The phases of a deployment's traced cold starts. */
  static Phases read(Connection connection, Selection selection) throws SQLException {
    return selection.query("phases").rows(connection, Phases::row).get(0);
  }

  /** Both deployments' phases in order of time. */
  static List<Change> changes(Phases before, Phases after) {
    return List.of(
        new Change(
            "runtime's own start", measured(before.bootstrapMs), measured(after.bootstrapMs)),
        new Change("imports", before.importsMs, after.importsMs),
        new Change("outside imports", before.unattributedMs, after.unattributedMs),
        new Change("first invocation", before.firstInvokeMs, after.firstInvokeMs));
  }

  /** No start of a runtime takes no time: that of Java and Node.js lies before the first row. */
  private static double measured(double bootstrapMs) {
    return bootstrapMs == 0 ? Double.NaN : bootstrapMs;
  }

  private static Phases row(ResultSet row) throws SQLException {
    List<String> configuration = new ArrayList<>();
    for (String column : List.of("runtime", "architecture", "memory_mb")) {
      String value = row.getString(column);
      if (value != null) {
        configuration.add(column.equals("memory_mb") ? value + " MB" : value);
      }
    }
    return new Phases(
        row.getLong("cold_starts"),
        number(row, "runtime_bootstrap_ms"),
        number(row, "imports_ms"),
        number(row, "unattributed_ms"),
        number(row, "first_invoke_ms"),
        String.join(" ", configuration));
  }

  private static double number(ResultSet row, String column) throws SQLException {
    Object value = row.getObject(column);
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }
}
