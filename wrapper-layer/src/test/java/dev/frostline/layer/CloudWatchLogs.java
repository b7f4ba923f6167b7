package dev.frostline.layer;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.lake.Place;
import dev.frostline.lake.Sync;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Plays CloudWatch Logs for one log stream: hands its messages to the ingest function as a
 * subscription filter does, and takes what that lands into a store.
 */
final class CloudWatchLogs {
  private static final String STREAM = "2026/11/22/[%s]0123456789abcdef0123456789abcdef";
  private static final long STARTED_AT = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
  private static final int ID_TIME_SHIFT = 144;
  private static final Pattern INIT_DURATION = Pattern.compile("Init Duration: (\\d+)");

  private CloudWatchLogs() {}

  /** A new store in the folder that holds what these messages of a function's log say. */
  static Store stored(Path folder, String version, List<String> messages) throws IOException {
    Path landing = Files.createDirectory(folder.resolve("landing"));
    new IngestHandler(new DirectoryLanding(landing), "eu-west-1", null)
        .handleRequest(event(version, messages), null);
    Store store = Store.open(folder.resolve("frostline.duckdb"));
    new Sync(Place.at(landing.toString(), null), store).run(Instant.MAX, new Strict());
    return store;
  }

  private static CloudWatchLogsEvent event(String version, List<String> messages)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode batch = json.createObjectNode();
    batch.put("messageType", "DATA_MESSAGE").put("owner", "123456789012");
    batch.put("logGroup", "/aws/lambda/fn").put("logStream", STREAM.formatted(version));
    batch.putArray("subscriptionFilters").add("frostline");
    ArrayNode events = batch.putArray("logEvents");
    long at = STARTED_AT;
    for (String message : messages) {
      at = message.startsWith("START RequestId: ") ? STARTED_AT + initMillis(messages) : at;
      BigInteger time = BigInteger.valueOf(at).shiftLeft(ID_TIME_SHIFT);
      events
          .addObject()
          .put("id", time.add(BigInteger.valueOf(events.size())).toString())
          .put("timestamp", at)
          .put("message", message + "\n");
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(json.writeValueAsBytes(batch));
    }
    CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
    logs.setData(Base64.getEncoder().encodeToString(gzip.toByteArray()));
    CloudWatchLogsEvent event = new CloudWatchLogsEvent();
    event.setAwsLogs(logs);
    return event;
  }

  /** A request begins when init is over, which a busy machine may take seconds for. */
  private static long initMillis(List<String> messages) {
    return messages.stream()
        .map(INIT_DURATION::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst()
        .orElse(0);
  }

  /** Nothing may be left out. */
  private static final class Strict implements Sync.Listener {
    @Override
    public void stored(Ingestion.Summary group) {
      if (!group.lines().rejects().isEmpty()) {
        throw new AssertionError("rejected: " + group.lines().rejects());
      }
    }

    @Override
    public void failed(String key, String reason) {
      throw new AssertionError(reason);
    }
  }
}
