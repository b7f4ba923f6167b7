package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.lake.ShardedSync.Made;
import dev.frostline.lake.ShardedSync.Piece;
import dev.frostline.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards make the lake that one sync makes, and take turns with it. */
final class ShardedSyncTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> ROWS =
      List.of(
          "SELECT * FROM cold_start",
          "SELECT * FROM import_timing",
          "SELECT * EXCLUDE (events) FROM log_stream",
          "SELECT * FROM live_period",
          "SELECT * FROM function_state",
          "SELECT sum(received), sum(stored), sum(already_stored), sum(not_ours), sum(rejected),"
              + " sum(cold_starts_new), sum(import_timings) FROM ingest_ledger");

  @TempDir Path folder = Path.of("");
  private String landing = "";
  private String lake = "";

  @BeforeEach
  void names() {
    landing = folder.resolve("landed").toString();
    lake = folder.resolve("lake").toString();
  }

  /** Streams are split over three runs, of which the second is no sharded one. */
  @Test
  void anySplitAndOrder_inTurnsWithASync_givesTheRowsOfOneStore() throws Exception {
    List<String> pieces = pieces();
    int third = pieces.size() / 3;
    deliver(Logs.batches().subList(0, 20));
    land(pieces.subList(0, third));
    run(3);
    land(pieces.subList(third - 5, 2 * third));
    try (Place landed = Place.at(landing, null);
        Place place = Place.at(lake, null)) {
      new LakeSync(landed, place).run(Instant.MAX, true, new Strict(), LakeSync.Reader.NONE);
    }
    land(pieces.subList(2 * third, pieces.size()));
    run(5);
    assertLakeIsTheStore();
    assertEquals(List.of(), ShardedSync.begin(landing, lake, 3).keys(), "nothing is left to take");
  }

  @Test
  @Tag("long")
  void runThatStopsBeforeItsCommit_leavesTheLakeAsItWas_andIsMadeUpFor() throws Exception {
    List<String> pieces = pieces();
    land(pieces.subList(0, 40));
    run(3);
    List<String> before = digests();
    land(pieces);
    ShardedSync stopped = ShardedSync.begin(landing, lake, 3);
    List<Made> merged = merged(stopped, new Strict());
    assertEquals(before, digests());
    run(2);
    assertLakeIsTheStore();
    assertThrows(IOException.class, () -> stopped.commit(merged), "the run behind it was faster");
    assertLakeIsTheStore();
  }

  @Test
  void objectThatCannotBeRead_isNamedOnce_andTakenByTheNextRun() throws Exception {
    land(pieces().subList(0, 30));
    String key = ShardedSync.begin(landing, lake, 3).keys().get(7);
    Path object = Path.of(landing).resolve(key);
    byte[] whole = Files.readAllBytes(object);
    Files.write(object, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    List<String> failed = new ArrayList<>();
    ShardedSync sync = ShardedSync.begin(landing, lake, 3);
    commit(sync, merged(sync, (one, reason) -> failed.add(one)));
    assertEquals(List.of(key), failed);
    Files.write(object, whole);
    assertEquals(List.of(key), ShardedSync.begin(landing, lake, 3).keys());
    run(3);
    assertLakeIsTheStore();
  }

  private void run(int shards) throws IOException {
    ShardedSync sync = ShardedSync.begin(landing, lake, shards);
    commit(sync, merged(sync, new Strict()));
  }

  private static List<Made> merged(ShardedSync sync, Sync.Listener listener) throws IOException {
    Map<Integer, List<Piece>> shards = new TreeMap<>();
    for (String key : sync.keys()) {
      for (Piece piece : sync.split(List.of(key))) {
        shards.computeIfAbsent(piece.shard(), none -> new ArrayList<>()).add(piece);
      }
    }
    Map<String, List<Made>> parts = new TreeMap<>();
    for (Map.Entry<Integer, List<Piece>> shard : shards.entrySet()) {
      for (Made made : sync.take(shard.getKey(), shard.getValue().iterator(), listener)) {
        parts.computeIfAbsent(made.part(), none -> new ArrayList<>()).add(made);
      }
    }
    List<Made> merged = new ArrayList<>();
    for (Map.Entry<String, List<Made>> part : parts.entrySet()) {
      merged.add(sync.merge(part.getKey(), part.getValue()));
    }
    return merged;
  }

  private static void commit(ShardedSync sync, List<Made> merged) throws IOException {
    String commit = sync.commit(merged);
    for (String part : ShardedSync.changed(commit)) {
      sync.writeTables(commit, part);
    }
    sync.end(commit);
  }

  private void assertLakeIsTheStore() throws Exception {
    List<String> expected = new ArrayList<>();
    Files.deleteIfExists(folder.resolve("direct.duckdb"));
    try (Store store = Store.open(folder.resolve("direct.duckdb"));
        Place landed = Place.at(landing, null)) {
      new Sync(landed, store).run(Instant.MAX, new Strict());
      for (String rows : ROWS.subList(0, 5)) {
        expected.add(digest(store, rows));
      }
      for (String table : List.of("cold_start", "import_timing", "log_stream")) {
        String files = "read_parquet('" + lake + "/" + table + "/*/data.parquet')";
        assertEquals(
            digest(store, "SELECT count(*) FROM " + table),
            digest(store, "SELECT count(*) FROM " + files));
      }
    }
    assertEquals(expected, digests().subList(0, 5));
    try (Store copy = Store.openReadOnly(folder.resolve("copy.duckdb"));
        Statement sql = copy.connection().createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT sum(received) - sum(stored + already_stored + not_ours + rejected)"
                    + " FROM ingest_ledger")) {
      row.next();
      assertEquals(0, row.getLong(1), "every event is counted once");
    }
  }

  /** Of the lake as its readers have it. */
  private List<String> digests() throws Exception {
    Path copy = folder.resolve("copy.duckdb");
    try (Place place = Place.at(lake, null)) {
      new LakeCopy(place, copy).update(LakeCopy.Listener.NONE);
    }
    List<String> digests = new ArrayList<>();
    try (Store store = Store.openReadOnly(copy)) {
      for (String rows : ROWS) {
        digests.add(digest(store, rows));
      }
    }
    return digests;
  }

  private static String digest(Store store, String rows) throws Exception {
    try (Statement sql = store.connection().createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT count(*) || ' ' || md5(string_agg(row::VARCHAR, ',' ORDER BY row::VARCHAR))"
                    + " FROM ("
                    + rows
                    + ") row")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Batches cut in two that overlap, in any order. */
  private static List<String> pieces() throws IOException {
    List<String> pieces = new ArrayList<>();
    Random random = new Random(20);
    for (String batch : Logs.batches()) {
      ObjectNode whole = (ObjectNode) JSON.readTree(batch);
      int size = whole.path("logEvents").size();
      int cut = 1 + random.nextInt(size - 1);
      pieces.add(part(whole, 0, Math.min(size, cut + 3)));
      pieces.add(part(whole, cut, size));
    }
    Collections.shuffle(pieces, random);
    return pieces;
  }

  private static String part(ObjectNode whole, int from, int to) throws IOException {
    ObjectNode part = whole.deepCopy();
    part.putArray("logEvents");
    for (int i = from; i < to; i++) {
      part.withArray("logEvents").add(whole.path("logEvents").get(i));
    }
    return JSON.writeValueAsString(part);
  }

  private void land(List<String> batches) throws IOException {
    try (Place place = Place.at(landing, null)) {
      Logs.land(place, batches);
    }
  }

  /** One object with events of many streams, as a log group leaves it there itself. */
  private void deliver(List<String> batches) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      for (String batch : batches) {
        JsonNode envelope = JSON.readTree(batch);
        for (JsonNode event : envelope.path("logEvents")) {
          ObjectNode line = event.deepCopy();
          line.put("accountId", envelope.path("owner").asText());
          line.set("logGroup", envelope.path("logGroup"));
          line.set("logStream", envelope.path("logStream"));
          out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    try (Place place = Place.at(landing, null)) {
      place.create(
          "AWSLogs/123456789012/eu-west-1/_aws_lambda_webhook-stdlib/2026/10/04/_a.log.gz",
          packed.toByteArray());
    }
  }

  private static final class Strict implements Sync.Listener {
    @Override
    public void failed(String key, String reason) {
      throw new AssertionError(key + ": " + reason);
    }
  }
}
