package dev.frostline.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda behind a CloudWatch Logs subscription filter: one batch in, one landing object out. It
 * prints nothing, since its own log could be subscribed; a batch that cannot be decoded or landed
 * fails the invocation, so that the service delivers it again.
 */
public final class IngestHandler
    implements RequestHandler<CloudWatchLogsEvent, Map<String, Object>> {
  private static final String LANDING = "FROSTLINE_LANDING";
  private static final Duration TO_ANSWER = Duration.ofMillis(500);
  private static final Duration WITHOUT_CONTEXT = Duration.ofSeconds(30);

  private final Landing landing;
  private final BatchReader batches;

  /**
   * The handler as Lambda makes it: {@code FROSTLINE_LANDING} names where to land, {@code
   * s3://BUCKET/PREFIX} or a folder.
   */
  public IngestHandler() {
    this(
        Landing.at(required(System.getenv(LANDING)), System.getenv()),
        System.getenv("AWS_REGION"),
        System.getenv("AWS_LAMBDA_LOG_GROUP_NAME"));
  }

  /**
   * A handler.
   *
   * @param region of the log groups, which a payload does not name
   * @param ownLogGroup whose events are dropped, so that the function never feeds itself
   */
  public IngestHandler(Landing landing, @Nullable String region, @Nullable String ownLogGroup) {
    this.landing = landing;
    this.batches = new BatchReader(region, ownLogGroup);
  }

  /** Lands a batch; the answer holds its counts, its key and whether it had landed before. */
  @Override
  public Map<String, Object> handleRequest(CloudWatchLogsEvent event, @Nullable Context context) {
    LineTally tally = new LineTally();
    Map<StreamId, List<TimedLine>> streams = new HashMap<>();
    TimingLineSink sink =
        (stream, lines) -> streams.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(lines);
    try {
      batches.read(data(event), sink, tally);
      LandingObject object = new LandingObject(streams, tally.notOursEvents(), tally.rejects());
      return land(object, tally, deadline(context));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot take this batch: " + e.getMessage(), e);
    }
  }

  private Map<String, Object> land(LandingObject object, LineTally tally, Instant deadline)
      throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("received", tally.received());
    answer.put("timing", tally.keptEvents());
    answer.put("not_ours", tally.notOursEvents());
    answer.put("rejected", tally.rejects());
    if (!object.isEmpty()) {
      byte[] content = object.encode();
      String key = LandingObject.key(object, content);
      answer.put("new", landing.put(key, content, deadline));
      answer.put("key", key);
    }
    return answer;
  }

  private static String data(CloudWatchLogsEvent event) throws UndecodableException {
    CloudWatchLogsEvent.AWSLogs logs = event.getAwsLogs();
    if (logs == null || logs.getData() == null) {
      throw new UndecodableException("an event without awslogs.data");
    }
    return logs.getData();
  }

  private static Instant deadline(@Nullable Context context) {
    Duration left =
        context == null
            ? WITHOUT_CONTEXT
            : Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TO_ANSWER);
    return Instant.now().plus(left);
  }

  private static String required(@Nullable String place) {
    if (place == null || place.isEmpty()) {
      throw new IllegalStateException("Set " + LANDING + " to s3://BUCKET/PREFIX or a folder");
    }
    return place;
  }
}
