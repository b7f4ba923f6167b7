package dev.frostline.cli.demo;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Plays CloudWatch Logs: puts the platform's lines around what a start of the function logged, and
 * makes the events that a subscription filter hands to a Lambda. The durations in the platform's
 * lines are measured, the names are made up.
 */
final class SubscriptionEvents {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final int ID_TIME_SHIFT = 144;
  private static final String ACCOUNT = "123456789012";

  private final ObjectMapper json = new ObjectMapper();
  private long eventNumber;

  /** The event of one cold start; each start has a log stream of its own. */
  CloudWatchLogsEvent of(
      SampleFunction function, SampleFunction.Start start, String version, int number)
      throws IOException {
    long startedAt = start.startedAtMillis();
    long initEndedAt = startedAt + start.initMicros() / 1000;
    long endedAt = initEndedAt + start.durationMicros() / 1000;
    String requestId = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", number);
    ObjectNode batch = json.createObjectNode();
    batch.put("messageType", "DATA_MESSAGE");
    batch.put("owner", ACCOUNT);
    batch.put("logGroup", "/aws/lambda/" + function.name());
    batch.put(
        "logStream",
        String.format(
            Locale.ROOT,
            "%s/[%s]%032x",
            DAY.format(Instant.ofEpochMilli(startedAt)),
            version,
            number));
    batch.putArray("subscriptionFilters").add("frostline");
    ArrayNode events = batch.putArray("logEvents");
    add(
        events,
        startedAt,
        "INIT_START Runtime Version: " + function.runtime() + ".v1\tRuntime Version ARN: arn\n");
    for (SampleFunction.LoggedLine line : start.lines()) {
      add(events, Math.min(line.atMillis(), initEndedAt), line.text() + "\n");
    }
    add(events, initEndedAt, "START RequestId: " + requestId + " Version: " + version + "\n");
    add(events, endedAt, "END RequestId: " + requestId + "\n");
    add(events, endedAt, report(requestId, start));
    return wrapped(batch);
  }

  private static String report(String requestId, SampleFunction.Start start) {
    double duration = start.durationMicros() / 1000.0;
    double init = start.initMicros() / 1000.0;
    return String.format(
        Locale.ROOT,
        "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tInit Duration: %.2f ms\t\n",
        requestId,
        duration,
        (long) Math.ceil(duration + init),
        SampleFunction.MEMORY_MB,
        init);
  }

  private void add(ArrayNode events, long atMillis, String message) {
    BigInteger id =
        BigInteger.valueOf(atMillis)
            .shiftLeft(ID_TIME_SHIFT)
            .add(BigInteger.valueOf(eventNumber++));
    events.addObject().put("id", id.toString()).put("timestamp", atMillis).put("message", message);
  }

  private CloudWatchLogsEvent wrapped(ObjectNode batch) throws IOException {
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
}
