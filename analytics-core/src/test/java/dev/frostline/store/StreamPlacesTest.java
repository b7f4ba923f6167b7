package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.Stream;
import dev.frostline.policy.Promises;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stream, told under several accounts and Regions. */
final class StreamPlacesTest {
  private static final String UNKNOWN = StreamId.UNKNOWN;

  @TempDir Path folder = Path.of("");

  @Test
  void unknownPlace_isFilledIn_inWhateverOrderItIsLearnt() throws SQLException {
    String expected = storeOf("known", List.of(streams("1", "eu-west-1")));
    List<Map<StreamId, List<TimedLine>>> ways = new ArrayList<>();
    ways.add(streams(UNKNOWN, UNKNOWN));
    ways.add(streams("1", UNKNOWN));
    ways.add(streams(UNKNOWN, "eu-west-1"));
    for (int seed = 0; seed < 4; seed++) {
      Collections.shuffle(ways, new Random(seed));
      assertEquals(expected, storeOf("unknown" + seed, ways));
    }
    assertEquals(expected, storeOf("half", List.of(halves(ways.get(0)), ways.get(1), ways.get(2))));
  }

  @Test
  void otherRegion_isRefused_andCounted() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file)) {
      take(store, streams("1", "eu-west-1"));
      Ingestion.Summary elsewhere = take(store, streams("1", "us-east-1"));
      assertEquals(
          Map.of(
              "the same log stream is stored under Region eu-west-1: take it in there, or make the"
                  + " store anew if us-east-1 is right",
              elsewhere.lines().received()),
          elsewhere.lines().rejects());
      assertEquals(0, elsewhere.newColdStarts());
      assertEquals(
          elsewhere.lines().received(), take(store, streams("2", "eu-west-1")).lines().rejected());
    }
    assertEquals(
        StoreContractTest.export(file), storeOf("alone", List.of(streams("1", "eu-west-1"))));
  }

  @Test
  void acknowledgementAndPromise_holdUnderThePlaceThatWasLearnt() throws SQLException {
    try (Store store = Store.open(folder.resolve("a.duckdb"))) {
      take(store, streams(UNKNOWN, UNKNOWN));
      try (Statement statement = store.connection().createStatement()) {
        statement.execute(
            "INSERT INTO acknowledgement VALUES ('unknown', 'unknown', 'checkout-api', '3', '4',"
                + " 'meant', 'ann', TIMESTAMP '2026-01-01', DATE '2026-02-01')");
        statement.execute(
            "INSERT INTO promise VALUES (1, 'unknown', 'unknown', 'checkout-api', 'pandas"
                + " deferred', NULL, -216, -221, -211, 1, NULL, 'ann', TIMESTAMP '2026-01-01')");
      }
      take(store, streams("1", "eu-west-1"));
      try (Statement statement = store.connection().createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT region FROM acknowledgement ORDER BY region")) {
        rows.next();
        assertEquals("eu-west-1", rows.getString(1));
      }
      assertEquals("eu-west-1", new Promises(store.connection()).all().get(0).region());
    }
  }

  /** What was judged is told under the place that was learnt at once, as old as it is. */
  @Test
  void judgedUnderAnUnknownPlace_isOfThePlaceThatWasLearnt() throws SQLException {
    try (Store store = Store.open(folder.resolve("j.duckdb"));
        Statement statement = store.connection().createStatement()) {
      take(store, streams(UNKNOWN, UNKNOWN));
      statement.execute(
          "INSERT INTO finding (account, region, function, track, kind, verdict, before,"
              + " before_since, after, after_since, found_at) SELECT DISTINCT account, region,"
              + " function, 'published', 'deployment', 'slower', '3', TIMESTAMP '2026-01-01', '4',"
              + " TIMESTAMP '2026-01-02', TIMESTAMP '2026-01-03' FROM function_state");
      statement.execute(
          "INSERT INTO judgement SELECT account, region, function, fingerprint, 'r', 'j'::BLOB FROM"
              + " function_state");
      take(store, streams("1", "eu-west-1"));
      assertEquals(
          "eu-west-1", text(statement, "SELECT string_agg(region, ', ') FROM function_state"));
      assertEquals(
          "eu-west-1 2026-01-03 00:00:00",
          text(statement, "SELECT string_agg(region || ' ' || found_at, ', ') FROM finding"));
      assertEquals("0", text(statement, "SELECT count(*) FROM judgement"));
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void nameThatOthersMayHave_isNeverTakenForAnothers() {
    StreamId lambda = new StreamId("1", "r", "g", "2026/09/19/[4]" + "0a".repeat(16));
    assertEquals(true, lambda.isOneOfAKind());
    assertEquals(true, StreamId.ofTrace("1", "r", "f", "$LATEST", "0a".repeat(32)).isOneOfAKind());
    assertEquals(false, new StreamId("1", "r", "g", "2026/09/19/[4]ab12").isOneOfAKind());
    assertEquals(false, new StreamId("1", "r", "g", "my-stream").isOneOfAKind());
  }

  /** A stream of a shared log group says whose it is in one line, which may come last. */
  @Test
  void functionLearntLate_leavesNothingUnderTheNameBefore() throws SQLException {
    StreamId id = new StreamId("1", "r", "/shared", "2026/09/19/[4]" + "0a".repeat(16));
    List<TimedLine> lines =
        new Stream(id)
            .line(new TimingLine.InitStart("python:3.13.v43", null, null, null, "orders", "4"))
            .start("a")
            .report("a", 100)
            .lines();
    try (Store store = Store.open(Path.of(":memory:"))) {
      for (List<TimedLine> part : List.of(lines.subList(1, 3), lines.subList(0, 1))) {
        try (Ingestion ingestion = store.ingest("file", "part")) {
          ingestion.add(id, part);
          ingestion.commit(part.size(), 0, Map.of());
        }
      }
      for (String table : List.of("cold_start", "live_period", "function_state")) {
        try (Statement statement = store.connection().createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT string_agg(DISTINCT function, ', ') FROM " + table)) {
          row.next();
          assertEquals("orders", row.getString(1), table);
        }
      }
    }
  }

  private static Map<StreamId, List<TimedLine>> streams(String account, String region) {
    Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
    StoreWriter.streams(3)
        .forEach(
            (stream, lines) ->
                streams.put(
                    new StreamId(account, region, stream.logGroup(), stream.logStream()), lines));
    return streams;
  }

  private static Map<StreamId, List<TimedLine>> halves(Map<StreamId, List<TimedLine>> streams) {
    Map<StreamId, List<TimedLine>> halves = new TreeMap<>();
    streams.forEach((stream, lines) -> halves.put(stream, lines.subList(0, lines.size() / 2)));
    return halves;
  }

  private String storeOf(String name, List<Map<StreamId, List<TimedLine>>> deliveries)
      throws SQLException {
    Path file = folder.resolve(name + ".duckdb");
    try (Store store = Store.open(file)) {
      for (Map<StreamId, List<TimedLine>> delivery : deliveries) {
        take(store, delivery);
      }
    }
    return StoreContractTest.export(file);
  }

  private static Ingestion.Summary take(Store store, Map<StreamId, List<TimedLine>> streams) {
    try (Ingestion ingestion = store.ingest("file", "test")) {
      streams.forEach(ingestion::add);
      long events = streams.values().stream().mapToLong(List::size).sum();
      return ingestion.commit(events, 0, Map.of());
    }
  }
}
