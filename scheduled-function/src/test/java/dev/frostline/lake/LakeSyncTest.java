package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.policy.Retention;
import dev.frostline.store.Ingestion;
import dev.frostline.store.NamedQuery;
import dev.frostline.store.Pruning;
import dev.frostline.store.Store;
import dev.frostline.verdict.statistics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake without a store holds what a store would hold that took the same in. */
final class LakeSyncTest {
  private static final List<String> ROWS =
      List.of(
          "SELECT * FROM cold_start",
          "SELECT * FROM import_timing",
          "SELECT * EXCLUDE (events) FROM log_stream",
          "SELECT * FROM live_period",
          "SELECT * FROM module_usage",
          "SELECT * FROM function_state");

  @TempDir Path folder = Path.of("");
  private Place landing = new FolderPlace(Path.of(""));
  private Place lake = new FolderPlace(Path.of(""));

  @BeforeEach
  void names() {
    landing = new FolderPlace(folder.resolve("landed"));
    lake = new FolderPlace(folder.resolve("lake"));
  }

  /** In random parts and order, some of them twice: streams are split over several syncs. */
  @Test
  @Tag("long")
  void manySyncs_giveTheRowsOfOneStore() throws Exception {
    List<String> batches = new ArrayList<>(Logs.batches());
    batches.addAll(batches.subList(0, 7));
    Collections.shuffle(batches, new Random(20));
    for (int from = 0; from < batches.size(); from += 11) {
      Logs.land(landing, batches.subList(from, Math.min(batches.size(), from + 11)));
      sync();
    }
    assertEquals(0, sync().daysWritten());
    assertLakeIsTheStore();
    assertTablesAreTheLake();
  }

  /** Environments tell later, and more than once, which modules ran code. */
  @Test
  void usage_isThatOfOneStore_andTellsWhatRanNoCode() throws Exception {
    Logs.land(landing, Logs.batches());
    sync();
    Logs.land(landing, usage(1, "codecs"));
    sync();
    Logs.land(landing, usage(2, "codecs;json;!_json"));
    sync();
    assertLakeIsTheStore();
    List<String> unused = unused(folder.resolve("copy.duckdb"));
    assertEquals(unused(folder.resolve("direct.duckdb")), unused);
    assertTrue(unused.contains("asyncio 34 0"), unused.toString());
    assertFalse(unused.contains("json 34 0"), unused.toString());
  }

