package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A line that is a JSON string, as {@code jq '.events[].message'} prints messages and as they stand
 * in a list of which the beginning was not copied:
 *
 * <pre>
 * "START RequestId: 0a1b2c3d-… Version: 7\n",
 * </pre>
 */
final class JsonString {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonString() {}

  /** Its text without the line feed at its end; the line itself where it is none. */
  static String text(String line) {
    if (line.indexOf('"') < 0) {
      return line;
    }
    String stripped = line.strip();
    String string =
        stripped.endsWith(",") ? stripped.substring(0, stripped.length() - 1) : stripped;
    if (string.length() < 2 || string.charAt(0) != '"' || !string.endsWith("\"")) {
      return line;
    }
    String read = read(string);
    return read == null ? line : read;
  }

  /** The text of the string that begins at a quote; the rest of the line where it is cut off. */
  static String first(String line, int quote) {
    int end = quote + 1;
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    String read = end < line.length() ? read(line.substring(quote, end + 1)) : null;
    return read == null ? line.substring(quote + 1) : read;
  }

  private static @Nullable String read(String string) {
    try (JsonParser json = JSON.createParser(string)) {
      String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
      return text != null && json.nextToken() == null ? text.stripTrailing() : null;
    } catch (IOException e) {
      return null; // quotes of the program's own
    }
  }
}
