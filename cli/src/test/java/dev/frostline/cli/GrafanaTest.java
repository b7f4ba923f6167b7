package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards of {@code deploy/grafana}: every panel has an answer. */
class GrafanaTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("frostline.root", ".."), "deploy/grafana");

  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() {
    Cli.run(
        "ingest",
        "--db",
        store().toString(),
        Cli.shared("timelines/still-slow.ndjson.gz"),
        Cli.shared("lambda-python/webhook-stdlib/quiet/v7.ndjson.gz"));
    Cli.run("compact", "--lake", folder.resolve("lake").toString(), "--db", store().toString());
  }

  /** The SQL of Athena on the lake's Parquet, with Athena's one function that DuckDB lacks. */
  @Test
  void athena_asksForWhatTheLakeHas() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE MACRO approx_percentile(x, q) AS quantile_disc(x, q)");
      for (String table : new String[] {"cold_start", "import_timing"}) {
        statement.execute(
            "CREATE VIEW lake_%1$s AS FROM read_parquet('%2$s/%1$s/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
                .formatted(table, folder.resolve("lake")));
      }
      for (JsonNode panel : panels("athena")) {
        String sql = panel.at("/targets/0/rawSQL").asText();
        try (ResultSet rows = statement.executeQuery(filled(sql))) {
          boolean isTime = panel.path("type").asText().equals("timeseries");
          assertTrue(!isTime || name(rows).equals("time"), name(rows));
          boolean isOfRestores = panel.path("title").asText().startsWith("Restores");
          assertEquals(!isOfRestores, rows.next(), panel.path("title").asText());
        }
      }
    }
  }

  private static String name(ResultSet rows) throws Exception {
    return rows.getMetaData().getColumnName(1);
  }

  private static String filled(String sql) {
    String filled =
        sql.replace("$__timeFilter(started_at)", "started_at > TIMESTAMP '2020-01-01'")
            .replace("${__from:date:YYYY-MM-DD}", "2020-01-01")
            .replace("${__to:date:YYYY-MM-DD}", "2030-01-01")
            .replace("${function}", "");
    assertFalse(filled.contains("$"), filled);
    return filled;
  }

  @Test
  void page_hasWhatTheDashboardReads() throws Exception {
    try (ServedStore served = new ServedStore(store())) {
      for (JsonNode panel : panels("page")) {
        JsonNode target = panel.at("/targets/0");
        String path = target.path("url").asText();
        assertTrue(path.startsWith("${page}/"), path);
        JsonNode rows =
            new ObjectMapper()
                .readTree(
                    served.get(path.substring("${page}".length()).replace("?since=7d", "")).body())
                .at("/" + target.path("root_selector").asText().replace('.', '/'));
        assertTrue(rows.isArray() && !rows.isEmpty(), panel.path("title").asText() + rows);
        for (JsonNode column : target.path("columns")) {
          assertTrue(rows.get(0).has(column.path("selector").asText()), column + " of " + rows);
        }
      }
    }
  }

  /** What an import asks for, and what would clash. */
  @Test
  void dashboards_canBeImported() throws Exception {
    for (String name : new String[] {"athena", "page"}) {
      JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
      String input = dashboard.at("/__inputs/0/name").asText();
      Set<Integer> ids = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertTrue(ids.add(panel.path("id").asInt()), "ids are unique");
        assertEquals("${" + input + "}", panel.at("/datasource/uid").asText());
        JsonNode at = panel.path("gridPos");
        assertTrue(at.path("x").asInt() + at.path("w").asInt() <= 24, at.toString());
      }
    }
  }

  private static JsonNode panels(String name) throws Exception {
    JsonNode panels =
        new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile()).path("panels");
    assertTrue(panels.size() >= 5);
    return panels;
  }

  private static Path store() {
    return folder.resolve("grafana.duckdb");
  }
}
