package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cold starts with known truth, from file to store. */
final class LambdaPythonTest {
  private static final Path DATA =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/lambda-python");
  private static final Random RANDOM = new Random(19);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void dataIsThere() {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "the shared data is not beside the project");
  }

  @Test
  void everyDeployment_hasItsCountAndMedianOfTheTruth() throws IOException, SQLException {
    Path file = folder.resolve("s.duckdb");
    Map<String, Figures> expected = new TreeMap<>();
    try (Store store = Store.open(file)) {
      for (Path function : list(DATA).filter(Files::isDirectory).toList()) {
        expected.putAll(truth(function));
        for (Path batches : list(function.resolve("quiet")).toList()) {
          assertEquals(Map.of(), take(store, batches).lines().rejects());
        }
      }
      Path again = DATA.resolve("checkout-api/quiet/v1.ndjson.gz");
      assertEquals(0, take(store, again).lines().stored());
      assertEquals(45, expected.size());
      Map<String, Figures> stored = figures(store);
      assertEquals(expected.keySet(), stored.keySet());
      expected.forEach((name, truth) -> truth.check(name, stored.get(name)));
      assertEquals(
          "0",
          one(
              store,
              "SELECT count(*) FROM cold_start WHERE trust <> 'ok' OR completeness <> 'complete'"));
    }
  }

  @Test
  void anyOrderSplitAndRepetition_givesTheSameExport() throws IOException, SQLException {
    List<String> whole = new ArrayList<>();
    for (String file : List.of("webhook-stdlib/quiet/v3", "thumbnail-worker/quiet/v1")) {
      whole.addAll(lines(DATA.resolve(file + ".ndjson.gz")).subList(0, 25));
    }
    String expected;
    try (Store store = Store.open(folder.resolve("whole.duckdb"))) {
      take(store, Files.write(folder.resolve("whole.ndjson"), whole));
      expected = export(store);
    }
    List<String> events = singleEvents(whole);
    events.addAll(events.subList(0, events.size() / 10));
    Collections.shuffle(events, RANDOM);
    try (Store store = Store.open(folder.resolve("split.duckdb"))) {
      int parts = 5;
      for (int part = 0; part < parts; part++) {
        int size = events.size() / parts + 1;
        List<String> some = events.subList(part * size, Math.min(events.size(), (part + 1) * size));
        take(store, Files.write(folder.resolve("part.ndjson"), some));
      }
      Collections.shuffle(whole, RANDOM);
      assertEquals(
          0, take(store, Files.write(folder.resolve("all.ndjson"), whole)).lines().stored());
      assertEquals(expected, export(store));
    }
  }

  @Test
  void batchesThroughTheHandler_giveTheSameExport() throws IOException, SQLException {
    Path file = DATA.resolve("webhook-stdlib/quiet/v7.ndjson.gz");
    String direct;
    try (Store store = Store.open(folder.resolve("direct.duckdb"))) {
      take(store, file);
      direct = export(store);
    }
    DirectoryLanding landing = new DirectoryLanding(folder.resolve("landing"));
    IngestHandler handler = new IngestHandler(landing, "eu-west-1", null);
    for (String batch : lines(file)) {
      handler.handleRequest(event(batch), null);
    }
    try (Store store = Store.open(folder.resolve("landed.duckdb"));
        Ingestion ingestion = store.ingest("landing", "test")) {
      long received = 0;
      long notOurs = 0;
      for (String key : landing.keys()) {
        LandingObject object = LandingObject.decode(landing.read(key));
        object.streams().forEach(ingestion::add);
        received +=
            object.streams().values().stream().mapToLong(List::size).sum() + object.notOurs();
        notOurs += object.notOurs();
      }
      ingestion.commit(received, notOurs, Map.of());
      assertEquals(direct, export(store));
    }
  }

  @Test
  void exportAfterSubscription_addsNothing() throws IOException, SQLException {
    Path samples = DATA.resolveSibling("sample-events");
    try (Store store = Store.open(folder.resolve("s.duckdb"))) {
      take(store, samples.resolve("checkout-api_awslogs.json"));
      String before = export(store);
      Reading sample = Reading.of(samples.resolve("checkout-api_awslogs.json"));
      String stream = sample.streams().keySet().iterator().next().logStream();
      Origin origin = Reading.ofStream("/aws/lambda/checkout-api", stream);
      Ingestion.Summary export =
          take(store, samples.resolve("checkout-api_s3export_000000.gz"), origin);
      assertEquals(0, export.lines().stored());
      assertTrue(export.lines().alreadyStored() > 1000);
      assertEquals(before, export(store));
    }
  }

  private static Ingestion.Summary take(Store store, Path file) throws IOException {
    return take(store, file, Reading.NOWHERE);
  }

  private static Ingestion.Summary take(Store store, Path file, Origin origin) throws IOException {
    try (Ingestion ingestion = store.ingest("file", file.toString())) {
      LineTally tally = new LogFile(file, origin).read(ingestion::add);
      return ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
    }
  }

  private record Figures(long coldStarts, double medianMillis) {
    void check(String name, @Nullable Figures stored) {
      assertNotNull(stored, name);
      assertEquals(coldStarts, stored.coldStarts, name);
      assertEquals(medianMillis, stored.medianMillis, 0.01, name);
    }
  }

  private static Map<String, Figures> truth(Path function) throws IOException {
    Map<String, Figures> truth = new TreeMap<>();
    JsonNode deployments =
        JSON.readTree(function.resolve("truth.json").toFile()).path("deployments");
    for (JsonNode deployment : deployments) {
      JsonNode quiet = deployment.path("quiet");
      truth.put(
          function.getFileName() + " " + deployment.path("version").asText(),
          new Figures(quiet.path("n").asLong(), quiet.path("init_ms_median").asDouble()));
    }
    return truth;
  }

  private static Map<String, Figures> figures(Store store) throws SQLException {
    Map<String, Figures> figures = new TreeMap<>();
    try (Statement statement = store.connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT function, deployment, count(*), median(init_ms) FROM cold_start GROUP BY ALL")) {
      while (rows.next()) {
        figures.put(
            rows.getString(1) + " " + rows.getString(2),
            new Figures(rows.getLong(3), rows.getDouble(4)));
      }
    }
    return figures;
  }

  private static List<String> singleEvents(List<String> batches) throws IOException {
    List<String> single = new ArrayList<>();
    for (String batch : batches) {
      JsonNode read = JSON.readTree(batch);
      com.fasterxml.jackson.databind.node.ObjectNode one = read.deepCopy();
      for (JsonNode event : read.path("logEvents")) {
        one.putArray("logEvents").add(event);
        single.add(one.toString());
      }
    }
    return single;
  }

  private static List<String> lines(Path gzip) throws IOException {
    try (InputStream in = new Gunzip(new ByteArrayInputStream(Files.readAllBytes(gzip)))) {
      return new ArrayList<>(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static CloudWatchLogsEvent event(String batch) {
    CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
    logs.setData(Base64.getEncoder().encodeToString(Reading.gzip(Reading.utf8(batch))));
    CloudWatchLogsEvent event = new CloudWatchLogsEvent();
    event.setAwsLogs(logs);
    return event;
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  private static String export(Store store) throws SQLException {
    return one(
            store,
            "SELECT md5(string_agg(t::VARCHAR, '\n')) FROM (SELECT * FROM cold_start ORDER BY ALL) t")
        + one(
            store,
            "SELECT md5(string_agg(t::VARCHAR, '\n')) FROM (SELECT * FROM import_timing ORDER BY ALL) t")
        + one(
            store,
            "SELECT md5(string_agg(t::VARCHAR, '\n')) FROM (SELECT * FROM log_stream ORDER BY ALL) t");
  }

  private static String one(Store store, String sql) throws SQLException {
    try (Statement statement = store.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getObject(1));
    }
  }
}
