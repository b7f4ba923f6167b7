package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From landing objects over the store to Parquet, read back by DuckDB. */
final class CompactionTest {
  private static final Set<String> EXCHANGE_TYPES =
      Set.of("BIGINT", "INTEGER", "SMALLINT", "DOUBLE", "BOOLEAN", "VARCHAR", "DATE", "TIMESTAMP");

  @TempDir Path folder = Path.of("");
  private Path landed = Path.of("");
  private Path lake = Path.of("");

  @BeforeEach
  void land() throws IOException {
    landed = folder.resolve("landed");
    lake = folder.resolve("lake");
    Logs.land(new FolderPlace(landed));
  }

  @Test
  void lake_holdsEveryRowOfTheStore_sorted() throws IOException, SQLException {
    try (Store store = synced("all")) {
      Compaction.Summary summary = compact(store, false);
      assertEquals(days(store), summary.written());
      for (String table : List.of("cold_start", "import_timing")) {
        String parquet = parquet(table);
        String columns =
            one(
                store,
                "SELECT string_agg(column_name, ',') FROM duckdb_columns() WHERE schema_name ="
                    + " 'main' AND table_name = '"
                    + table
                    + "'");
        String inLake = "SELECT " + columns + " FROM " + parquet;
        String inStore = "SELECT " + columns + " FROM " + table;
        assertEquals(
            "0", one(store, "SELECT count(*) FROM (" + inLake + " EXCEPT ALL " + inStore + ")"));
        assertEquals(
            "0", one(store, "SELECT count(*) FROM (" + inStore + " EXCEPT ALL " + inLake + ")"));
      }
      assertEquals(
          "0",
          one(
              store,
              "SELECT count(*) FROM (SELECT (function, version, name) < lag((function, version,"
                  + " name)) OVER (PARTITION BY dt ORDER BY file_row_number) AS wrong FROM "
                  + parquet("import_timing").replace(")", ", file_row_number = true)")
                  + ") WHERE wrong"));
      assertEquals(
          "0",
          one(
              store,
              "SELECT count(*) FROM "
                  + parquet("cold_start")
                  + " WHERE dt <> CAST(started_at AS DATE)"));
    }
  }

  @Test
  void columns_haveExchangeTypesOnly() throws IOException, SQLException {
    try (Store store = synced("types");
        Statement sql = store.connection().createStatement()) {
      compact(store, false);
      for (String table : List.of("cold_start", "import_timing")) {
        try (ResultSet rows =
            sql.executeQuery("DESCRIBE SELECT * EXCLUDE (dt) FROM " + parquet(table))) {
          while (rows.next()) {
            assertTrue(EXCHANGE_TYPES.contains(rows.getString(2)), rows.getString(1));
          }
        }
      }
    }
  }

  @Test
  void secondRun_writesNothing_andAForcedOneTheSameBytes() throws IOException {
    try (Store store = synced("twice")) {
      int days = compact(store, false).written();
      Map<String, byte[]> first = files();
      assertEquals(new Compaction.Summary(0, 0, 0, 0), compact(store, false));
      assertEquals(new Compaction.Summary(days, 0, 0, 0), compact(store, true));
      assertSame(first, files());
    }
  }

  @Test
  void filesThatWereLost_areNoticed_andWrittenAgain() throws IOException {
    try (Store store = synced("lost")) {
      int days = compact(store, false).written();
      Map<String, byte[]> first = files();
      String gone = first.keySet().iterator().next();
      Files.delete(lake.resolve(gone));
      assertEquals(new Compaction.Summary(1, 1, 0, 0), compact(store, false));
      assertSame(first, files());
      for (String key : first.keySet()) {
        Files.delete(lake.resolve(key));
      }
      assertEquals(new Compaction.Summary(days, days, 0, 0), compact(store, false));
      assertSame(first, files());
    }
  }

