package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.ModuleUsage;
import dev.frostline.coldstart.Stream;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What environments tell of the modules that ran code after init. */
final class ModuleUsageTest {
  @TempDir Path folder = Path.of("");

  @Test
  void latestWholeLine_counts_andWarmRequestsAroundItChangeNothing() {
    Stream stream = environment(0);
    usage(stream, 1, "1/1", "app");
    stream.start("b").report("b", null);
    usage(stream, 10, "1/2", "app;boto3.session");
    assertEquals(new ModuleUsage(1, List.of("app")), stream.coldStart().usage());
    usage(stream, 10, "2/2", "!_json");
    assertEquals(
        new ModuleUsage(10, List.of("app", "boto3.session", "!_json")), stream.coldStart().usage());
  }

  @Test
  void deliveredLate_itIsStored_andTellsWhatRanNoCode() throws SQLException {
    try (Store store = Store.open(folder.resolve("a.duckdb"))) {
      for (int number = 0; number < 40; number++) {
        Stream stream = environment(number);
        take(store, id(number), stream.lines());
        int before = stream.lines().size();
        usage(stream, 10, "1/1", number % 4 == 0 ? "app;pandas.core;!_json" : "app;!_json");
        take(store, id(number), stream.lines().subList(before, stream.lines().size()));
        take(store, id(number), stream.lines());
      }
      List<String> rows =
          NamedQuery.of("unused_imports")
              .with("function", "checkout-api")
              .with("account", null)
              .with("region", null)
              .rows(
                  store.connection(),
                  row ->
                      row.getString("module")
                          + " "
                          + row.getLong("environments")
                          + " "
                          + row.getLong("used_in")
                          + " "
                          + row.getString("used_at_most_pct")
                          + " "
                          + row.getBoolean("watchable"));
      assertEquals(
          List.of(
              "docparse 40 0 7.22 true",
              "_json 40 0 7.22 false",
              "pandas 40 10 null true",
              "app 40 40 null true"),
          rows);
    }
  }

  @Test
  void pruned_itGoesWithTheImportTimingsOfItsStart() throws SQLException {
    try (Store store = Store.open(folder.resolve("a.duckdb"))) {
      for (int number = 0; number < 8; number++) {
        Stream stream = environment(number);
        usage(stream, 10, "1/1", "app");
        take(store, id(number), stream.lines());
      }
      new Pruning(store).prune(LocalDate.of(2030, 1, 1), 5);
      try (Statement statement = store.connection().createStatement();
          ResultSet left =
              statement.executeQuery(
                  "SELECT count(*), count(*) FILTER (import_count > 0)"
                      + " FROM module_usage JOIN cold_start USING (cold_start_id)")) {
        left.next();
        assertEquals("5 5", left.getLong(1) + " " + left.getLong(2));
      }
    }
  }

  private static Stream environment(int number) {
    return new Stream(id(number))
        .header()
        .row(0, 900, 900, "_json")
        .row(1, 60_000, 60_000, "docparse")
        .row(1, 50_000, 50_000, "pandas")
        .row(0, 500, 110_500, "app")
        .start("a")
        .report("a", 300);
  }

  private static StreamId id(int number) {
    return Stream.of("2026/09/19/[4]" + String.format("%032x", number + 1));
  }

  private static void usage(Stream stream, int requests, String part, String names) {
    stream.line(
        new TimingLine.CaptureUsage(
            Map.of("v", "1", "requests", requests + "", "part", part, "ran", names)));
  }

  private static void take(Store store, StreamId id, List<TimedLine> lines) {
    try (Ingestion ingestion = store.ingest("file", "logs")) {
      ingestion.add(id, new ArrayList<>(lines));
      ingestion.commit(lines.size(), 0, Map.of());
    }
  }
}
