package dev.frostline.ingest;

import dev.frostline.timing.EventId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text forms of logs, told line by line:
 *
 * <pre>
 * 2026-09-19T06:39:40.071Z INIT_START Runtime Version: …                      export task: one stream a file
 * 2026-10-08T07:30:27.768000+00:00 2026/10/08/[$LATEST]22be… START RequestId: …    aws logs tail
 * EVENTS  3977…  1783573069514  2026/07/09/[$LATEST]d9ef…  START …  1783573062669  aws logs … --output text
 * import time:       378 |        378 |   zipimport                          standard error of an interpreter
 * </pre>
 *
 * Lines that begin no event continue the one before.
 */
final class TextLogs {
  private static final Pattern TIMESTAMPED =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)(Z|[+-]\\d\\d:?\\d\\d)?[ \\t]"
              + "(?:(\\d{4}/\\d\\d/\\d\\d/[^\\s\\[\\]]*\\[[^\\s\\]]+\\]\\S+)[ \\t])?(.*)",
          Pattern.DOTALL);
  private static final Pattern OUTPUT_EVENT =
      Pattern.compile(
          "EVENTS\\t(?:(\\d{50,56})\\t)?(?:\\d{13}\\t)?"
              + "(?:(\\d{4}/\\d\\d/\\d\\d/[^\\s\\[\\]]*\\[[^\\s\\]]+\\]\\S+)\\t)?(.*)\\t(\\d{13})\\s*",
          Pattern.DOTALL);
  private static final String OUTPUT = "EVENTS\t";

  /** Rows of the same output that are no events: {@code b/3977…/s f/3977…/s}, searched streams. */
  private static final Pattern OUTPUT_FRAME =
      Pattern.compile("[bf]/\\d+(?:/s)?(?:\\t[bf]/\\d+(?:/s)?)?|SEARCHEDLOGSTREAMS\\t.*");

  private final LooseEvents loose;
  private final StringBuilder event = new StringBuilder();

  private enum Form {
    UNKNOWN,
    TIMESTAMPED,
    OUTPUT,
    TRACE
  }

  private Form form = Form.UNKNOWN;

  /** A reader of one file. */
  TextLogs(LooseEvents loose) {
    this.loose = loose;
  }

  /** Whether any line of text was read. */
  boolean hasBegun() {
    return form != Form.UNKNOWN;
  }

  /** Whether an event is being read that further lines may belong to. */
  boolean isInsideEvent() {
    return event.length() > 0;
  }

  /**
   * Takes a line.
   *
   * @param behindDocuments whether JSON came before it, and no text yet
   */
  void take(ByteLines lines, boolean behindDocuments) {
    String line =
        new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
    if (form == Form.UNKNOWN) {
      form = form(line);
      if (form == Form.TRACE && behindDocuments) {
        form = Form.UNKNOWN;
        offer(lines);
        return;
      }
    }
    if (form == Form.UNKNOWN) {
      loose.notOurs();
    } else if (form == Form.TRACE) {
      trace(line);
    } else if (form == Form.OUTPUT && OUTPUT_FRAME.matcher(line).matches()) {
      endEvent();
    } else {
      takeUp(line);
    }
  }

  private void offer(ByteLines lines) {
    int from = lines.offset();
    if (!loose.offer(LogTime.NONE, lines.buffer(), from, from + lines.length())) {
      loose.reject(JsonDocuments.NOT_JSON);
    }
  }

  void finish() {
    endEvent();
  }

  private void takeUp(String line) {
    if (beginsEvent(line)) {
      endEvent();
    }
    if (event.length() <= EventReader.LONGEST_MESSAGE) {
      event.append(event.length() == 0 ? "" : "\n").append(line);
    }
  }

  private static Form form(String line) {
    if (line.isBlank()) {
      return Form.UNKNOWN;
    }
    if (line.startsWith(OUTPUT) || OUTPUT_FRAME.matcher(line).matches()) {
      return Form.OUTPUT;
    }
    return TIMESTAMPED.matcher(line).matches() ? Form.TIMESTAMPED : Form.TRACE;
  }

  private boolean beginsEvent(String line) {
    if (form == Form.OUTPUT) {
      return line.startsWith(OUTPUT);
    }
    return !line.isEmpty()
        && Character.isDigit(line.charAt(0))
        && TIMESTAMPED.matcher(line).matches();
  }

  private void trace(String line) {
    if (line.isBlank()) {
      loose.skipUntimed();
    } else {
      loose.addUntimed(line);
    }
  }

  private void endEvent() {
    if (event.length() == 0) {
      return;
    }
    String text = event.toString();
    event.setLength(0);
    if (form == Form.OUTPUT) {
      outputEvent(text);
    } else {
      timestamped(text);
    }
  }

  private void outputEvent(String text) {
    Matcher parts = OUTPUT_EVENT.matcher(text);
    if (!parts.matches()) {
      loose.reject("EVENTS line without a timestamp");
      return;
    }
    String id = parts.group(1);
    String message = parts.group(3);
    add(
        parts.group(2),
        id == null ? null : EventId.parse(id),
        Long.parseLong(parts.group(4)),
        message);
  }

  private void timestamped(String text) {
    Matcher parts = TIMESTAMPED.matcher(text);
    if (!parts.matches()) {
      loose.reject("line without a timestamp");
      return;
    }
    try {
      String zone = parts.group(2);
      String instant = parts.group(1) + (zone == null ? "Z" : withColon(zone));
      add(
          parts.group(3),
          null,
          OffsetDateTime.parse(instant).toInstant().toEpochMilli(),
          parts.group(4));
    } catch (DateTimeException e) {
      loose.reject("timestamp that is no time");
    }
  }

  private static String withColon(String zone) {
    boolean bare = zone.length() == 5;
    return bare ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
  }

  private void add(@Nullable String stream, @Nullable EventId id, long atMillis, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    loose.add(LooseEvents.Place.ofStream(stream), id, atMillis, text, 0, text.length);
  }
}
