package dev.frostline.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of a file: one a line, several on a line as Firehose leaves them in S3, over
 * many lines, one behind the other, or among text. Each is told by its own keys, whatever stood
 * before it.
 */
final class JsonDocuments {
  static final String UNKNOWN = "JSON of no known form";
  static final String NOT_JSON = "line that is not JSON";

  /** What a document that is open goes on with: a key, a value, or the end of it. */
  private static final Pattern CONTINUED =
      Pattern.compile("\\s*(?:\"[^\"\\n]*\"\\s*:?|[\\[{}\\]]|-?\\d|true|false|null|$)[\\s\\S]*");

  private static final String BATCH = "{\"messageType\":";
  private static final int LOOKED_AHEAD = 256;
  private static final int SAME_BEGINNING = 12;

  private final JsonLogs json;
  private final LooseEvents loose;
  private final JsonLogs.Target target;
  private long documents;
  private @Nullable UndecodableException refused;

  JsonDocuments(JsonLogs json, LooseEvents loose, JsonLogs.Target target) {
    this.json = json;
    this.loose = loose;
    this.target = target;
  }

  /** The reason why the file is of no use, where one document was all it had. */
  @Nullable UndecodableException refusal() {
    return documents == 1 ? refused : null;
  }

  boolean isEmpty() {
    return documents == 0;
  }

  /** True for a batch, which nothing else looks like, so that it may stand anywhere. */
  static boolean isBatch(ByteLines lines) {
    return lines.startsWith(BATCH);
  }

  /**
   * Reads the documents that begin with the line; false where it is no JSON.
   *
   * @param amongText whether lines of text came before it, of which it may be one
   */
  boolean read(ByteLines lines, boolean amongText) throws IOException {
    if (isBatch(lines) && readBatch(lines)) {
      return true;
    }
    if (!begins(lines, amongText)) {
      return false;
    }
    int to = lines.offset() + lines.length();
    int at = behindBlanks(lines.buffer(), lines.offset(), to);
    while (at < to) {
      int end = JsonSpan.end(lines.buffer(), at, to);
      if (end == JsonSpan.OPEN) {
        lines.skip(at - lines.offset());
        if (goesOn(lines)) {
          readLong(lines, amongText);
          return true;
        }
      }
      if (end < 0) {
        return refuse(new UndecodableException("not JSON: it is cut off"), NOT_JSON, amongText);
      }
      if (!read(lines.buffer(), at, end, amongText)) {
        return false;
      }
      at = behindSeparators(lines.buffer(), end, to);
      if (at < to && !isBracket(lines.buffer()[at])) {
        return refuse(
            new UndecodableException("JSON with something behind it"),
            "JSON with something behind it",
            amongText);
      }
    }
    return true;
  }

  /** Reads a line that is one batch as the service writes it, as most are; false for any other. */
  private boolean readBatch(ByteLines lines) throws IOException {
    try {
      if (!json.readBatch(lines.buffer(), lines.offset(), lines.length(), target)) {
        return false;
      }
      documents++;
      return true;
    } catch (UndecodableException e) {
      return refuse(e, String.valueOf(e.getMessage()), false);
    }
  }

  private boolean read(byte[] text, int from, int to, boolean amongText) throws IOException {
    try {
      if (json.read(text, from, to - from, loose, target)) {
        documents++;
        return true;
      }
      unknown(amongText);
      return true;
    } catch (JsonProcessingException e) {
      return refuse(JsonLogs.notJson(e), NOT_JSON, amongText);
    } catch (UndecodableException e) {
      return refuse(e, String.valueOf(e.getMessage()), false);
    }
  }

  private void readLong(ByteLines lines, boolean amongText) throws IOException {
    try {
      if (json.readFirst(lines, loose, target)) {
        documents++;
      } else {
        unknown(amongText);
      }
    } catch (UndecodableException e) {
      refuse(e, String.valueOf(e.getMessage()), false);
      lines.next(); // what is left of the line
    }
  }

  private void unknown(boolean amongText) {
    if (amongText) {
      loose.notOurs();
      return;
    }
    refuse(
        new UndecodableException(
            UNKNOWN + ": no awslogs, Records, records, logEvents, events or results"),
        UNKNOWN,
        false);
  }

  /**
   * Counts a document of no use; among text it is none, and the line goes to whoever reads that.
   */
  private boolean refuse(UndecodableException why, String reason, boolean amongText) {
    if (amongText) {
      return false;
    }
    documents++;
    refused = why;
    target.tally().rejected(reason);
    return true;
  }

  /** A bracket alone begins many a line of text: {@code [INFO]}, {@code [2026-11-29 10:00]}. */
  private static boolean begins(ByteLines lines, boolean amongText) throws IOException {
    byte[] text = lines.buffer();
    int to = lines.offset() + lines.length();
    int from = amongText ? lines.offset() : behindBlanks(text, lines.offset(), to);
    if (from == to || !isBracket(text[from])) {
      return false;
    }
    int next = behindBlanks(text, from + 1, to);
    if (next == to) {
      return CONTINUED.matcher(lines.following(LOOKED_AHEAD)).matches();
    }
    return text[from] == '{' || "{[\"]".indexOf(text[next]) >= 0;
  }

  /** Whether an open document that ends the line goes on with the next. */
  private static boolean goesOn(ByteLines lines) throws IOException {
    int length = Math.min(SAME_BEGINNING, lines.length());
    String beginning =
        new String(lines.buffer(), lines.offset(), length, StandardCharsets.ISO_8859_1);
    byte last = lines.buffer()[lines.offset() + lines.length() - 1];
    String next = lines.following(LOOKED_AHEAD); // may move what the buffer holds
    if (!CONTINUED.matcher(next).matches() || next.startsWith(BATCH)) {
      return false;
    }
    boolean another = next.startsWith("{") && "[,:{".indexOf(last) < 0;
    return !another && (length < SAME_BEGINNING || !next.startsWith(beginning));
  }

  private static int behindSeparators(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (isBlank(text[at]) || text[at] == ',')) {
      at++;
    }
    return at;
  }

  private static int behindBlanks(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isBlank(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte one) {
    return one >= 0 && one <= ' ';
  }

  private static boolean isBracket(byte one) {
    return one == '{' || one == '[';
  }
}
