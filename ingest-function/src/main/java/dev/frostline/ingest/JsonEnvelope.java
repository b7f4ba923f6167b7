package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object that is no decoded batch: the event of a subscribed Lambda, of Kinesis or Firehose, an
 * answer of aws logs, or one event that stands alone.
 */
final class JsonEnvelope {
  private final JsonLogs json;
  private final LooseEvent event;
  private final LooseEvents loose;
  private final JsonLogs.Target target;
  private final List<String> data = new ArrayList<>();
  private final List<@Nullable String> regions = new ArrayList<>();
  private @Nullable String region;
  private boolean known;

  /** Whether it has the field that holds the message in objects before. */
  private boolean named;

  /** The first object within it that has a message. */
  private @Nullable LooseEvent inner;

  private boolean innerNamed;

  JsonEnvelope(JsonLogs json, LooseEvent event, LooseEvents loose, JsonLogs.Target target) {
    this.json = json;
    this.event = event;
    this.loose = loose;
    this.target = target;
  }

  void field(String key, JsonParser parser) throws IOException {
    switch (key) {
      case "awslogs" -> {
        known = true;
        wrapped(parser, null);
      }
      case "Records", "records" -> {
        known = true;
        records(parser);
      }
      case "region" -> region = JsonLogs.text(parser);
      case "events" -> {
        known = true;
        outputEvents(parser);
      }
      case "results" -> {
        known = true;
        results(parser);
      }
      case "data" -> data(parser);
      case "LogResult" -> logResult(parser);
      default -> {
        if (parser.hasToken(JsonToken.START_OBJECT) && isUnknown(key)) {
          within(parser);
        } else {
          named |= field(key, parser, event);
        }
      }
    }
  }

  private boolean isUnknown(String key) {
    return !event.isTakingValues()
        && !key.equals("record")
        && LooseEvent.Field.named(key) == LooseEvent.Field.OTHER;
  }

  /** Returns whether it is the field that holds the message in objects before. */
  private boolean field(String key, JsonParser parser, LooseEvent of) throws IOException {
    boolean message = json.isKeyOfMessages(key);
    JsonLogs.field(message ? "message" : key, parser, of);
    return message;
  }

  /** A search engine keeps the line in an object of its answer: {@code _source}, {@code result}. */
  private void within(JsonParser parser) throws IOException {
    LooseEvent of = new LooseEvent();
    boolean hasNamed = false;
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      hasNamed |= field(key, parser, of);
    }
    if (inner == null && (of.hasMessage() || of.keyOfOurs() != null)) {
      inner = of;
      innerNamed = hasNamed;
    }
  }

  /** The inner object of a subscription's event, copied by itself; an application's may be any. */
  private void data(JsonParser parser) throws IOException {
    String text = JsonLogs.text(parser);
    if (text != null && Compression.BASE64.begins(text)) {
      known = true;
      add(text);
    } else {
      event.unnamed(text);
    }
  }

  /** The end of the log that {@code aws lambda invoke --log-type Tail} answers with, in base64. */
  private void logResult(JsonParser parser) throws IOException {
    String text = JsonLogs.text(parser);
    try {
      byte[] log = text == null ? new byte[0] : Base64.getDecoder().decode(text);
      known |= log.length > 0;
      new String(log, StandardCharsets.UTF_8).lines().forEach(loose::addUntimed);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("a LogResult that is not base64", e);
    }
  }

  /** Reads the data that the fields held; false where it is an object of no known form. */
  boolean finish() throws IOException {
    for (int i = 0; i < data.size(); i++) {
      try {
        String of = regions.get(i);
        json.readData(data.get(i), of != null ? of : region, target);
      } catch (UndecodableException e) {
        if (data.size() == 1) {
          throw e;
        }
        target.tally().rejected("record of " + e.getMessage());
      }
    }
    if (!known && inner != null && !event.hasMessage() && event.keyOfOurs() == null) {
      event.takeOver(inner);
      named |= innerNamed;
    }
    boolean read = known || (named ? event.giveTimedOrNot(loose) : event.give(loose));
    if (read && event.keyOfOurs() != null) {
      json.keyOfMessages(event.keyOfOurs());
    }
    return read;
  }

  private void records(JsonParser parser) throws IOException {
    requireArray(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int before = data.size();
      String recordRegion = null;
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new UndecodableException("a record that is no object");
      }
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        parser.nextToken();
        switch (key) {
          case "data" -> add(JsonLogs.text(parser));
          case "kinesis" -> wrapped(parser, recordRegion);
          case "awsRegion" -> recordRegion = JsonLogs.text(parser);
          default -> parser.skipChildren();
        }
      }
      if (data.size() == before) {
        throw new UndecodableException("a record without log data");
      }
      for (int i = before; i < data.size(); i++) {
        regions.set(i, recordRegion);
      }
    }
  }

  private void wrapped(JsonParser parser, @Nullable String ofRegion) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UndecodableException("an envelope without data");
    }
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      if (key.equals("data")) {
        add(JsonLogs.text(parser));
      } else {
        parser.skipChildren();
      }
    }
    if (ofRegion != null && !regions.isEmpty()) {
      regions.set(regions.size() - 1, ofRegion);
    }
  }

  private void add(@Nullable String base64) throws UndecodableException {
    if (base64 == null) {
      throw new UndecodableException("an envelope whose data is no text");
    }
    data.add(base64);
    regions.add(null);
  }

  private void outputEvents(JsonParser parser) throws IOException {
    requireArray(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      LooseEvent output = new LooseEvent();
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
          parser.nextToken();
          JsonLogs.field(key, parser, output);
        }
      } else {
        parser.skipChildren();
      }
      if (!output.give(loose)) {
        loose.reject("log event without timestamp or message");
      }
    }
  }

  /** The rows of a Logs Insights query, each a list of fields with values. */
  private void results(JsonParser parser) throws IOException {
    requireArray(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        loose.reject("row of an answer that is no list");
      } else if (!json.queried(parser, loose, target)) {
        loose.reject("log event without timestamp or message");
      }
    }
  }

  private void requireArray(JsonParser parser) throws UndecodableException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new UndecodableException("an envelope whose records are no list");
    }
  }
}
