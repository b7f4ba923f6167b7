package dev.frostline.ingest;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text forms of logs, told line by line: tables and outputs that are a {@link LineForm}, lines
 * behind a {@link LineHead}, and bare lines as an interpreter writes them to its standard error.
 *
 * <pre>
 * 2026-09-19T06:39:40.071Z INIT_START Runtime Version: …                      export task: one stream a file
 * 2026-10-08T07:30:27.768000+00:00 2026/10/08/[$LATEST]22be… START RequestId: …    aws logs tail
 * import time:       378 |        378 |   zipimport                          standard error of an interpreter
 * </pre>
 *
 * Lines without a head go on with the event before that has a time.
 */
final class TextLogs {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

  /** The console's button, between a row and what it copies; then the same again without tabs. */
  private static final Pattern EXPANDED = Pattern.compile("\\n\\s*Copy\\n[\\s\\S]*");

  private static final Pattern PLATFORM =
      Pattern.compile("(?:START|END|REPORT) RequestId: |(?:INIT|RESTORE)_(?:START|REPORT) ");

  private final LooseEvents loose;
  private final StringBuilder event = new StringBuilder();
  private final WrappedRow wrapped = new WrappedRow();
  private @Nullable LineHead head;
  private @Nullable LineForm form;
  private boolean begun;

  /** A reader of one file. */
  TextLogs(LooseEvents loose) {
    this.loose = loose;
  }

  /** Whether any line of text was read. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether an event is being read that further lines may belong to. */
  boolean isInsideEvent() {
    return head != null || (form != null && form.isOpen());
  }

  /**
   * Takes a line.
   *
   * @param behindDocuments whether JSON came before it, and no text yet
   */
  void take(ByteLines lines, boolean behindDocuments) {
    String line =
        new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
    if (line.indexOf('\u001b') >= 0) {
      line = COLOURS.matcher(line).replaceAll("");
    }
    if (form != null && form.take(line)) {
      return;
    }
    if (begin(line)) {
      return;
    }
    LineHead before = LineHead.of(line, loose.fileMillis());
    if (before.isTimed() || before.isPlaced() || before.isCollected()) {
      begun = true;
      endEvent();
      head = before;
      event.append(before.body());
    } else if (head != null && !head.standsAlone() && goesOn(line)) {
      goOn(line);
    } else {
      endTimedEvent();
      bare(line, before.body(), behindDocuments);
    }
  }

  /** Nothing but the X-Ray part goes on with a line of the platform, whatever comes behind it. */
  private boolean goesOn(String line) {
    return line.isBlank() || line.startsWith("XRAY ") || !PLATFORM.matcher(event).lookingAt();
  }

  /** Whether the line begins a table or the like. */
  private boolean begin(String line) {
    if (form != null) {
      form.finish();
      form = null;
    }
    LineForm begins = formOf(line);
    if (begins == null) {
      return false;
    }
    endEvent();
    begun = true;
    form = begins;
    if (!(begins instanceof CsvRows) && !(begins instanceof AsciiRows)) {
      begins.take(line);
    }
    return true;
  }

  private @Nullable LineForm formOf(String line) {
    if (OutputRows.begins(line)) {
      return new OutputRows(loose);
    }
    if (InsightsRows.begins(line)) {
      return new InsightsRows(loose);
    }
    if (YamlRows.begins(line)) {
      return new YamlRows(loose);
    }
    LineForm table = line.startsWith("|") ? AsciiRows.below(line, loose) : null;
    return table != null ? table : CsvRows.below(line, loose);
  }

  private void goOn(String line) {
    if (event.length() <= EventReader.LONGEST_MESSAGE) {
      event.append('\n').append(line);
    }
  }

  /** A line of an interpreter's standard error. */
  private void bare(String line, String body, boolean behindDocuments) {
    if (wrapped.goOn(body)) {
      return;
    }
    if (line.isBlank()) {
      endRow();
      loose.addBlank(begun);
    } else if (behindDocuments) {
      byte[] text = body.getBytes(StandardCharsets.UTF_8);
      if (!loose.offer(LogTime.NONE, text, 0, text.length)) {
        loose.reject(JsonDocuments.NOT_JSON);
      }
    } else {
      begun = true;
      row(body);
    }
  }

  /** A console wraps what is longer than its width. */
  private void row(String body) {
    endRow();
    if (!wrapped.hold(body)) {
      loose.addUntimed(body);
    }
  }

  private void endRow() {
    String row = wrapped.release();
    if (row != null) {
      loose.addUntimed(row);
    }
  }

  void finish() {
    if (form != null) {
      form.finish();
      form = null;
    }
    endEvent();
    if (wrapped.hasLostBlanks()) {
      loose.restoreLevels();
    }
  }

  private void endEvent() {
    endRow();
    endTimedEvent();
  }

  private void endTimedEvent() {
    LineHead of = head;
    if (of == null) {
      return;
    }
    String message = event.toString();
    if (of.body().isBlank()) {
      message = EXPANDED.matcher(message).replaceFirst("");
    }
    event.setLength(0);
    head = null;
    if (of.isTimed() && of.millis() == LogTime.NONE) {
      loose.reject("timestamp that is no time");
      return;
    }
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    loose.add(of.place(), null, of.millis(), text, 0, text.length);
  }
}
