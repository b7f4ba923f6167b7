package dev.frostline.lake;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.ingest.Landing;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Real cold starts as the events of a subscribed Lambda. */
public final class Logs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "lambda-python/webhook-stdlib/quiet/v7.ndjson.gz";

  private Logs() {}

  /** Decoded batches. */
  static List<String> batches() throws IOException {
    return batches(FILE);
  }

  /** Those of one file of the shared data. */
  public static List<String> batches(String file) throws IOException {
    Path path = Path.of(System.getProperty("frostline.shared", "../../shared"), "data", file);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  /** The same that many days later: other events of other log streams. */
  public static List<String> later(List<String> batches, int days) throws IOException {
    List<String> later = new ArrayList<>();
    for (String batch : batches) {
      ObjectNode envelope = (ObjectNode) JSON.readTree(batch);
      String stream = envelope.path("logStream").asText();
      LocalDate day = LocalDate.parse(stream.substring(0, 10).replace('/', '-')).plusDays(days);
      envelope.put("logStream", day.toString().replace('-', '/') + stream.substring(10));
      for (JsonNode one : envelope.path("logEvents")) {
        ObjectNode event = (ObjectNode) one;
        event.put("timestamp", event.path("timestamp").asLong() + Duration.ofDays(days).toMillis());
        event.put(
            "id", new BigInteger(event.path("id").asText()).add(BigInteger.TEN.pow(50)).toString());
      }
      later.add(JSON.writeValueAsString(envelope));
    }
    return later;
  }

  /** The data of the event that carries a batch. */
  static String data(String batch) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(batch.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(gzip.toByteArray());
  }

  /** Lands batches at a place. */
  public static void land(Place place, List<String> batches) throws IOException {
    Landing landing = (key, content, deadline) -> place.create(key, content);
    IngestHandler handler = new IngestHandler(landing, "eu-west-1", null);
    for (String batch : batches) {
      CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
      logs.setData(data(batch));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(logs);
      handler.handleRequest(event, null);
    }
  }

  /** Lands everything at a place. */
  public static void land(Place place) throws IOException {
    land(place, batches());
  }
}
