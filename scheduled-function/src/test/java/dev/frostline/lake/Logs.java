package dev.frostline.lake;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.ingest.Landing;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Real cold starts as the events of a subscribed Lambda. */
public final class Logs {
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
