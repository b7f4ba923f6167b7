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
    if (logGroup == null || logStream == null) {
      throw new UndecodableException("subscription batch without logGroup or logStream");
    }
    if (!"DATA_MESSAGE".equals(messageType) || logGroup.isEmpty() || logGroup.equals(ownLogGroup)) {
      LineTally dropped = new LineTally();
      dropped.notOurs(tally.received());
      return dropped;
    }
    give(sink, logGroup, logStream);
    return tally;
  }

  private void field(String key, JsonParser json) throws IOException {
    JsonToken value = json.nextToken();
    switch (key) {
      case "messageType" -> messageType = json.getValueAsString();
      case "owner" -> owner = json.getValueAsString();
      case "logGroup" -> logGroup = json.getValueAsString();
      case "logStream" -> logStream = json.getValueAsString();
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
    boolean broken = false;
    Origin place = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (key) {
        case "id" -> {
          if (value == JsonToken.VALUE_STRING) {
            id = events.id(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
          }
        }
        case "timestamp" ->
            timestamp = value == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
        case "message" -> {
          if (value == JsonToken.VALUE_STRING) {
            int from = json.getTextOffset();
            broken =
                !events.message(json.getTextCharacters(), from, from + json.getTextLength(), tally);
            hasMessage = true;
          }
        }
        case "extractedFields" -> place = place(json);
        default -> json.skipChildren();
      }
    }
    if (broken) {
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
        case "@aws.account" -> account = json.getValueAsString("");
        case "@aws.region" -> region = json.getValueAsString();
        default -> json.skipChildren();
      }
    }
    if (account.isEmpty() && region == null) {
      return null;
    }
    return new Origin(account, region == null ? origin.region() : region, null, null, null, null);
  }
}
