package dev.frostline.cli.whatif;

import dev.frostline.cli.comparison.ComparisonText;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An import whose code did not run after init, as environments told.
 *
 * @param atMostPct share of environments in which it may run all the same, with 95 %; NaN where it
 *     did run
 * @param watchable whether all of it is Python, so that its use could be seen
 */
record UnusedImport(
    String module, double atMostMs, long environments, double atMostPct, boolean watchable) {
  static UnusedImport of(ResultSet row) throws SQLException {
    double pct = row.getDouble("used_at_most_pct");
    boolean wasUsed = row.wasNull();
    return new UnusedImport(
        row.getString("module"),
        row.getDouble("at_most_ms"),
        row.getLong("environments"),
        wasUsed ? Double.NaN : pct,
        row.getBoolean("watchable"));
  }

  /** Whether it ran nowhere, and takes a millisecond. */
  boolean isWorthTelling() {
    return watchable && atMostMs >= 1 && !Double.isNaN(atMostPct);
  }

  /** What is known of all imports that as many environments told of. */
  String since() {
    return String.format(
        "Ran no code after init in %d environments, so in at most %.1f %% of them (95 %%): ",
        environments, atMostPct);
  }

  String words() {
    return module + " " + ComparisonText.millis(atMostMs);
  }
}
