package dev.frostline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.lake.LakeCopy;
import dev.frostline.lake.Place;
import dev.frostline.lake.Sync;
import dev.frostline.store.Store;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that Spark makes of a landing is the lake that a sync makes of it. */
final class LandingJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LOGS =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/lambda-python");

  private static final List<String> ROWS =
      List.of(
          "SELECT * FROM cold_start",
          "SELECT * FROM import_timing",
          "SELECT * EXCLUDE (events) FROM log_stream",
          "SELECT * FROM live_period",
          "SELECT * FROM function_state");

  @SuppressWarnings("NullAway.Init") // by start
  private static SparkSession spark;

  @TempDir Path folder = Path.of("");
  private String landing = "";
  private String lake = "";

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void names() {
    landing = folder.resolve("landed").toString();
    lake = folder.resolve("lake").toString();
  }

  @Test
  void landing_isTheLakeAndTheFindingsOfOneStore_howeverOftenItIsTaken() throws Exception {
    List<JsonNode> pieces = pieces();
    land(pieces.subList(0, 60));
    new LandingJob(spark, landing, lake).run();
    land(pieces);
    int findings = new LandingJob(spark, landing, lake).run();
    assertTrue(findings > 0, "no findings");
    assertLakeIsTheStore();
    List<String> before = digests();
    assertEquals(findings, new LandingJob(spark, landing, lake).run());
    assertEquals(before, digests(), "a second run over the same landing changes nothing");
    assertLakeIsTheStore();
  }

  private void assertLakeIsTheStore() throws Exception {
    Path direct = folder.resolve("direct.duckdb");
    List<String> expected = new ArrayList<>();
    try (Store store = Store.open(direct);
        Place landed = Place.at(landing, null)) {
      new Sync(landed, store).run(Instant.MAX, new Strict());
      store.judge();
      for (String rows : ROWS) {
        expected.add(digest(store, rows));
      }
      assertEquals(JudgeJobTest.rows(store, "finding"), JudgeJobTest.rows(store, found()));
      assertEquals(
          digest(store, "SELECT * EXCLUDE (cold_starts) FROM live_period"),
          digest(store, "SELECT * FROM " + file("live_period/data.parquet")));
      for (String table : List.of("cold_start", "import_timing", "log_stream")) {
        assertEquals(
            digest(store, "SELECT count(*) FROM " + table),
            digest(store, "SELECT count(*) FROM " + file(table + "/*/data.parquet")));
      }
    }
    assertEquals(expected, digests());
  }

  /** Of the lake as its readers have it. */
  private List<String> digests() throws Exception {
    List<String> digests = new ArrayList<>();
    Path copy = folder.resolve("copy.duckdb");
    try (Place place = Place.at(lake, null)) {
      new LakeCopy(place, copy).update(LakeCopy.Listener.NONE);
    }
    try (Store store = Store.openReadOnly(copy)) {
      for (String rows : ROWS) {
        digests.add(digest(store, rows));
      }
    }
    return digests;
  }

  private String found() {
    return "(SELECT *, 0 AS found_at FROM " + file("finding/data.parquet") + ")";
  }

  private String file(String name) {
    return "read_parquet('" + lake + "/" + name + "', hive_partitioning = false)";
  }

  private static String digest(Store store, String rows) throws SQLException {
    try (Statement statement = store.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) || ' ' || md5(string_agg(row::VARCHAR, ',' ORDER BY row::VARCHAR))"
                    + " FROM ("
                    + rows
                    + ") row")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Batches cut in two that overlap, in any order. */
  private static List<JsonNode> pieces() throws IOException {
    List<JsonNode> pieces = new ArrayList<>();
    Random random = new Random(20);
    for (String file :
        List.of("checkout-api/quiet/v3", "checkout-api/quiet/v4", "webhook-stdlib/quiet/v7")) {
      for (String batch : batches(LOGS.resolve(file + ".ndjson.gz"))) {
        ObjectNode whole = (ObjectNode) JSON.readTree(batch);
        int size = whole.path("logEvents").size();
        int cut = random.nextInt(size + 1);
        pieces.add(part(whole, 0, Math.min(size, cut + 3)));
        pieces.add(part(whole, cut, size));
      }
    }
    pieces.removeIf(piece -> piece.path("logEvents").isEmpty());
    Collections.shuffle(pieces, random);
    return pieces;
  }

  private static JsonNode part(ObjectNode whole, int from, int to) {
    ObjectNode part = whole.deepCopy();
    ArrayNode events = part.putArray("logEvents");
    for (int i = from; i < to; i++) {
      events.add(whole.path("logEvents").get(i));
    }
    return part;
  }

  private static List<String> batches(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  private void land(List<JsonNode> batches) throws IOException {
    try (Place place = Place.at(landing, null)) {
      IngestHandler handler =
          new IngestHandler(
              (key, content, deadline) -> place.create(key, content), "eu-west-1", null);
      for (JsonNode batch : batches) {
        CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
        logs.setData(Base64.getEncoder().encodeToString(gzip(JSON.writeValueAsBytes(batch))));
        CloudWatchLogsEvent event = new CloudWatchLogsEvent();
        event.setAwsLogs(logs);
        handler.handleRequest(event, null);
      }
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static final class Strict implements Sync.Listener {
    @Override
    public void failed(String key, String reason) {
      throw new AssertionError(key + ": " + reason);
    }
  }
}
