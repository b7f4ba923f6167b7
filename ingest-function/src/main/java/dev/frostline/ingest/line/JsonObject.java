package dev.frostline.ingest.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line's JSON object says, lists left out. Jackson's own trees would take some 280 classes
 * more in the ingest function's cold start.
 */
final class JsonObject {
  private static final int DEEPEST = 64;
  private static final JsonObject EMPTY = new JsonObject(Map.of());

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Text, numbers as {@link Double}, objects; null for whatever else there is. */
  private final Map<String, @Nullable Object> fields;

  private JsonObject(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads a whole text.
   *
   * @return null where it is JSON and no object
   * @throws IOException when it is no JSON, names a field twice, or holds anything behind its value
   */
  static @Nullable JsonObject parse(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonObject object = null;
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        object = fields(parser);
      } else {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("more behind the value");
      }
      return object;
    }
  }

  private static JsonObject fields(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      fields.put(key, value(parser, parser.nextToken()));
    }
    return new JsonObject(fields);
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return fields(parser);
    }
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    parser.skipChildren();
    return token == JsonToken.VALUE_NULL ? null : token;
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /** The object of a field; an empty one where it holds none. */
  JsonObject object(String field) {
    return fields.get(field) instanceof JsonObject object ? object : EMPTY;
  }

  /** The text of a field; null where it holds none. */
  @Nullable String text(String field) {
    return fields.get(field) instanceof String text ? text : null;
  }

  /**
   * The number of a field; null where it is absent or null.
   *
   * @throws BrokenLineException when it is something else
   */
  @Nullable Double number(String field, String what) throws BrokenLineException {
    Object value = fields.get(field);
    if (value == null || value instanceof Double) {
      return (Double) value;
    }
    throw new BrokenLineException(what + " that is not a number");
  }
}
