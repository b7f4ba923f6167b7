package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.frostline.store.Store;
import dev.frostline.store.StoredHistories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.statistics.Thresholds;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same store gives the same answer, to the last bit, however its rows lie and wherever it is
 * read.
 */
class SameAnswerTest {
  @TempDir static Path folder = Path.of(".");
  private static MadeFleet fleet;
  private static List<Comparison> usual = List.of();

  @BeforeAll
  static void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
    usual = compare(2, Query.ALL);
    assertFalse(usual.isEmpty());
  }

  @Test
  void threads_doNotMatter() throws Exception {
    assertEquals(usual, compare(1, Query.ALL));
    assertEquals(usual, compare(4, Query.ALL));
  }

  @Test
  void orderOfRows_doesNotMatter() throws Exception {
    try (Store store = Store.open(fleet.file);
        Statement statement = store.connection().createStatement()) {
      for (String table : List.of("cold_start", "import_timing")) {
        statement.execute(
            "CREATE TEMP TABLE mixed AS FROM " + table + " ORDER BY hash(cold_start_id, rowid)");
        statement.execute("DELETE FROM " + table);
        statement.execute("INSERT INTO " + table + " FROM mixed");
        statement.execute("DROP TABLE mixed");
      }
    }
    assertEquals(usual, compare(4, Query.ALL));
  }

  @Test
  void timeZoneOfTheMachine_doesNotMatter() throws Exception {
    Query query =
        Query.ALL.within(
            Instant.parse("2026-01-05T08:00:00Z"), Instant.parse("2026-01-12T20:00:00Z"));
    TimeZone home = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
      List<Comparison> inUtc = compare(2, query);
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      assertEquals(inUtc, compare(2, query));
      assertFalse(inUtc.isEmpty());
    } finally {
      TimeZone.setDefault(home);
    }
  }

  private static List<Comparison> compare(int threads, Query query) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try (Store store = Store.openReadOnly(fleet.file)) {
      return pool.submit(
              () ->
                  new Judge(Thresholds.DEFAULT)
                      .compare(new StoredHistories(store.connection()), query))
          .get();
    } finally {
      pool.shutdown();
    }
  }
}