  /** One line of each environment that has served a request, as the layer prints it. */
  private static List<String> usage(int number, String ran) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, String> batches = new TreeMap<>();
    for (String batch : Logs.batches()) {
      ObjectNode envelope = (ObjectNode) json.readTree(batch);
      JsonNode events = envelope.path("logEvents");
      ObjectNode last = (ObjectNode) events.get(events.size() - 1);
      if (!last.path("message").asText().startsWith("REPORT")) {
        continue;
      }
      last.put("id", new BigInteger(last.path("id").asText()).add(BigInteger.TWO.pow(number)) + "");
      last.put("timestamp", last.path("timestamp").asLong() + number);
      last.put(
          "message",
          "FROSTLINE usage v=1 id=a2f2cfe4 requests=" + number + " part=1/1 ran=" + ran + "\n");
      envelope.putArray("logEvents").add(last);
      batches.put(envelope.path("logStream").asText(), json.writeValueAsString(envelope));
    }
    return List.copyOf(batches.values());
  }

  private static List<String> unused(Path file) throws Exception {
    try (Store store = Store.openReadOnly(file)) {
      return NamedQuery.of("unused_imports")
          .with("function", "webhook-stdlib")
          .with("account", null)
          .with("region", null)
          .rows(
              store.connection(),
              row ->
                  row.getString("module")
                      + " "
                      + row.getLong("environments")
                      + " "
                      + row.getLong("used_in"));
    }
  }

  @Test
  void syncsAtOnce_andOthersStoppedHalfWay_loseAndDoubleNothing() throws Exception {
    List<String> batches = Logs.batches();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 4; round++) {
        Logs.land(
            landing, batches.subList(round * batches.size() / 4, (round + 1) * batches.size() / 4));
        int stop = 3 + 5 * round; // before, at and behind the commit
        assertThrows(IOException.class, () -> sync(new StoppedPlace(lake, stop)));
        List<Future<LakeSync.Summary>> runs =
            List.of(threads.submit(() -> sync(lake)), threads.submit(() -> sync(lake)));
        for (Future<LakeSync.Summary> run : runs) {
          run.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
    sync();
    assertLakeIsTheStore();
    assertTablesAreTheLake();
  }

  @Test
  void storeOfAnEarlierVersion_movesIn_withAllItKnows() throws Exception {
    List<String> batches = Logs.batches();
    Logs.land(landing, batches.subList(0, batches.size() / 2));
    Path file = folder.resolve("earlier.duckdb");
    Acknowledgement accepted =
        new Acknowledgement(
            "123456789012",
            "eu-west-1",
            "webhook-stdlib",
            "6",
            "7",
            "wanted",
            "jo",
            Instant.EPOCH,
            LocalDate.of(2999, 1, 1));
    Promise promise =
        new Promise(
            7,
            "123456789012",
            "eu-west-1",
            "webhook-stdlib",
            "json deferred",
            null,
            new Interval(-5, -6, -4),
            1,
            Double.NaN,
            "jo",
            Instant.EPOCH);
    try (Store store = Store.open(file)) {
      new Sync(landing, store).run(Instant.MAX, new Silent());
      new Acknowledgements(store.connection()).add(accepted);
      new Promises(store.connection()).add(promise);
    }
    LakeSync sync = new LakeSync(landing, lake);
    assertTrue(sync.isNew());
    assertTrue(sync.moveIn(file, new FolderPlace(folder)));
    assertFalse(sync.moveIn(file, new FolderPlace(folder)));
    assertEquals(List.of(accepted), new AcceptedBeside(new FolderPlace(folder)).all());
    PromisesBeside promises = new PromisesBeside(new FolderPlace(folder));
    assertEquals(List.of(promise), promises.all());
    assertEquals(8, promises.add(promise).id());
    Counted again = new Counted();
    sync.run(Instant.MAX, true, again, LakeSync.Reader.NONE);
    assertEquals(0, again.received, "what the store had taken is not read again");
    Logs.land(landing, batches);
    sync();
    assertLakeIsTheStore();
    assertTablesAreTheLake();
  }

  /** In two steps, of which the second one judges the function anew: what was known stays known. */
  @Test
  void findingsAndLivePeriods_areWrittenBesideTheRows() throws Exception {
    Logs.land(landing, batchesOf("checkout-api", 3));
    Logs.land(landing, batchesOf("checkout-api", 4));
    sync();
    assertJudgedIs("checkout-api 3 4 slower open", "3 1 false, 4 1 true");
    Logs.land(landing, batchesOf("checkout-api", 5).subList(0, 3));
    Logs.land(landing, Logs.batches());
    addFindingAsSparkDoes();
    sync();
    assertEquals(
        "old TIMESTAMP",
        oneOfFile(
            "SELECT function || ' ' || typeof(after_since) FROM "
                + table("finding")
                + " WHERE function = 'old'"));
    Path copy = folder.resolve("copy.duckdb");
    new LakeCopy(lake, copy).update(LakeCopy.Listener.NONE);
    assertEquals(
        one(copy, digest("SELECT * EXCLUDE (found_at, still_ms) FROM finding")),
        oneOfFile(
            digest(
                "SELECT * EXCLUDE (found_at, still_ms) FROM "
                    + table("finding")
                    + " WHERE function <> 'old'")));
    assertEquals(
        one(copy, digest("SELECT * EXCLUDE (cold_starts) FROM live_period")),
        oneOfFile(digest("SELECT * FROM " + table("live_period"))));
  }

  /** Six weeks lie between: no sync reads all of them, and the table says what a store says. */
  @Test
  @Tag("long")
  void findingThatEndsWeeksAfterItsBeginning_isClosedInTheTable() throws Exception {
    List<String> fast = batchesOf("checkout-api", 3);
    List<String> slow = batchesOf("checkout-api", 4);
    Logs.land(landing, fast);
    Logs.land(landing, slow);
    sync();
    for (int days : List.of(14, 28)) {
      Logs.land(landing, Logs.later(slow, days));
      sync();
      assertEquals("3 4 open  ", finding(table("finding")));
    }
    List<String> renamed = new ArrayList<>();
    for (String batch : Logs.later(fast, 42)) {
      renamed.add(batch.replace("[3]", "[7]").replace("Version: 3", "Version: 7"));
    }
    Logs.land(landing, renamed);
    LakeSync.Summary summary =
        new LakeSync(landing, lake).run(Instant.MAX, true, new Silent(), LakeSync.Reader.NONE);
    assertTrue(summary.isAll());
    Path copy = folder.resolve("copy.duckdb");
    new LakeCopy(lake, copy).update(LakeCopy.Listener.NONE);
    String expected = one(copy, findingOf("finding"));
    assertTrue(expected.startsWith("3 4 taken_back 7 "), expected);
    assertEquals(expected, finding(table("finding")));
  }

  private String finding(String table) throws Exception {
    return oneOfFile(findingOf(table));
  }

  private static String findingOf(String table) {
    return "SELECT string_agg(concat_ws(' ', before, after, state, coalesce(closed_by, ''),"
        + " coalesce(closed_at::VARCHAR, '')), ', ') FROM "
        + table
        + " WHERE verdict = 'slower'";
  }

  /** Without the time at which it was found, and with times that know their zone. */
  private void addFindingAsSparkDoes() throws Exception {
    try (Store store = Store.open(Path.of(":memory:"));
        Statement sql = store.connection().createStatement()) {
      sql.execute(
          "CREATE TABLE known AS SELECT * EXCLUDE (found_at) FROM "
              + table("finding")
              + " UNION ALL SELECT * EXCLUDE (found_at) REPLACE ('old' AS function) FROM "
              + table("finding"));
      sql.execute("ALTER TABLE known ALTER after_since TYPE TIMESTAMPTZ");
      sql.execute(
          "COPY known TO '" + folder.resolve("lake/finding/data.parquet") + "' (FORMAT parquet)");
    }
  }

  private void assertJudgedIs(String findings, String periods) throws Exception {
    assertEquals(
        findings,
        oneOfFile(
            "SELECT string_agg(concat_ws(' ', function, before, after, verdict, state), ', ') FROM "
                + table("finding")));
    assertEquals(
        periods,
        oneOfFile(
            "SELECT string_agg(concat_ws(' ', deployment, main::INT, newest), ', ' ORDER BY"
                + " began_at) FROM "
                + table("live_period")));
  }

  private String table(String name) {
    return "read_parquet('" + folder.resolve("lake/" + name + "/data.parquet") + "')";
  }

  private static List<String> batchesOf(String function, int version) throws IOException {
    return Logs.batches("lambda-python/" + function + "/quiet/v" + version + ".ndjson.gz");
  }

  /** Pruned day by day, the lake is the store that was pruned as a whole. */
  @Test
  void prunedLake_isThePrunedStore_andTakesNothingOfItAgain() throws Exception {
    List<String> batches = Logs.batches();
    Logs.land(landing, batches);
    sync();
    Retention retention = new Retention(7, 5);
    LocalDate before = LocalDate.parse("2026-10-04");
    Pruning.Summary planned = new LakePruning(lake, before, retention).plan();
    Pruning.Summary lost = new LakePruning(lake, before, retention).prune(Instant.MAX);
    assertEquals(planned, lost);
    assertTrue(lost.importTimings() > 0 && lost.logStreams() > 0 && lost.bytes() > 0, "" + lost);
    Place written = new StoppedPlace(lake, 0);
    assertTrue(new LakePruning(written, before, retention).prune(Instant.MAX).isEmpty());
    Pruning.Summary ofStore = assertLakeIsTheStore(before);
    assertEquals(ofStore, lost.freeing(ofStore.bytes()));
    assertTablesAreTheLake();
    sync();
    assertLakeIsTheStore(before);
  }

  @Test
  void lakeThatAStoreFeeds_isLeftAlone() throws Exception {
    Logs.land(landing);
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      new Sync(landing, store).run(Instant.MAX, new Silent());
      new Compaction(store, lake).run(false, Instant.MAX);
      String message = String.valueOf(assertThrows(IOException.class, this::sync).getMessage());
      assertTrue(message.contains("was written from a store by frostline compact"), message);
      Place other = new FolderPlace(folder.resolve("other"));
      sync(other);
      message =
          String.valueOf(
              assertThrows(
                      IOException.class, () -> new Compaction(store, other).run(false, Instant.MAX))
                  .getMessage());
      assertTrue(message.contains("is written by the scheduled function"), message);
    }
  }

  private LakeSync.Summary sync() throws IOException {
    return sync(lake);
  }

  private LakeSync.Summary sync(Place place) throws IOException {
    return new LakeSync(landing, place).run(Instant.MAX, true, new Silent(), LakeSync.Reader.NONE);
  }

  private void assertLakeIsTheStore() throws Exception {
    assertLakeIsTheStore(LocalDate.EPOCH);
  }

  private Pruning.Summary assertLakeIsTheStore(LocalDate before) throws Exception {
    Path direct = folder.resolve("direct.duckdb");
    Path copy = folder.resolve("copy.duckdb");
    Pruning.Summary pruned;
    try (Store store = Store.open(direct)) {
      new Sync(landing, store).run(Instant.MAX, new Silent());
      pruned = new Pruning(store).prune(before, 5);
    }
    new LakeCopy(lake, copy).update(LakeCopy.Listener.NONE);
    for (String rows : ROWS) {
      assertEquals(one(direct, digest(rows)), one(copy, digest(rows)), rows);
    }
    return pruned;
  }

  /** What engines read is what the commit says. */
  private void assertTablesAreTheLake() throws Exception {
    Path copy = folder.resolve("copy.duckdb");
    for (String table : List.of("cold_start", "import_timing")) {
      String files = folder.resolve("lake/" + table).resolve("*/data.parquet").toString();
      assertEquals(
          one(copy, "SELECT (count(*), sum(cold_start_id))::VARCHAR FROM " + table),
          oneOfFile(
              "SELECT (count(*), sum(cold_start_id))::VARCHAR FROM read_parquet('" + files + "')"));
    }
  }

  private static String digest(String rows) {
    return "SELECT count(*) || ' ' || md5(string_agg(row::VARCHAR, ',' ORDER BY row::VARCHAR)) FROM"
        + " ("
        + rows
        + ") row";
  }

  private static String one(Path file, String query) throws Exception {
    try (Store store = Store.openReadOnly(file)) {
      return one(store, query);
    }
  }

  private static String oneOfFile(String query) throws Exception {
    try (Store store = Store.open(Path.of(":memory:"))) {
      return one(store, query);
    }
  }

  private static String one(Store store, String query) throws Exception {
    try (Statement sql = store.connection().createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static class Silent implements Sync.Listener {
    @Override
    public void failed(String key, String reason) {
      throw new AssertionError(key + ": " + reason);
    }
  }

  private static final class Counted extends Silent {
    private long received;

    @Override
    public void stored(Ingestion.Summary group) {
      received += group.lines().received();
    }
  }

  /** A place that nobody can write to any more after some objects, as if the process were gone. */
  private static final class StoppedPlace implements Place {
    private final Place place;
    private int left;

    StoppedPlace(Place place, int left) {
      this.place = place;
      this.left = left;
    }

    private void count() throws IOException {
      if (left-- <= 0) {
        throw new IOException("gone");
      }
    }

    @Override
    public List<Entry> entries(String within) throws IOException {
      return place.entries(within);
    }

    @Override
    public InputStream open(String key) throws IOException {
      return place.open(key);
    }

    @Override
    public String link(String key, Duration valid) throws IOException {
      return place.link(key, valid);
    }

    @Override
    public boolean create(String key, byte[] content) throws IOException {
      count();
      return place.create(key, content);
    }

    @Override
    public void write(String key, Path file) throws IOException {
      count();
      place.write(key, file);
    }

    @Override
    public void delete(String key) throws IOException {
      place.delete(key);
    }

    @Override
    public void close() {
      place.close();
    }
  }
}
