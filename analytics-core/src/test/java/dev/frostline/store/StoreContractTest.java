package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.coldstart.Stream;
import dev.frostline.timing.EventId;
import dev.frostline.timing.LineCounts;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store promises, on a real DuckDB file. */
final class StoreContractTest {
  @TempDir Path folder = Path.of("");

  @Test
  void anyOrderSplitAndRepetition_givesTheSameRows() throws SQLException {
    Map<StreamId, List<TimedLine>> streams = StoreWriter.streams(6);
    Path whole = folder.resolve("whole.duckdb");
    try (Store store = Store.open(whole)) {
      take(store, streams);
    }
    String expected = export(whole);
    for (int seed = 0; seed < 4; seed++) {
      Path file = folder.resolve(seed + ".duckdb");
      Random random = new Random(seed);
      try (Store store = Store.open(file)) {
        for (Map<StreamId, List<TimedLine>> part : parts(streams, random)) {
          take(store, part);
        }
        assertEquals(0, take(store, streams).lines().stored());
      }
      assertEquals(expected, export(file));
    }
  }

  /** Files without ids beside batches, each of any part of the stream, in any order. */
  @Test
  void mixturesWithExports_giveTheSameRows_inAnyOrder() throws SQLException {
    StreamId id = Stream.VERSION_4;
    List<TimedLine> stream =
        StoreWriter.stream(id, 1).lines().stream()
            .map(line -> new TimedLine(line.atMillis() / 4 * 4, line.eventId(), 0, line.line()))
            .toList();
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      List<List<TimedLine>> parts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int from = random.nextInt(stream.size());
        List<TimedLine> part =
            stream.subList(from, from + 1 + random.nextInt(stream.size() - from));
        parts.add(i % 2 == 0 ? part : withoutIds(part));
      }
      List<String> exports = new ArrayList<>();
      for (int order = 0; order < 3; order++) {
        Path file = folder.resolve(seed + "-" + order + ".duckdb");
        try (Store store = Store.open(file)) {
          for (List<TimedLine> part : parts) {
            take(store, Map.of(id, part));
            assertEquals(0, take(store, Map.of(id, part)).lines().stored());
          }
        }
        exports.add(export(file));
        Collections.shuffle(parts, random);
        parts.add(parts.get(0));
      }
      assertEquals(exports.get(0), exports.get(1), "seed " + seed);
      assertEquals(exports.get(0), exports.get(2), "seed " + seed);
    }
  }

  private static List<TimedLine> withoutIds(List<TimedLine> part) {
    List<TimedLine> file = new ArrayList<>();
    for (TimedLine line : part) {
      file.add(new TimedLine(line.atMillis(), EventId.ordinal(file.size()), 0, line.line()));
    }
    return file;
  }

  @Test
  void secondIngest_storesNothing_andTheLedgerAddsUp() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    Map<StreamId, List<TimedLine>> streams = StoreWriter.streams(3);
    try (Store store = Store.open(file)) {
      Ingestion.Summary first = take(store, streams);
      assertEquals(first.lines().received(), first.lines().stored());
      assertEquals(3, first.newColdStarts());
      assertEquals(Map.of("python3.13", 3L), first.newColdStartsByRuntime());
      Ingestion.Summary second = take(store, streams);
      assertEquals(second.lines().received(), second.lines().alreadyStored());
      assertEquals(0, second.newColdStarts());
    }
    assertEquals(
        "true",
        one(
            file,
            "SELECT bool_and(received = stored + already_stored + not_ours + rejected) FROM"
                + " ingest_ledger"));
    assertEquals(
        "true",
        one(
            file,
            "SELECT sum(import_timings) = (SELECT count(*) FROM import_timing) AND"
                + " sum(cold_starts_new) = (SELECT count(*) FROM cold_start) FROM ingest_ledger"));
    assertEquals(
        "true",
        one(
            file,
            "SELECT bool_and(abs(init_ms - runtime_bootstrap_ms - imports_ms - unattributed_ms) <"
                + " 1e-9) FROM cold_start"));
  }

  @Test
  void lateHalfOfAStream_replacesItsColdStart() throws SQLException {
    StreamId id = Stream.VERSION_4;
    List<TimedLine> lines = StoreWriter.stream(id, 1).lines();
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file)) {
      assertEquals(1, take(store, Map.of(id, lines.subList(3, lines.size()))).newColdStarts());
      assertEquals(0, take(store, Map.of(id, lines.subList(0, 3))).newColdStarts());
    }
    assertEquals("complete", one(file, "SELECT completeness FROM cold_start"));
    assertEquals("5", one(file, "SELECT count(*) FROM import_timing"));
  }

  @Test
  void rowsBeyondTheMost_areCounted_whicheverHalfCameFirst() throws SQLException {
    Stream stream = new Stream(Stream.VERSION_4).initStart();
    for (int i = 0; i < 20_005; i++) {
      stream.row(i % 3, 1 + i % 3, 1, "m" + i);
    }
    List<TimedLine> lines = stream.at(60_000).start("a").report("a", 59_900).lines();
    List<List<TimedLine>> halves =
        List.of(lines.subList(0, 9_000), lines.subList(9_000, lines.size()));
    List<String> stores = new ArrayList<>();
    for (int first = 0; first < 2; first++) {
      Path file = folder.resolve(first + ".duckdb");
      try (Store store = Store.open(file)) {
        take(store, Map.of(Stream.VERSION_4, halves.get(first)));
        take(store, Map.of(Stream.VERSION_4, halves.get(1 - first)));
        take(store, Map.of(Stream.VERSION_4, lines));
      }
      stores.add(
          one(
              file,
              "SELECT completeness || ' ' || imports_dropped || ' ' || import_count || ' ' || last"
                  + " FROM cold_start, (SELECT arg_max(name, seq) AS last FROM import_timing)"));
    }
    assertEquals(List.of("capped 5 20000 m19999", "capped 5 20000 m19999"), stores);
  }

  @Test
  void streamOfAPlainName_inAnotherRegion_isAnother() throws SQLException {
    List<TimedLine> lines = StoreWriter.stream(Stream.VERSION_4, 1).lines();
    StreamId here = new StreamId("123456789012", "eu-west-1", "checkout", "web");
    StreamId there = new StreamId("123456789012", "us-east-1", "checkout", "web");
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file)) {
      take(store, Map.of(here, lines, there, lines));
    }
    assertEquals("2", one(file, "SELECT count(DISTINCT cold_start_id) FROM cold_start"));
  }

  @Test
  void rejectsAndOthers_areCountedByReason() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file);
        Ingestion ingestion = store.ingest("file", "x")) {
      LineCounts lines = ingestion.commit(5, 2, Map.of("cut off", 3L)).lines();
      assertEquals(new LineCounts(5, 0, 0, 2, Map.of("cut off", 3L)), lines);
    }
    assertEquals("cut off 3", one(file, "SELECT reason || ' ' || lines FROM ingest_reject"));
  }

  @Test
  void ingestionWithoutCommit_leavesTheOldRows() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    String before;
    try (Store store = Store.open(file)) {
      take(store, StoreWriter.streams(2));
    }
    before = export(file);
    try (Store store = Store.open(file)) {
      try (Ingestion ingestion = store.ingest("file", "x")) {
        StoreWriter.streams(4).forEach(ingestion::add);
      }
      try (Ingestion ingestion = store.ingest("file", "x")) {
        StoreWriter.streams(4).forEach(ingestion::add);
        assertThrows(IllegalArgumentException.class, () -> ingestion.commit(1, 0, Map.of()));
      }
    }
    assertEquals(before, export(file));
  }

  @Test
  void landedObject_isKnownAfterwards() {
    try (Store store = Store.open(folder.resolve("s.duckdb"))) {
      try (Ingestion ingestion = store.ingest("landing", "x")) {
        ingestion.landed("landing/a");
        ingestion.commit(0, 0, Map.of());
      }
      assertEquals(java.util.Set.of("landing/a"), store.landed(List.of("landing/a", "landing/b")));
    }
  }

  @Test
  void writerKilledAnywhere_leavesAStoreThatFinishes() throws Exception {
    Path whole = folder.resolve("whole.duckdb");
    try (Store store = Store.open(whole)) {
      StoreWriter.streams(40).forEach((stream, lines) -> take(store, Map.of(stream, lines)));
    }
    String expected = export(whole);
    Path file = folder.resolve("killed.duckdb");
    for (int round = 0; round < 4; round++) {
      Process writer = StoreWriter.start(file, 40);
      writer.getInputStream().readNBytes(1 + round * 9);
      writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      assertEquals(
          "0",
          one(
              file,
              "SELECT count(*) FROM cold_start LEFT JOIN log_stream USING (stream_id) WHERE"
                  + " log_stream.stream_id IS NULL"));
      assertEquals("true", one(file, "SELECT count(*) >= " + round + " FROM cold_start"));
    }
    try (Store store = Store.open(file)) {
      StoreWriter.streams(40).forEach((stream, lines) -> take(store, Map.of(stream, lines)));
    }
    assertEquals(expected, export(file));
  }

  @Test
  void storeHeldByAnotherProcess_namesIt() throws Exception {
    Path file = folder.resolve("held.duckdb");
    Process writer = StoreWriter.start(file, 100_000);
    try {
      writer.getInputStream().readNBytes(1);
      String why =
          String.valueOf(assertThrows(StoreException.class, () -> Store.open(file)).getMessage());
      assertEquals(
          "The store "
              + file
              + " is in use by process "
              + writer.pid()
              + ". Wait until it ends, or name another with --db.",
          why);
    } finally {
      writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void everyColumn_hasAComment() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    Store.open(file).close();
    assertEquals(
        "null",
        one(
            file,
            "SELECT string_agg(table_name || '.' || column_name) FROM duckdb_columns() WHERE"
                + " comment IS NULL AND NOT internal AND table_name NOT IN (SELECT view_name FROM"
                + " duckdb_views())"));
    assertEquals(
        "null",
        one(file, "SELECT string_agg(table_name) FROM duckdb_tables() WHERE comment IS NULL"));
    assertEquals(
        "null",
        one(
            file,
            "SELECT string_agg(view_name) FROM duckdb_views() WHERE comment IS NULL AND NOT"
                + " internal"));
  }

  @Test
  void schemaSteps_areTheFilesInTheirOrder() throws IOException {
    Path schema = Path.of(System.getProperty("frostline.root", ".."), "queries/schema");
    try (java.util.stream.Stream<Path> files = Files.list(schema)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()).replace(".sql", ""))
              .sorted()
              .toList();
      assertEquals(names, Queries.SCHEMA);
    }
  }

  @Test
  void olderStore_isBroughtUpToDate_andNotReadBefore() throws SQLException {
    Path file = folder.resolve("old.duckdb");
    execute(
        file,
        "CREATE TABLE schema_step (name VARCHAR NOT NULL)",
        Queries.text("schema/001_tables"),
        "INSERT INTO schema_step VALUES ('001_tables')");
    assertTrue(
        String.valueOf(
                assertThrows(StoreException.class, () -> Store.openReadOnly(file)).getMessage())
            .contains("is of an older Frostline"));
    Store.open(file).close();
    Store.open(file).close();
    assertEquals(
        String.valueOf(Queries.SCHEMA.size()), one(file, "SELECT count(*) FROM schema_step"));
    Store.openReadOnly(file).close();
  }

  @Test
  void acknowledgementByName_holdsWhereverTheNameIs() throws SQLException {
    Path file = folder.resolve("by-name.duckdb");
    List<String> statements =
        new ArrayList<>(List.of("CREATE TABLE schema_step (name VARCHAR NOT NULL)"));
    for (String step : Queries.SCHEMA.subList(0, 5)) {
      statements.add(Queries.text("schema/" + step));
      statements.add("INSERT INTO schema_step VALUES ('" + step + "')");
    }
    statements.add(
        "INSERT INTO cold_start BY NAME SELECT range AS cold_start_id, range AS stream_id, range %"
            + " 2 AS account, 'r' AS region, 'f' AS function, '1' AS version, '1' AS deployment,"
            + " 'g' AS log_group, 's' AS log_stream, 0 AS ordinal, TIMESTAMP '2026-01-01' AS"
            + " started_at, 'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust, 0 AS"
            + " suspect_lines, 'complete' AS completeness, 0 AS import_count FROM range(4)");
    statements.add(
        "INSERT INTO acknowledgement VALUES ('f', '1', '2', 'wanted', 'me', '2026-01-01',"
            + " '2999-01-01')");
    execute(file, statements.toArray(String[]::new));
    Store.open(file).close();
    assertEquals(
        "0 r wanted, 1 r wanted",
        one(
            file,
            "SELECT string_agg(account || ' ' || region || ' ' || reason, ', ' ORDER BY account)"
                + " FROM acknowledgement"));
  }

  @Test
  void fileThatIsNoStore_isSaidToBe() throws IOException {
    Path file =
        Files.write(
            folder.resolve("x.duckdb"),
            "not a database at all".repeat(900).getBytes(StandardCharsets.UTF_8));
    String why =
        String.valueOf(assertThrows(StoreException.class, () -> Store.open(file)).getMessage());
    assertTrue(why.startsWith("Cannot open " + file), why);
    Path none = folder.resolve("none.duckdb");
    assertTrue(
        String.valueOf(
                assertThrows(StoreException.class, () -> Store.openReadOnly(none)).getMessage())
            .startsWith("There is no store at "));
    assertTrue(Files.notExists(none));
  }

  private static Ingestion.Summary take(Store store, Map<StreamId, List<TimedLine>> streams) {
    try (Ingestion ingestion = store.ingest("file", "test")) {
      streams.forEach(ingestion::add);
      long events =
          streams.values().stream().flatMap(List::stream).filter(line -> line.part() == 0).count();
      return ingestion.commit(events, 0, Map.of());
    }
  }

  /** The lines in parts of random size and order, some of them twice. */
  private static List<Map<StreamId, List<TimedLine>>> parts(
      Map<StreamId, List<TimedLine>> streams, Random random) {
    List<Map<StreamId, List<TimedLine>>> parts = new ArrayList<>();
    streams.forEach(
        (stream, lines) -> {
          for (int from = 0; from < lines.size(); ) {
            int to = Math.min(lines.size(), from + 1 + random.nextInt(4));
            parts.add(Map.of(stream, lines.subList(Math.max(0, from - random.nextInt(2)), to)));
            from = to;
          }
        });
    Collections.shuffle(parts, random);
    return parts;
  }

  static String export(Path file) throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (String table : List.of("cold_start", "import_timing", "log_stream", "live_period")) {
      rows.append(rows(file, "SELECT * FROM " + table + " ORDER BY ALL"));
    }
    return rows.toString();
  }

  private static String one(Path file, String sql) throws SQLException {
    return rows(file, sql).strip();
  }

  private static String rows(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      StringBuilder text = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          text.append(value(rows, i)).append(i == columns ? '\n' : '|');
        }
      }
      return text.toString();
    }
  }

  private static String value(ResultSet rows, int column) throws SQLException {
    if (rows.getObject(column) instanceof java.sql.Blob blob) {
      return java.util.HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return String.valueOf(rows.getObject(column));
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
