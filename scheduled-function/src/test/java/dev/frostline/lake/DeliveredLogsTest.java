package dev.frostline.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.ingest.DeliveredLogs;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cold starts as log groups of class DELIVERY leave them in a bucket. */
final class DeliveredLogsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "AWSLogs/123456789012/eu-west-1/_aws_lambda_webhook-stdlib";
  @TempDir Path folder = Path.of("");

  @Test
  void anySplitOrderAndRepetition_givesTheRowsOfTheIngestFunction() throws Exception {
    Place landed = Place.at(folder.resolve("landed").toString(), null);
    Logs.land(landed);
    List<String> expected = synced(landed, "landed.duckdb", new Counting());
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      Place delivered = Place.at(folder.resolve("delivered" + round).toString(), null);
      deliver(delivered, round, random);
      Counting counts = new Counting();
      assertEquals(expected, synced(delivered, "delivered" + round + ".duckdb", counts));
      assertEquals(
          counts.received, counts.stored + counts.alreadyStored + counts.notOurs + counts.rejected);
      assertTrue(counts.failed.isEmpty(), counts.failed.toString());
    }
  }

  @Test
  void otherServicesOfTheFolder_areLeftAlone_andADamagedObjectIsNamed() throws Exception {
    Place place = Place.at(folder.resolve("bucket").toString(), null);
    deliver(place, 0, new Random(1));
    place.create("AWSLogs/123456789012/CloudTrail/eu-west-1/2026/x.json.gz", new byte[] {1});
    place.create("AWSLogs/123456789012/elasticloadbalancing/eu-west-1/x.log.gz", new byte[] {1});
    byte[] cut = new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, 0x00};
    place.create(FOLDER + "/2026/10/04/_cut.log.zst", cut);
    Counting counts = new Counting();
    synced(place, "s.duckdb", counts);
    assertEquals(List.of(FOLDER + "/2026/10/04/_cut.log.zst"), List.copyOf(counts.failed.keySet()));
    assertTrue(counts.stored > 1000);
  }

  @Test
  void key_tellsRegionAndFunctionGroup() {
    assertTrue(DeliveredLogs.isKey(FOLDER + "/2026/10/04/_abc.log.zst"));
    assertTrue(DeliveredLogs.isKey("AWSLogs/123456789012/us-gov-west-1/_aws_lambda_x/_a.log.zst"));
  }

  /** All events of all batches, dealt into objects; some events into two. */
  private static void deliver(Place place, int round, Random random) throws IOException {
    List<List<String>> objects = new ArrayList<>();
    for (int i = 0; i < 5 + round; i++) {
      objects.add(new ArrayList<>());
    }
    for (String batch : Logs.batches()) {
      JsonNode envelope = JSON.readTree(batch);
      for (JsonNode event : envelope.path("logEvents")) {
        ObjectNode line = JSON.createObjectNode();
        line.put("accountId", envelope.path("owner").asText());
        line.set("logGroup", envelope.path("logGroup"));
        line.set("logStream", envelope.path("logStream"));
        line.set("id", event.path("id"));
        line.set("timestamp", event.path("timestamp"));
        line.set("message", event.path("message"));
        for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
          objects.get(random.nextInt(objects.size())).add(JSON.writeValueAsString(line));
        }
      }
    }
    int number = 0;
    for (List<String> lines : objects) {
      boolean isGzip = number == 0;
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out =
          isGzip ? new GZIPOutputStream(packed) : new ZstdOutputStream(packed)) {
        out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String end = isGzip ? ".log.gz" : ".log.zst";
      place.create(FOLDER + "/2026/10/04/_" + number++ + end, packed.toByteArray());
    }
  }

  /** Syncs twice, and returns all rows that are not about when and whence. */
  private List<String> synced(Place place, String name, Counting counts) throws Exception {
    try (Store store = Store.open(folder.resolve(name))) {
      new Sync(place, store).run(Instant.MAX, counts);
      long stored = counts.stored;
      new Sync(place, store).run(Instant.MAX, counts);
      assertEquals(stored, counts.stored, "the second sync stores nothing");
      List<String> rows = new ArrayList<>();
      try (Statement statement = store.connection().createStatement()) {
        add(statement, "FROM cold_start ORDER BY cold_start_id", rows);
        add(statement, "FROM import_timing ORDER BY cold_start_id, seq", rows);
      }
      return rows;
    }
  }

  private static void add(Statement statement, String sql, List<String> rows) throws SQLException {
    try (ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(found.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
  }

  private static final class Counting implements Sync.Listener {
    private final TreeMap<String, String> failed = new TreeMap<>();
    private long received;
    private long stored;
    private long alreadyStored;
    private long notOurs;
    private long rejected;

    @Override
    public void found(int objects) {
      assertTrue(objects > 0);
    }

    @Override
    public void stored(Ingestion.Summary group) {
      received += group.lines().received();
      stored += group.lines().stored();
      alreadyStored += group.lines().alreadyStored();
      notOurs += group.lines().notOurs();
      rejected += group.lines().rejected();
    }

    @Override
    public void failed(String key, String reason) {
      failed.put(key, reason);
    }
  }
}
