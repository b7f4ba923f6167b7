package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.frostline.timing.EventId;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Every JSON envelope that carries logs, told by its keys: a decoded subscription batch; the event
 * of a subscribed Lambda ({@code {"awslogs":{"data":"base64 of gzip"}}}); Kinesis and Firehose
 * events, whose records hold such batches; the output of {@code aws logs filter-log-events} and
 * {@code get-log-events}; and one event an object.
 */
final class JsonLogs {
  /** What one batch may inflate to; a legal one of 1 MB gzip holds about 12 MB. */
  static final int LARGEST_BATCH = 128 << 20;

  private static final int DEEPEST = 64;
  private static final String BEYOND_LIMITS = "JSON nested too deep, or a value in it too long";
  private static final int MOST_DIGITS = 15;
  private static final long LATEST_TIMESTAMP = 253_402_300_799_999L; // the end of year 9999

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(32).build())
          .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
          .build();
  private final EventReader events = new EventReader();
  private final Origin origin;
  private final @Nullable String ownLogGroup;
  private final Gunzip gunzip = new Gunzip();
  private byte[] inflated = new byte[1 << 20];

  /** A reader for any number of envelopes; its buffers are shared by all of them. */
  JsonLogs(Origin origin, @Nullable String ownLogGroup) {
    this.origin = origin;
    this.ownLogGroup = ownLogGroup;
  }

  /** Where lines and counts of one envelope or file go. */
  record Target(TimingLineSink sink, LineTally tally) {}

  EventReader events() {
    return events;
  }

  /** Reads one JSON object that fills the bytes; false when it is JSON of no known form. */
  boolean read(byte[] bytes, int offset, int length, LooseEvents loose, Target target)
      throws IOException {
    if (readCanonical(bytes, offset, length, origin, target)) {
      return true;
    }
    try (JsonParser json = factory.createParser(bytes, offset, length)) {
      boolean known = json.nextToken() == JsonToken.START_OBJECT && object(json, loose, target);
      if (known && json.nextToken() != null) {
        throw new UndecodableException("JSON with something behind it");
      }
      return known;
    } catch (StreamConstraintsException e) {
      throw new UndecodableException(BEYOND_LIMITS, e);
    }
  }

  /** Reads a document: one object, or a list of them. */
  void readDocument(InputStream in, LooseEvents loose, Target target) throws IOException {
    try (JsonParser json = factory.createParser(in)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        boolean list = token == JsonToken.START_ARRAY || token == JsonToken.END_ARRAY;
        if (!list && (token != JsonToken.START_OBJECT || !object(json, loose, target))) {
          throw new UndecodableException(
              "JSON of no known form: no awslogs, Records, records, logEvents or events");
        }
      }
    } catch (StreamConstraintsException e) {
      throw new UndecodableException(BEYOND_LIMITS, e);
    } catch (JsonProcessingException e) {
      throw new UndecodableException("not JSON: " + sentence(e), e);
    }
  }

  /** Jackson's own words up to where it quotes the text, which no message may hold. */
  private static String sentence(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).split("[:('\"\n]", 2)[0].strip();
  }

  /** Reads the data of a subscription: base64 of gzip of one batch, or of several in a row. */
  void readData(String base64, Target target) throws IOException {
    readData(decoded(base64), origin, target);
  }

  private static byte[] decoded(String base64) throws UndecodableException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("data that is not base64", e);
    }
  }

  private void readData(byte[] gzip, Origin from, Target target) throws IOException {
    int length = inflate(gzip);
    if (readCanonical(inflated, 0, length, from, target)) {
      return;
    }
    try (JsonParser json = factory.createParser(inflated, 0, length)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw new UndecodableException("data that holds no subscription batch");
        }
        json.nextToken();
        target
            .tally()
            .add(new SubscriptionBatch(events, from, ownLogGroup).read(json, target.sink()));
      }
    } catch (StreamConstraintsException e) {
      throw new UndecodableException(BEYOND_LIMITS, e);
    } catch (JsonProcessingException e) {
      throw new UndecodableException("data that is not JSON: " + sentence(e), e);
    }
  }

  private boolean readCanonical(byte[] bytes, int offset, int length, Origin from, Target target)
      throws UndecodableException {
    SubscriptionBatch batch = new SubscriptionBatch(events, from, ownLogGroup);
    if (!batch.read(new CanonicalJson(bytes, offset, offset + length))) {
      return false;
    }
    target.tally().add(batch.give(target.sink(), true));
    return true;
  }

  /** Inflates into the buffer that every batch shares, and returns how much there is. */
  private int inflate(byte[] gzip) throws IOException {
    int length = 0;
    try {
      gunzip.restart(new ByteArrayInputStream(gzip));
      for (int read = gunzip.read(inflated, 0, inflated.length);
          read >= 0;
          read = gunzip.read(inflated, length, inflated.length - length)) {
        length += read;
        if (length == LARGEST_BATCH) {
          throw new UndecodableException("data that inflates to more than 128 MiB");
        }
        if (length == inflated.length) {
          inflated = Arrays.copyOf(inflated, (int) Math.min(2L * length, LARGEST_BATCH));
        }
      }
    } catch (ZipException | EOFException e) {
      throw new UndecodableException(String.valueOf(e.getMessage()), e);
    }
    return length;
  }

  private boolean object(JsonParser json, LooseEvents loose, Target target) throws IOException {
    Envelope envelope = new Envelope();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      if (SubscriptionBatch.isKey(key)) {
        target
            .tally()
            .add(new SubscriptionBatch(events, origin, ownLogGroup).read(json, target.sink()));
        return true;
      }
      json.nextToken();
      envelope.field(key, json, loose);
    }
    return envelope.finish(loose, target);
  }

  /** The text of a value; null, and the value skipped, when it is none. */
  static @Nullable String text(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_STRING)) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** Unix ms, as a number or in digits; -1, and the value skipped, when it is no such time. */
  static long timestamp(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NUMBER_INT) && json.getTextLength() <= MOST_DIGITS) {
      return inRange(json.getLongValue());
    }
    String digits = text(json);
    boolean number = digits != null && digits.matches("\\d{1,15}");
    return number ? inRange(Long.parseLong(digits)) : -1;
  }

  private static long inRange(long millis) {
    return millis <= LATEST_TIMESTAMP ? millis : -1;
  }

  /** The fields of an object that is no decoded batch itself. */
  private final class Envelope {
    private final List<String> data = new ArrayList<>();
    private final List<@Nullable String> regions = new ArrayList<>();
    private final Event event = new Event();
    private @Nullable String region;
    private boolean known;

    void field(String key, JsonParser json, LooseEvents loose) throws IOException {
      switch (key) {
        case "awslogs" -> {
          known = true;
          wrapped(json, null);
        }
        case "Records", "records" -> {
          known = true;
          records(json);
        }
        case "region" -> region = text(json);
        case "events" -> {
          known = true;
          outputEvents(json, loose);
        }
        default -> event.field(key, json);
      }
    }

    boolean finish(LooseEvents loose, Target target) throws IOException {
      for (int i = 0; i < data.size(); i++) {
        try {
          String of = regions.get(i);
          readData(decoded(data.get(i)), origin.inRegion(of != null ? of : region), target);
        } catch (UndecodableException e) {
          if (data.size() == 1) {
            throw e;
          }
          target.tally().rejected("record of " + e.getMessage());
        }
      }
      return known || event.give(loose);
    }

    private void records(JsonParser json) throws IOException {
      requireArray(json);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        int before = data.size();
        String recordRegion = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
          throw new UndecodableException("a record that is no object");
        }
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
          json.nextToken();
          switch (key) {
            case "data" -> add(text(json));
            case "kinesis" -> wrapped(json, recordRegion);
            case "awsRegion" -> recordRegion = text(json);
            default -> json.skipChildren();
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

    private void wrapped(JsonParser json, @Nullable String ofRegion) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new UndecodableException("an envelope without data");
      }
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        if (key.equals("data")) {
          add(text(json));
        } else {
          json.skipChildren();
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

    private void outputEvents(JsonParser json, LooseEvents loose) throws IOException {
      requireArray(json);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        Event output = new Event();
        if (json.currentToken() == JsonToken.START_OBJECT) {
          for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            output.field(key, json);
          }
        } else {
          json.skipChildren();
        }
        if (!output.give(loose)) {
          loose.reject("log event without timestamp or message");
        }
      }
    }

    private void requireArray(JsonParser json) throws UndecodableException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new UndecodableException("an envelope whose records are no list");
      }
    }
  }

  /** One event of the AWS CLI's output, or one that stands alone. */
  private static final class Event {
    private @Nullable String stream;
    private @Nullable EventId id;
    private long timestamp = -1;
    private byte @Nullable [] message;

    void field(String key, JsonParser json) throws IOException {
      switch (key) {
        case "logStreamName", "logStream" -> stream = text(json);
        case "eventId", "id" -> {
          String value = text(json);
          id = value == null ? null : EventId.parse(value);
        }
        case "timestamp" -> timestamp = timestamp(json);
        case "message" -> {
          String text = text(json);
          message = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        default -> json.skipChildren();
      }
    }

    boolean give(LooseEvents loose) {
      byte[] text = message;
      if (text == null || timestamp < 0) {
        return false;
      }
      loose.add(stream, id, timestamp, text, 0, text.length);
      return true;
    }
  }
}
