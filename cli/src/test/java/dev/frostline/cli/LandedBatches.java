package dev.frostline.cli;

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
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Subscription batches of a file, one a line, through the ingest function. */
final class LandedBatches {
  private LandedBatches() {}

  static void land(Path logs, Landing landing) throws IOException {
    IngestHandler handler = new IngestHandler(landing, "eu-west-1", null);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(logs)), StandardCharsets.UTF_8))) {
      for (String batch : lines.lines().toList()) {
        handler.handleRequest(event(batch), null);
      }
    }
  }

  private static CloudWatchLogsEvent event(String batch) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(batch.getBytes(StandardCharsets.UTF_8));
    }
    CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
    logs.setData(Base64.getEncoder().encodeToString(gzip.toByteArray()));
    CloudWatchLogsEvent event = new CloudWatchLogsEvent();
    event.setAwsLogs(logs);
    return event;
  }
}
