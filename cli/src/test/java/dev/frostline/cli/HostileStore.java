package dev.frostline.cli;

import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A store whose functions, deployments and imports have names that attack whoever shows them. */
final class HostileStore {
  static final List<String> NAMES =
      List.of(
          "</script><script>document.title='owned'</script>",
          "\"><img src=x onerror=\"document.title='owned'\">",
          "' onmouseover='document.title=1' autofocus onfocus='document.title=2",
          "</title><script>document.title='owned'</script>",
          "</style><svg/onload=document.title='owned'>",
          "</textarea><script>document.title='owned'</script>",
          "javascript:document.title='owned'",
          "<iframe srcdoc='<script>top.document.title=1</script>'>",
          "<base href='https://example.invalid/'>",
          "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
          "${7*7}{{constructor.constructor('document.title=1')()}}",
          "=HYPERLINK(\"https://example.invalid\",\"x\")",
          "../../etc/passwd?x=1&y=2#t=z",
          "\u202egnp.exe\u2066",
          "line\nbreak\r\u0007\u001b[2J.json");

  private HostileStore() {}

  /** All names, in a store of that folder. */
  static Path in(Path folder) throws SQLException {
    return with(NAMES, folder.resolve("hostile.duckdb"));
  }

  /** A function of each name with deployments A and itself; every start imports all the names. */
  static Path with(List<String> names, Path file) throws SQLException {
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute("CREATE TEMP TABLE hostile (i INTEGER, name VARCHAR)");
      try (PreparedStatement insert =
          store.connection().prepareStatement("INSERT INTO hostile VALUES (?, ?)")) {
        for (int i = 0; i < names.size(); i++) {
          insert.setInt(1, i);
          insert.setString(2, names.get(i));
          insert.execute();
        }
      }
      statement.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT 1000 * i + 100 * d + n + 1 AS cold_start_id, 1 AS stream_id, '1' AS account, 'r' AS region, name AS function,
            'x' AS version, CASE d WHEN 0 THEN 'A' ELSE name END AS deployment, '/g' AS log_group, name AS log_stream,
            0 AS ordinal, TIMESTAMP '2026-10-05' + to_days(d::INT) + to_hours(n::INT) AS started_at, name AS runtime,
            name AS runtime_version, name AS architecture, 512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status,
            'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness, 100.0 + 50 * d + n AS init_ms, 5.0 AS runtime_bootstrap_ms,
            60.0 AS imports_ms, 35.0 AS unattributed_ms, 15 AS import_count
          FROM hostile, range(2) a(d), range(8) b(n)
          """);
      statement.execute(
          """
          INSERT INTO import_timing
          SELECT cold_start_id, i, CASE WHEN i < 14 THEN 14 END, CASE WHEN i < 14 THEN 1 ELSE 0 END, 0, 'python module', name,
            2000 + 1000 * (cold_start_id // 100 % 10), CASE WHEN i < 14 THEN 2000 ELSE 60000 END, 'init', false
          FROM cold_start, hostile
          """);
      statement.execute(
          "INSERT INTO ingest_ledger SELECT i, 'file', name, now()::TIMESTAMP, 1, 0, 0, 0, 1, 0, 0 FROM hostile");
      statement.execute("INSERT INTO ingest_reject SELECT i, name, 1 FROM hostile");
    }
    return file;
  }
}
