package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores as earlier versions left them ({@code forms/NNN.duckdb.gz}: three streams, after schema
 * step NNN, written by the code of that time) and as later ones may.
 */
final class StoreFormsTest {
  private static final String ROWS =
      "SELECT md5(string_agg(concat_ws(' ', cold_start_id, function, deployment, started_at,"
          + " init_ms, imports_ms, import_count, completeness, trust), ',' ORDER BY cold_start_id))"
          + " FROM cold_start";

  private static final String STATES =
      "SELECT string_agg(concat_ws(' ', function, latest_at, fingerprint), ',' ORDER BY function)"
          + " FROM function_state";

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012", "013"
      })
  void olderStore_isBroughtUpToDate_andKnowsWhatItTook(String form)
      throws IOException, SQLException {
    Path file = form(form);
    Path fresh = folder.resolve("fresh.duckdb");
    Map<StreamId, List<TimedLine>> streams = StoreWriter.streams(3);
    for (Path each : List.of(file, fresh)) {
      try (Store store = Store.open(each);
          Ingestion ingestion = store.ingest("file", "again")) {
        int events = 0;
        for (Map.Entry<StreamId, List<TimedLine>> stream : streams.entrySet()) {
          ingestion.add(stream.getKey(), stream.getValue());
          events += stream.getValue().size();
        }
        Ingestion.Summary summary = ingestion.commit(events, 0, Map.of());
        assertEquals(each.equals(file) ? events : 0, summary.lines().alreadyStored());
      }
    }
    assertEquals(one(fresh, ROWS), one(file, ROWS));
    assertEquals("3", one(file, "SELECT sum(cold_starts) FROM live_period"));
    assertEquals(one(fresh, STATES), one(file, STATES));
  }

  @Test
  void newestForm_hasAStoreOfItsOwn() {
    String newest = Queries.SCHEMA.get(Queries.SCHEMA.size() - 1).substring(0, 3);
    assertTrue(
        StoreFormsTest.class.getResource("forms/" + newest + ".duckdb.gz") != null,
        "keep a store of schema step " + newest + ": StoreWriter FILE 3, gzipped");
  }

  @Test
  void newerStore_isRefused_andLeftAsItIs() throws IOException, SQLException {
    Path file = form("007");
    execute(file, "INSERT INTO schema_step VALUES ('999_from_the_future')");
    byte[] before = Files.readAllBytes(file);
    String expected =
        "The store "
            + file
            + " is of a newer Frostline, and is left as it is. Use that version or a later one.";
    assertEquals(expected, assertThrows(StoreException.class, () -> Store.open(file)).getMessage());
    assertEquals(
        expected, assertThrows(StoreException.class, () -> Store.openReadOnly(file)).getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void databaseOfSomebodyElse_isRefused_andLeftAsItIs() throws IOException, SQLException {
    Path file = folder.resolve("theirs.duckdb");
    execute(file, "CREATE TABLE sales (amount INTEGER)");
    byte[] before = Files.readAllBytes(file);
    assertEquals(
        file + " is a database of something else than Frostline. Name another with --db.",
        assertThrows(StoreException.class, () -> Store.open(file)).getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  private Path form(String number) throws IOException {
    Path file = folder.resolve(number + ".duckdb");
    try (InputStream zipped =
        new GZIPInputStream(
            Objects.requireNonNull(
                StoreFormsTest.class.getResourceAsStream("forms/" + number + ".duckdb.gz")))) {
      Files.copy(zipped, file);
    }
    return file;
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
