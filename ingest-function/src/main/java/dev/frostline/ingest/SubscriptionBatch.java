package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final byte[] OPEN = CanonicalJson.literal("{");
  private static final byte[] CLOSE = CanonicalJson.literal("}");
  private static final byte[] COMMA = CanonicalJson.literal(",");
  private static final byte[] END_OF_LIST = CanonicalJson.literal("]");
  private static final byte[] MESSAGE_TYPE = CanonicalJson.literal("\"messageType\":");
  private static final byte[] OWNER = CanonicalJson.literal("\"owner\":");
  private static final byte[] LOG_GROUP = CanonicalJson.literal("\"logGroup\":");
  private static final byte[] LOG_STREAM = CanonicalJson.literal("\"logStream\":");
  private static final byte[] FILTERS = CanonicalJson.literal("\"subscriptionFilters\":[");
  private static final byte[] LOG_EVENTS = CanonicalJson.literal("\"logEvents\":[");
  private static final byte[] EVENT_ID = CanonicalJson.literal("{\"id\":");
  private static final byte[] TIMESTAMP = CanonicalJson.literal(",\"timestamp\":");
  private static final byte[] MESSAGE = CanonicalJson.literal(",\"message\":");
  private static final int ALL_KEYS = 63;
  private static final int USUAL_EVENTS = 1024;

  private final EventReader events;
  private final Origin origin;
  private final @Nullable String ownLogGroup;
  private final LineTally tally = new LineTally();
  private final List<TimedLine> lines = new ArrayList<>(USUAL_EVENTS);
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
    return give(sink, readFields(json, new LooseEvent()));
  }

  /**
   * Reads the fields from behind the first name to the end; false when it holds no list of events,
   * but may be one itself.
   */
  boolean readFields(JsonParser json, LooseEvent event) throws IOException {
    Set<String> keys = new HashSet<>();
    for (String key = json.currentName(); key != null; key = json.nextFieldName()) {
      if (isKey(key) && !keys.add(key)) {
        throw new UndecodableException("subscription batch with \"" + key + "\" twice");
      }
      field(key, json, event);
    }
    event.set(LooseEvent.Field.ACCOUNT, owner);
    event.set(LooseEvent.Field.GROUP, logGroup);
    event.set(LooseEvent.Field.STREAM, logStream);
    return keys.contains("logEvents");
  }

  /**
   * Reads a payload as CloudWatch Logs writes it; false, and the batch is of no use, for any other.
   */
  boolean read(CanonicalJson json) {
    if (!json.skip(OPEN)) {
      return false;
    }
    int keys = 0;
    do {
      int key = field(json);
      if (key == 0 || (keys & key) != 0) {
        return false;
      }
      keys |= key;
    } while (json.skip(COMMA));
    return keys == ALL_KEYS && json.skip(CLOSE) && json.isAtEnd();
  }

  /** Reads a field and returns the bit of its key; 0 where it is not as expected. */
  private int field(CanonicalJson json) {
    if (json.skip(MESSAGE_TYPE) && json.string()) {
      messageType = json.text();
      return 1;
    }
    if (json.skip(OWNER) && json.string()) {
      owner = json.text();
      return 2;
    }
    if (json.skip(LOG_GROUP) && json.string()) {
      logGroup = json.text();
      return 4;
    }
    if (json.skip(LOG_STREAM) && json.string()) {
      logStream = json.text();
      return 8;
    }
    if (json.skip(FILTERS)) {
      boolean named = json.string();
      while (named && json.skip(COMMA)) {
        named = json.string();
      }
      return named && json.skip(END_OF_LIST) ? 16 : 0;
    }
    return json.skip(LOG_EVENTS) && events(json) ? 32 : 0;
  }

  private boolean events(CanonicalJson json) {
    do {
      if (!json.skip(EVENT_ID) || !json.string()) {
        return false;
      }
      EventId id = events.id(json.value(), json.from(), json.to() - json.from());
      long timestamp = json.skip(TIMESTAMP) ? json.number() : -1;
      if (timestamp < 0 || !json.skip(MESSAGE) || !json.string() || !json.skip(CLOSE)) {
        return false;
      }
      if (events.message(json.value(), json.from(), json.to(), tally)) {
        events.finish(timestamp, id, lines, tally);
      }
    } while (json.skip(COMMA));
    return json.skip(END_OF_LIST);
  }

  /** Checks what was read, gives its lines to the sink and returns the counts. */
  LineTally give(TimingLineSink sink, boolean hasEvents) throws UndecodableException {
    if (isHealthCheck() || (logGroup != null && logGroup.equals(ownLogGroup))) {
      LineTally dropped = new LineTally();
      dropped.notOurs(tally.received());
      return dropped;
    }
    if (logGroup == null || logStream == null || !hasEvents) {
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

  private void field(String key, JsonParser json, LooseEvent event) throws IOException {
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
      default -> JsonLogs.field(key, json, event);
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
            byte[] text = json.getText().getBytes(StandardCharsets.UTF_8);
            id = events.id(text, 0, text.length);
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
            byte[] text = json.getText().getBytes(StandardCharsets.UTF_8);
            broken = !events.message(text, 0, text.length, tally);
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
