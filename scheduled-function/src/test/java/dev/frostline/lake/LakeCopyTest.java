package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a lake says what the store says that wrote it. */
final class LakeCopyTest {
  private static final List<String> ROWS =
      List.of(
          "SELECT * FROM cold_start",
          "SELECT * FROM import_timing",
          "SELECT * EXCLUDE (events) FROM log_stream",
          "SELECT * FROM live_period",
          "SELECT * FROM function_state");

  @TempDir Path folder = Path.of("");
  private Path lake = Path.of("");
  private Path copy = Path.of("");
  private int fetched;

  @BeforeEach
  void names() {
    lake = folder.resolve("lake");
    copy = folder.resolve("caches/copy.duckdb");
  }

  @Test
  void copy_holdsWhatTheStoreHolds_andFollowsIt() throws IOException, SQLException {
    List<String> batches = Logs.batches();
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      take(store, batches.subList(1, batches.size()));
      int days = fetched();
      assertTrue(days > 1, days + " days");
      assertSame(store);
      assertEquals(0, fetched());
      take(store, batches);
      assertEquals(1, fetched());
      assertSame(store);
    }
  }

  @Test
  void dayThatIsGone_isForgotten() throws IOException, SQLException {
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      take(store, Logs.batches());
      fetched();
      for (String table : List.of("cold_start", "import_timing", "log_stream")) {
        try (Stream<Path> days = Files.list(lake.resolve(table))) {
          Path first = days.sorted().findFirst().orElseThrow();
          Files.delete(first.resolve("data.parquet"));
        }
      }
      assertEquals(1, fetched());
      try (Store read = Store.openReadOnly(copy)) {
        assertEquals(
            one(store, "SELECT count(DISTINCT started_at::DATE) - 1 FROM cold_start"),
            one(read, "SELECT count(DISTINCT started_at::DATE) FROM cold_start"));
      }
    }
  }

  @Test
  void lakeOfAnEarlierVersion_hasNoStreams_andIsReadAllTheSame() throws IOException, SQLException {
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      take(store, Logs.batches());
      for (String key : new FolderPlace(lake).keys("log_stream")) {
        Files.delete(lake.resolve(key));
      }
      fetched();
      try (Store read = Store.openReadOnly(copy)) {
        assertEquals(
            one(store, "SELECT count(*) FROM imports"), one(read, "SELECT count(*) FROM imports"));
      }
    }
  }

  @Test
  void damagedFile_isNamed_andTheCopyStaysAsItWas() throws IOException, SQLException {
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      take(store, Logs.batches());
      fetched();
      Path damaged = lake.resolve(new FolderPlace(lake).keys("cold_start").get(0));
      Files.writeString(damaged, "PAR1 no more");
      String message =
          String.valueOf(assertThrows(RuntimeException.class, this::fetched).getMessage());
      assertTrue(message.startsWith("Cannot take 2026-"), message);
      assertSame(store);
    }
  }

  @Test
  void noLake_isTold() {
    String message = assertThrows(IOException.class, this::fetched).getMessage();
    assertEquals("There is no lake at " + lake + ". Write one: frostline compact --lake", message);
  }

  private void take(Store store, List<String> batches) throws IOException {
    Path landed = Files.createTempDirectory(folder, "landed");
    Logs.land(new FolderPlace(landed), batches);
    try (Place place = new FolderPlace(landed)) {
      new Sync(place, store)
          .run(
              Instant.MAX,
              (key, reason) -> {
                throw new AssertionError(key + ": " + reason);
              });
    }
    new Compaction(store, new FolderPlace(lake)).run(false, Instant.MAX);
  }

  /** Brings the copy up to date, and says how many days it fetched. */
  private int fetched() throws IOException {
    fetched = 0;
    new LakeCopy(new FolderPlace(lake), copy)
        .update(
            new LakeCopy.Listener() {
              @Override
              public void found(int days) {
                // Counted as they come.
              }

              @Override
              public void done() {
                fetched++;
              }
            });
    return fetched;
  }

  private void assertSame(Store store) throws SQLException {
    try (Store read = Store.openReadOnly(copy)) {
      for (String rows : ROWS) {
        String digest =
            "SELECT count(*) || ' ' || md5(string_agg(row::VARCHAR, ',' ORDER BY row::VARCHAR))"
                + " FROM ("
                + rows
                + ") row";
        assertEquals(one(store, digest), one(read, digest), rows);
      }
      assertEquals(answer(store), answer(read));
    }
  }

  private static Answer answer(Store store) {
    return new Judge(Thresholds.DEFAULT).answer(new StoredHistories(store.connection()), Query.ALL);
  }

  private static String one(Store store, String query) throws SQLException {
    try (Statement sql = store.connection().createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
