package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a CloudWatch Logs subscription, keys in any order:
 *
 * <pre>
 * {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"…","logStream":"…","subscriptionFilters":["…"],
 *  "logEvents":[{"id":"3498820885…","timestamp":1568925546641,"message":"…"}]}
 * </pre>
 *
 * A CONTROL_MESSAGE and a payload without a log group are the service's health checks: not ours. A
 * central account's payload names account and region in each event's {@code extractedFields}.
 */
final class SubscriptionBatch {
  /** Twice what CloudWatch Logs allows. */
  private static final int LONGEST_NAME = 1024;

  private final EventReader events;
  private final Origin origin;
  private final @Nullable String ownLogGroup;
  private final LineTally tally = new LineTally();
  private final List<TimedLine> lines = new ArrayList<>();
  private final Map<Origin, List<TimedLine>> elsewhere = new HashMap<>();
  private @Nullable String messageType;
  private @Nullable String owner;
  private @Nullable String logGroup;
  private @Nullable String logStream;

  /**
   * A reader of one payload.
   *
   * @param ownLogGroup log group of the ingest function itself, whose events are dropped so that it
   *     never feeds itself
   */
  SubscriptionBatch(EventReader events, Origin origin, @Nullable String ownLogGroup) {
    this.events = events;
    this.origin = origin;
    this.ownLogGroup = ownLogGroup;
  }

  /** True for the keys by which a payload is known. */
  static boolean isKey(String key) {
    return switch (key) {
      case "messageType",
          "owner",
          "logGroup",
          "logStream",
          "subscriptionFilters",
          "logEvents",
          "policyLevel" ->
          true;
      default -> false;
    };
  }

  /**
   * Reads the payload from behind its first field name to its end; gives its lines to the sink and
   * returns the counts.
   */
  LineTally read(JsonParser json, TimingLineSink sink) throws IOException {
    Set<String> keys = new HashSet<>();
    for (String key = json.currentName(); key != null; key = json.nextFieldName()) {
      if (isKey(key) && !keys.add(key)) {
        throw new UndecodableException("subscription batch with \"" + key + "\" twice");
      }
      field(key, json);
    }
    if (isHealthCheck() || (logGroup != null && logGroup.equals(ownLogGroup))) {
      LineTally dropped = new LineTally();
      dropped.notOurs(tally.received());
      return dropped;
    }
    if (logGroup == null || logStream == null || !keys.contains("logEvents")) {
      throw new UndecodableException("subscription batch without logGroup, logStream or logEvents");
    }
    if (logGroup.length() > LONGEST_NAME || logStream.length() > LONGEST_NAME) {
      throw new UndecodableException("subscription batch with a log group or stream name too long");
    }
    give(sink, logGroup, logStream);
    return tally;
  }

  private boolean isHealthCheck() {
    return (messageType != null && !messageType.equals("DATA_MESSAGE"))
        || (logGroup != null && logGroup.isEmpty());
  }

  private void field(String key, JsonParser json) throws IOException {
    JsonToken value = json.nextToken();
    switch (key) {
      case "messageType" -> messageType = JsonLogs.text(json);
      case "owner" -> owner = JsonLogs.text(json);
      case "logGroup" -> logGroup = JsonLogs.text(json);
      case "logStream" -> logStream = JsonLogs.text(json);
      case "logEvents" -> {
        if (value != JsonToken.START_ARRAY) {
          throw new UndecodableException("subscription batch whose logEvents are no list");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
          event(json);
        }
      }
      default -> json.skipChildren();
    }
  }

  private void give(TimingLineSink sink, String group, String stream) {
    String account = owner == null || owner.isEmpty() ? origin.account() : owner;
    if (!lines.isEmpty()) {
      sink.accept(new StreamId(account, origin.region(), group, stream), lines);
    }
    elsewhere.forEach(
        (place, placed) -> {
          String named = place.account().isEmpty() ? account : place.account();
          sink.accept(new StreamId(named, place.region(), group, stream), placed);
        });
  }

  private void event(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      tally.rejected("log event that is no object");
      return;
    }
    EventId id = null;
    long timestamp = -1;
    boolean hasMessage = false;
    boolean twice = false;
    boolean broken = false;
    Origin place = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (key) {
        case "id" -> {
          twice |= id != null;
          if (value == JsonToken.VALUE_STRING) {
            id = events.id(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
          }
          json.skipChildren();
        }
        case "timestamp" -> {
          twice |= timestamp >= 0;
          timestamp = JsonLogs.timestamp(json);
        }
        case "message" -> {
          twice |= hasMessage;
          if (value == JsonToken.VALUE_STRING && !hasMessage) {
            int from = json.getTextOffset();
            broken =
                !events.message(json.getTextCharacters(), from, from + json.getTextLength(), tally);
            hasMessage = true;
          }
          json.skipChildren();
        }
        case "extractedFields" -> place = place(json);
        default -> json.skipChildren();
      }
    }
    if (broken) {
      return;
    }
    if (twice) {
      tally.rejected("log event with a field twice");
      return;
    }
    if (!hasMessage || id == null || timestamp < 0) {
      tally.rejected("log event without id, timestamp or message");
      return;
    }
    events.finish(timestamp, id, listFor(place), tally);
  }

  private List<TimedLine> listFor(@Nullable Origin place) {
    return place == null ? lines : elsewhere.computeIfAbsent(place, key -> new ArrayList<>());
  }

  private @Nullable Origin place(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    String account = "";
    String region = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "@aws.account" -> account = Objects.requireNonNullElse(JsonLogs.text(json), "");
        case "@aws.region" -> region = JsonLogs.text(json);
        default -> json.skipChildren();
      }
    }
    if (account.isEmpty() && region == null) {
      return null;
    }
    return new Origin(account, region == null ? origin.region() : region, null, null, null, null);
  }
}
