package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.ingest.Landing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Decoded batches as CloudWatch Logs hands them to a Lambda. */
final class LambdaEvents {
  private LambdaEvents() {}

  /** {@code {"awslogs":{"data":"base64 of gzip"}}}. */
  static String of(String batch) throws IOException {
    return "{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(gzip(batch)) + "\"}}";
  }

  static byte[] gzip(String batch) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(batch.getBytes(StandardCharsets.UTF_8));
    }
    return gzip.toByteArray();
  }

  /** Lands decoded batches as the ingest function does. */
  static void land(Landing landing, List<String> batches) throws IOException {
    IngestHandler handler = new IngestHandler(landing, "eu-west-1", null);
    for (String batch : batches) {
      CloudWatchLogsEvent.AWSLogs data = new CloudWatchLogsEvent.AWSLogs();
      data.setData(Base64.getEncoder().encodeToString(gzip(batch)));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(data);
      handler.handleRequest(event, null);
    }
  }
}
