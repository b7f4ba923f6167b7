package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Every JSON envelope that carries logs, told by its keys: a decoded subscription batch; the event
 * of a subscribed Lambda ({@code {"awslogs":{"data":"base64 of gzip"}}}); Kinesis and Firehose
 * events, whose records hold such batches; the output of {@code aws logs filter-log-events} and
 * {@code get-log-events}, whole or what {@code --query} leaves of it; answers of Logs Insights; and
 * one event an object, as a log group of class DELIVERY writes them.
 */
final class JsonLogs {
  /** What one batch may inflate to; a legal one of 1 MB gzip holds about 12 MB. */
  static final int LARGEST_BATCH = ByteLines.LONGEST_DOCUMENT;

  private static final int DEEPEST = 64;
  private static final String BEYOND_LIMITS = "JSON nested too deep, or a value in it too long";
  private static final String NO_ENCODING = "not JSON: it is not UTF-8 throughout";
  private static final int MOST_DIGITS = 15;
  private static final JsonToken END = JsonToken.END_ARRAY;

  private final EventReader events = new EventReader();
  private final Origin origin;
  private final @Nullable String ownLogGroup;
  private final Gunzip gunzip = new Gunzip();
  private @Nullable JsonFactory factory;
  private @Nullable String keyOfMessages;
  private byte[] inflated = new byte[1 << 20];

  /** A reader for any number of envelopes; its buffers are shared by all of them. */
  JsonLogs(Origin origin, @Nullable String ownLogGroup) {
    this.origin = origin;
    this.ownLogGroup = ownLogGroup;
  }

