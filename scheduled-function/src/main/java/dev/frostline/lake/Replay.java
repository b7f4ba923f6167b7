package dev.frostline.lake;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.ingest.IngestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings back batches that the ingest function could not take. Lambda's on-failure destination
 * keeps each as a record of the invocation with its event in {@code requestPayload}; here the event
 * goes through the same handler again. Replaying twice changes nothing.
 */
public final class Replay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Place failures;
  private final Place landing;
  private final @Nullable String region;

  /**
   * From one place into another.
   *
   * @param region of batches whose record names no function; null when it is not known
   */
  public Replay(Place failures, Place landing, @Nullable String region) {
    this.failures = failures;
    this.landing = landing;
    this.region = region;
  }

  /** Learns what happens. */
  public interface Listener {
    /** So many records were found. */
    void found(int records);

    /** One batch was landed, or had been landed before; the answer is the handler's. */
    void replayed(String key, Map<String, Object> answer);

    /** One batch could not be taken this time either; its record stays. */
    void failed(String key, String reason);
  }

  /**
   * Replays every record.
   *
   * @param folder of the records below the place; empty for all of it
   * @throws IOException when the records cannot be listed
   */
  public void run(String folder, Listener listener) throws IOException {
    List<String> keys = failures.keys(folder);
    listener.found(keys.size());
    for (String key : keys) {
      try {
        listener.replayed(key, replayed(key));
      } catch (IOException | UncheckedIOException e) {
        listener.failed(key, String.valueOf(e.getMessage()));
      }
    }
  }

  private Map<String, Object> replayed(String key) throws IOException {
    JsonNode record;
    try (InputStream content = failures.open(key)) {
      record = JSON.readTree(content);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException("not a record of a failed invocation: no JSON", e);
    }
    JsonNode event = record.has("requestPayload") ? record.path("requestPayload") : record;
    String data = event.path("awslogs").path("data").textValue();
    if (data == null) {
      throw new IOException("not a record of a failed invocation: no awslogs.data");
    }
    CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
    logs.setData(data);
    CloudWatchLogsEvent batch = new CloudWatchLogsEvent();
    batch.setAwsLogs(logs);
    return handler(record).handleRequest(batch, null);
  }

  /** The handler as the failed function had it: arn:aws:lambda:REGION:ACCOUNT:function:NAME. */
  private IngestHandler handler(JsonNode record) {
    String[] arn = record.path("requestContext").path("functionArn").asText("").split(":", -1);
    boolean named = arn.length > 6;
    return new IngestHandler(
        (key, content, deadline) -> landing.create(key, content),
        named ? arn[3] : region,
        named ? "/aws/lambda/" + arn[6] : null);
  }
}
