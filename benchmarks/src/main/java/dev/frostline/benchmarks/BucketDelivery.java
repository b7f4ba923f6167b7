package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.ingest.Landing;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A log group of class DELIVERY with everything that it may do: the events of any streams in one
 * object, those of one stream in any number of objects and in any order, some of them twice.
 */
final class BucketDelivery {
  private static final String FOLDER = "AWSLogs/123456789012/eu-west-1/_aws_lambda_shop/2026/10/04";
  private static final int MOST_EVENTS = 400;
  private static final double TWICE = 0.1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Landing bucket;
  private final Random random;
  private int objects;
  private int events;

  BucketDelivery(Landing bucket, Random random) {
    this.bucket = bucket;
    this.random = random;
  }

  /** Objects so far. */
  int objects() {
    return objects;
  }

  /** Events in them, those that were delivered twice counted twice. */
  int events() {
    return events;
  }

  /** Delivers the events of decoded batches. */
  void send(List<String> batches) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String batch : batches) {
      JsonNode envelope = JSON.readTree(batch);
      for (JsonNode event : envelope.path("logEvents")) {
        String line = JSON.writeValueAsString(line(envelope, event));
        lines.addAll(Collections.nCopies(random.nextDouble() < TWICE ? 2 : 1, line));
      }
    }
    Collections.shuffle(lines, random);
    events += lines.size();
    for (int from = 0; from < lines.size(); ) {
      int to = Math.min(lines.size(), from + 1 + random.nextInt(MOST_EVENTS));
      put(lines.subList(from, to));
      from = to;
    }
  }

  private static ObjectNode line(JsonNode envelope, JsonNode event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("accountId", envelope.path("owner").asText());
    line.set("logGroup", envelope.path("logGroup"));
    line.set("logStream", envelope.path("logStream"));
    line.set("id", event.path("id"));
    line.set("timestamp", event.path("timestamp"));
    line.set("message", event.path("message"));
    return line;
  }

  private void put(List<String> lines) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(packed)) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    String key = FOLDER + "/_" + objects++ + ".log.zst";
    bucket.put(key, packed.toByteArray(), Instant.now().plusSeconds(60));
  }
}