  /** Made when first needed: a batch as CloudWatch Logs writes it is read without it. */
  private JsonFactory factory() {
    JsonFactory made = factory;
    if (made == null) {
      made =
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxNumberLength(32)
                      .build())
              .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
              .build();
      factory = made;
    }
    return made;
  }

  /** Where lines and counts of one envelope or file go. */
  record Target(TimingLineSink sink, LineTally tally) {}

  EventReader events() {
    return events;
  }

  /**
   * Reads one JSON document that fills the bytes, an object or a list; false when it is of no known
   * form.
   */
  boolean read(byte[] bytes, int offset, int length, LooseEvents loose, Target target)
      throws IOException {
    if (readCanonical(bytes, offset, length, origin, target)) {
      return true;
    }
    try (JsonParser json = factory().createParser(bytes, offset, length)) {
      LooseEvent event = new LooseEvent();
      return document(json, event, loose, target)
          || loose.offer(event.timestamp(), bytes, offset, offset + length);
    } catch (CharConversionException e) {
      throw new UndecodableException(NO_ENCODING, e);
    } catch (StreamConstraintsException e) {
      throw new UndecodableException(BEYOND_LIMITS, e);
    }
  }

  /** Reads a batch that fills the bytes as the service writes it; false for anything else. */
  boolean readBatch(byte[] bytes, int offset, int length, Target target) throws IOException {
    return readCanonical(bytes, offset, length, origin, target);
  }

  /** Reads the document that begins with the line, over however many; false as above. */
  boolean readFirst(ByteLines lines, LooseEvents loose, Target target) throws IOException {
    try (JsonParser json = factory().createParser(lines.rest())) {
      try {
        return document(json, new LooseEvent(), loose, target);
      } finally {
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        json.releaseBuffered(unread);
        lines.giveBack(unread.toByteArray());
      }
    } catch (CharConversionException e) {
      throw new UndecodableException(NO_ENCODING, e);
    } catch (StreamConstraintsException e) {
      throw new UndecodableException(BEYOND_LIMITS, e);
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  static UndecodableException notJson(JsonProcessingException e) {
    return new UndecodableException("not JSON: " + sentence(e), e);
  }

  /** Jackson's own words up to where it quotes the text, which no message may hold. */
  private static String sentence(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).split("[:('\"\n]", 2)[0].strip();
  }

  private boolean document(JsonParser json, LooseEvent event, LooseEvents loose, Target target)
      throws IOException {
    return json.nextToken() == JsonToken.START_ARRAY
        ? list(json, loose, target)
        : object(json, json.nextFieldName(), event, loose, target);
  }

  /** A list of objects, or what {@code --query} leaves of the answers of aws logs. */
  private boolean list(JsonParser json, LooseEvents loose, Target target) throws IOException {
    long known = 0;
    long unknown = 0;
    for (JsonToken token = json.nextToken(); token != END; token = json.nextToken()) {
      boolean read =
          switch (token) {
            case START_OBJECT -> listed(json, loose, target);
            case START_ARRAY -> queried(json, loose, target);
            case VALUE_STRING -> text(json.getText(), loose, target);
            default -> false;
          };
      known += read ? 1 : 0;
      unknown += read ? 0 : 1;
    }
    if (known > 0) {
      target.tally().rejected(JsonDocuments.UNKNOWN, unknown);
    }
    return known > 0 || unknown == 0;
  }

  private boolean text(String text, LooseEvents loose, Target target) throws IOException {
    if (!Compression.BASE64.begins(text)) {
      return loose.addUntimed(text);
    }
    readData(text, target);
    return true;
  }

  /** An object in a list may have the names that a query gave its fields. */
  private boolean listed(JsonParser json, LooseEvents loose, Target target) throws IOException {
    LooseEvent event = new LooseEvent();
    event.takesValues();
    return object(json, json.nextFieldName(), event, loose, target) || event.giveTimedOrNot(loose);
  }

  /** The fields of one event in a list, with names or without, or another list of events. */
  boolean queried(JsonParser json, LooseEvents loose, Target target) throws IOException {
    LooseEvent event = new LooseEvent();
    boolean nested = false;
    for (JsonToken token = json.nextToken(); token != END; token = json.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        nested |= queried(json, loose, target);
      } else if (token == JsonToken.START_OBJECT) {
        String key = json.nextFieldName();
        if ("field".equals(key) || "value".equals(key)) {
          cell(json, key, event);
        } else {
          LooseEvent inner = new LooseEvent();
          inner.takesValues();
          nested |= object(json, key, inner, loose, target) || inner.giveTimedOrNot(loose);
        }
      } else if (token.isScalarValue()) {
        event.value(json.getText());
      }
    }
    return event.giveTimedOrNot(loose) || nested;
  }

  /** {@code {"field":"@message","value":"START …"}}. */
  private static void cell(JsonParser json, @Nullable String first, LooseEvent event)
      throws IOException {
    String name = null;
    String value = null;
    for (String key = first; key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "field" -> name = text(json);
        case "value" -> value = text(json);
        default -> json.skipChildren();
      }
    }
    if (name != null) {
      event.set(LooseEvent.Field.named(name), value);
    }
  }

  /** Reads the data of a subscription: base64 of gzip of one batch, or of several in a row. */
  void readData(String base64, Target target) throws IOException {
    readData(base64, null, target);
  }

  /** The same, of a record that names its Region. */
  void readData(String base64, @Nullable String region, Target target) throws IOException {
    readData(decoded(base64), origin.inRegion(region), target);
  }

  private static byte[] decoded(String base64) throws UndecodableException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UndecodableException("data that is not base64", e);
    }
  }

  /** Firehose may have unpacked the data before, or packed it once more. */
  private void readData(byte[] data, Origin from, Target target) throws IOException {
    byte[] unpacked = data;
    int length = data.length;
    if (length == 0 || data[0] != '{') {
      length = inflate(data, data.length);
      if (isGzip(inflated, length)) {
        length = inflate(Arrays.copyOf(inflated, length), length);
      }
      unpacked = inflated;
    }
    if (readCanonical(unpacked, 0, length, from, target)) {
      return;
    }
    try (JsonParser json = factory().createParser(unpacked, 0, length)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw new UndecodableException("data that holds no subscription batch");
        }
        json.nextToken();
        target
            .tally()
            .add(new SubscriptionBatch(events, from, ownLogGroup).read(json, target.sink()));
      }
    } catch (CharConversionException e) {
      throw new UndecodableException(NO_ENCODING, e);
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

  private static boolean isGzip(byte[] data, int length) {
    return length > 2 && data[0] == 0x1f && data[1] == (byte) 0x8b;
  }

  /** Inflates into the buffer that every batch shares, and returns how much there is. */
  private int inflate(byte[] gzip, int end) throws IOException {
    int length = 0;
    try {
      gunzip.restart(new ByteArrayInputStream(gzip, 0, end));
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

  private boolean object(
      JsonParser json, @Nullable String first, LooseEvent event, LooseEvents loose, Target target)
      throws IOException {
    JsonEnvelope envelope = new JsonEnvelope(this, event, loose, target);
    for (String key = first; key != null; key = json.nextFieldName()) {
      if (SubscriptionBatch.isKey(key)) {
        return batchOrEvent(json, event, loose, target);
      }
      json.nextToken();
      envelope.field(key, json);
    }
    return envelope.finish();
  }

  /** An event that is delivered alone has some keys of a batch. */
  private boolean batchOrEvent(JsonParser json, LooseEvent event, LooseEvents loose, Target target)
      throws IOException {
    SubscriptionBatch batch = new SubscriptionBatch(events, origin, ownLogGroup);
    if (batch.readFields(json, event)) {
      target.tally().add(batch.give(target.sink(), true));
      return true;
    }
    if (event.hasMessage()) {
      return event.give(loose);
    }
    target.tally().add(batch.give(target.sink(), false));
    return true;
  }

  /** Takes over a field of an event that is no batch; a message may be a JSON object. */
  static void field(String key, JsonParser json, LooseEvent event) throws IOException {
    LooseEvent.Field field = LooseEvent.Field.named(key);
    if (key.equals("record") && !json.hasToken(JsonToken.VALUE_STRING)) {
      event.telemetry().record(structure(json), false);
      event.unnamed(null);
    } else if (key.equals("record")) {
      event.telemetry().record(json.getText(), true);
      event.unnamed(json.getText());
    } else if (field == LooseEvent.Field.OTHER && event.isTakingValues()) {
      String value = json.currentToken().isScalarValue() ? json.getText() : null;
      json.skipChildren();
      event.unnamed(value);
    } else if (field == LooseEvent.Field.TIME) {
      event.at(json.currentToken().isNumeric() ? LogTime.millis(json.getText()) : timestamp(json));
    } else if (field == LooseEvent.Field.MESSAGE
        && !key.equals("log") // what collectors tell of the file that they read
        && json.currentToken().isStructStart()) {
      event.set(field, structure(json));
    } else if (field == LooseEvent.Field.OTHER) {
      event.other(key, text(json));
    } else {
      event.set(field, text(json));
    }
  }

  /** Remembers what a collector calls the message, by an object where nothing else could be. */
  void keyOfMessages(@Nullable String key) {
    keyOfMessages = key;
  }

  boolean isKeyOfMessages(String key) {
    return key.equals(keyOfMessages);
  }

  private static String structure(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = new JsonFactory().createGenerator(text)) {
      copy.copyCurrentStructure(json);
    }
    return text.toString();
  }

  /** The text of a value; null, and the value skipped, when it is none. */
  static @Nullable String text(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_STRING)) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** Unix ms, from a number or a text; -1, and the value skipped, when it is no such time. */
  static long timestamp(JsonParser json) throws IOException {
    if (json.hasToken(JsonToken.VALUE_NUMBER_INT) && json.getTextLength() <= MOST_DIGITS) {
      return LogTime.inRange(json.getLongValue());
    }
    String text = text(json);
    return text == null ? LogTime.NONE : LogTime.millis(text);
  }
}
