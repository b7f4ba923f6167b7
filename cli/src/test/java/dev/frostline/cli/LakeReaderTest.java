package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.Tool;
import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Apache Arrow reads from a lake of real cold starts is what the store holds. */
final class LakeReaderTest {
  private static final Map<String, String> ARROW =
      Map.of(
          "BIGINT", "int64",
          "INTEGER", "int32",
          "SMALLINT", "int16",
          "DOUBLE", "double",
          "BOOLEAN", "bool",
          "VARCHAR", "string",
          "TIMESTAMP", "timestamp[us]");

  /** The rows of each table of the lake, as the store has them. */
  private static final Map<String, String> ROWS =
      Map.of(
          "cold_start",
          "SELECT *, strftime(started_at, '%Y-%m-%d') AS dt FROM cold_start",
          "import_timing",
          "SELECT import_timing.*, account, region, function, version, deployment,"
              + " strftime(started_at, '%Y-%m-%d') AS dt"
              + " FROM import_timing JOIN cold_start USING (cold_start_id)");

  @TempDir Path folder = Path.of(".");

  @Test
  void anotherReader_findsTheSameColumnsTypesRowsAndSums() throws Exception {
    Tool python = Tool.fetched("pyarrow/bin/python");
    String db = folder.resolve("store.duckdb").toString();
    String logs = Cli.shared("lambda-python/webhook-stdlib/quiet/v7.ndjson.gz");
    assertEquals(0, Cli.run("ingest", logs, "--region", "eu-west-1", "--db", db).exitCode());
    String lake = folder.resolve("lake").toString();
    assertEquals(0, Cli.run("compact", "--lake", lake, "--db", db).exitCode());
    String script = Path.of(LakeReaderTest.class.getResource("read_lake.py").toURI()).toString();
    Map<String, Map<String, String>> read =
        new ObjectMapper()
            .readValue(python.run(folder, Map.of(), script, lake), new TypeReference<>() {});
    try (Store store = Store.openReadOnly(Path.of(db))) {
      for (Map.Entry<String, String> table : ROWS.entrySet()) {
        Map<String, String> expected = columns(store, table.getValue());
        assertTrue(expected.size() > 15, expected.toString());
        assertEquals(expected, read.get(table.getKey()), table.getKey());
      }
    }
  }

  private static Map<String, String> columns(Store store, String rows) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (Statement sql = store.connection().createStatement();
        ResultSet described = sql.executeQuery("DESCRIBE " + rows)) {
      while (described.next()) {
        String name = described.getString(1);
        String type = described.getString(2);
        columns.put(name, ARROW.get(type) + " " + sum(store, rows, name, type));
      }
    }
    return columns;
  }

  /** How many values a column has and their sum, as the script counts them. */
  private static String sum(Store store, String rows, String column, String type)
      throws SQLException {
    String number =
        switch (type) {
          case "VARCHAR" -> "length(x)";
          case "TIMESTAMP" -> "epoch_us(x)";
          case "DOUBLE" -> "round(x * 1000)::BIGINT";
          default -> "x::BIGINT";
        };
    try (Statement sql = store.connection().createStatement();
        ResultSet row =
            sql.executeQuery(
                String.format(
                    "SELECT count(x) || ' ' || coalesce(sum(%s), 0) FROM (SELECT %s AS x FROM (%s))",
                    number, column, rows))) {
      row.next();
      return row.getString(1);
    }
  }
}