  @Test
  void relativeName_isTheSameLake_asItsFullOne() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(lake.toAbsolutePath());
    try (Store store = synced("relative")) {
      new Compaction(store, Place.at(relative.toString(), null)).run(false, Instant.MAX);
      assertEquals(new Compaction.Summary(0, 0, 0, 0), compact(store, false));
    }
  }

  @Test
  void anotherStoreOfTheSameLogs_givesTheSameBytes() throws IOException {
    try (Store store = synced("one")) {
      compact(store, false);
    }
    Map<String, byte[]> first = files();
    List<String> late = new ArrayList<>(Logs.batches());
    Path parts = folder.resolve("parts");
    Logs.land(new FolderPlace(parts), late.subList(late.size() / 2, late.size()));
    try (Store store = Store.open(folder.resolve("other.duckdb"))) {
      sync(store, parts);
      sync(store, landed);
      compact(store, false);
    }
    assertSame(first, files());
  }

  @Test
  void lateBatches_redoTheirDayOnly() throws IOException, SQLException {
    List<String> batches = Logs.batches();
    Path early = folder.resolve("early");
    Logs.land(new FolderPlace(early), batches.subList(1, batches.size()));
    try (Store store = Store.open(folder.resolve("late.duckdb"))) {
      sync(store, early);
      compact(store, false);
      Map<String, byte[]> before = files();
      sync(store, landed);
      assertEquals(new Compaction.Summary(1, 0, 0, 0), compact(store, false));
      Set<String> changed = new TreeSet<>();
      files()
          .forEach(
              (name, content) -> {
                if (!java.util.Arrays.equals(content, before.get(name))) {
                  changed.add(name.replaceAll(".*dt=", ""));
                }
              });
      assertEquals(1, changed.size(), changed.toString());
    }
  }

  @Test
  void whatWasJudged_isThereWhole_andOfExchangeTypes() throws IOException, SQLException {
    try (Store store = synced("judged")) {
      compact(store, false);
      for (String table : List.of("live_period", "finding")) {
        String parquet = "read_parquet('" + lake.resolve(table) + "/data.parquet')";
        boolean isLive = table.equals("live_period"); // counts are the store's own
        String inStore = "SELECT * " + (isLive ? "EXCLUDE (cold_starts) " : "") + "FROM " + table;
        String inLake = "SELECT * FROM " + parquet;
        assertEquals(
            "0", one(store, "SELECT count(*) FROM (" + inLake + " EXCEPT ALL " + inStore + ")"));
        assertEquals(
            "0", one(store, "SELECT count(*) FROM (" + inStore + " EXCEPT ALL " + inLake + ")"));
        String types =
            one(store, "SELECT string_agg(DISTINCT column_type) FROM (DESCRIBE " + inLake + ")");
        assertTrue(EXCHANGE_TYPES.containsAll(Set.of(types.split(",", -1))), types);
      }
      assertFalse(one(store, "SELECT count(*) FROM live_period").equals("0"));
    }
  }

  @Test
  void dayWithoutRows_isRemoved() throws IOException, SQLException {
    try (Store store = synced("removed");
        Statement sql = store.connection().createStatement()) {
      compact(store, false);
      String day = one(store, "SELECT min(CAST(started_at AS DATE)) FROM cold_start");
      sql.execute("DELETE FROM cold_start WHERE CAST(started_at AS DATE) = DATE '" + day + "'");
      sql.execute("DELETE FROM log_stream WHERE CAST(first_event_at AS DATE) = DATE '" + day + "'");
      assertEquals(new Compaction.Summary(0, 0, 1, 0), compact(store, false));
      assertFalse(Files.exists(lake.resolve("cold_start/dt=" + day + "/data.parquet")));
      assertEquals(new Compaction.Summary(0, 0, 0, 0), compact(store, false));
    }
  }

  @Test
  void withoutTime_everyDayIsLeft() throws IOException, SQLException {
    try (Store store = synced("left")) {
      Compaction.Summary summary =
          new Compaction(store, new FolderPlace(lake)).run(false, Instant.MIN);
      assertEquals(new Compaction.Summary(0, 0, 0, (int) days(store)), summary);
    }
  }

  private Store synced(String name) throws IOException {
    Store store = Store.open(folder.resolve(name + ".duckdb"));
    sync(store, landed);
    return store;
  }

  private static void sync(Store store, Path place) throws IOException {
    new Sync(new FolderPlace(place), store).run(Instant.MAX, new Silent());
  }

  private Compaction.Summary compact(Store store, boolean all) throws IOException {
    return new Compaction(store, new FolderPlace(lake)).run(all, Instant.MAX);
  }

  private String parquet(String table) {
    return "read_parquet('" + lake.resolve(table) + "/*/*.parquet', hive_types = {'dt': DATE})";
  }

  /** Those of the days. */
  private Map<String, byte[]> files() throws IOException {
    FolderPlace place = new FolderPlace(lake);
    Map<String, byte[]> files = new TreeMap<>();
    for (String key : place.keys("")) {
      if (key.contains("/dt=")) {
        files.put(key, Files.readAllBytes(lake.resolve(key)));
      }
    }
    return files;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, content) -> assertArrayEquals(content, actual.get(name), name));
  }

  private static long days(Store store) throws SQLException {
    return Long.parseLong(
        one(store, "SELECT count(DISTINCT CAST(started_at AS DATE)) FROM cold_start"));
  }

  private static String one(Store store, String query) throws SQLException {
    try (Statement sql = store.connection().createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** Fails on an object that cannot be read. */
  private static final class Silent implements Sync.Listener {
    @Override
    public void found(int objects) {
      assertTrue(objects > 0);
    }

    @Override
    public void stored(Ingestion.Summary group) {
      assertEquals(0, group.lines().rejected());
    }

    @Override
    public void failed(String key, String reason) {
      throw new AssertionError(key + ": " + reason);
    }
  }
}
