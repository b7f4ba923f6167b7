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

  /** Behind a message, where {@code --query} put the time last. */
  private static final Pattern TIME_BEHIND = Pattern.compile("\\t\\d{13}\\s*");

  /** What the runtime or the platform begins a line with itself, no tool: its own time. */
  private static final Pattern OWN_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z(?: [\\da-f-]{36} Task timed out after "
              + "|\\t(?:[\\da-f-]{36}|undefined|-)\\t[A-Z]+\\t(?!.* time:))");

  private final LooseEvents loose;
  private final StringBuilder event = new StringBuilder();
  private final WrappedRow wrapped = new WrappedRow();
  private @Nullable LineHead head;
  private @Nullable LineForm form;
  private boolean begun;

  /** Whether lines of the platform stand first, or behind heads that are known. */
  private boolean plain;

  /** Whether the last line of ours stood behind a head. */
  private boolean behindHeads;

  /** A reader of one file. */
  TextLogs(LooseEvents loose) {
    this.loose = loose;
  }

  /** Whether any line of text was read. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether an event is being read that the line may belong to. */
  boolean isInsideEvent(ByteLines line) {
    boolean ended = form instanceof YamlRows && !line.isIndented();
    return head != null || (form != null && form.isOpen() && !ended);
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
    line = line.replace('\u00a0', ' '); // what pages and chats make of several blanks
    if (form != null && form.take(line)) {
      return;
    }
    if (begin(line)) {
      return;
    }
    if (head == null && TIME_BEHIND.matcher(line).matches()) {
      endRow();
      loose.timeOfUntimed(LogTime.millis(line));
      return;
    }
    line = JsonString.text(line);
    LineHead before = LineHead.of(line, loose.fileMillis());
    boolean headed = before.isTimed() || before.isPlaced() || before.isCollected();
    if (!plain && !OurLine.isPlatform(before.body())) {
      LineHead unknown = LineHead.ofUnknown(line, loose.fileMillis());
      before = unknown != null ? unknown : before;
      headed |= unknown != null;
    } else {
      plain = true;
    }
    if (headed && !OWN_TIME.matcher(line).lookingAt()) {
      begun = true;
      endEvent();
      head = before;
      event.append(before.body());
      behindHeads |= OurLine.begins(before.body());
    } else if (head != null && !head.standsAlone() && goesOn(line, before.body())) {
      goOn(line);
    } else {
      endTimedEvent();
      behindHeads &= !OurLine.begins(line);
      bare(line, headed ? line : before.body(), behindDocuments);
    }
  }

  /**
   * Nothing but the X-Ray part goes on with a line of the platform, whatever comes behind it. A
   * line of ours goes on with what a program printed only where such lines have heads of their own:
   * else that head was the program's.
   */
  private boolean goesOn(String line, String body) {
    if (isBelowItsHead() || line.isBlank() || line.startsWith("XRAY ")) {
      return true;
    }
    return !OurLine.isPlatform(event) && (behindHeads || !OurLine.begins(body));
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

  /** The console shows an event's text below its time. */
  private boolean isBelowItsHead() {
    return head != null && head.body().isBlank();
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
    if (!body.isBlank() && wrapped.doubt(body)) {
      if (wrapped.isTold()) {
        readAgain();
      }
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
      OurLine.parts(body).forEach(this::row);
    }
  }

  /** A console wraps what is longer than its width. */
  private void row(String body) {
    releaseRow();
    if (!wrapped.hold(body)) {
      loose.addUntimed(body);
    }
  }

  private void readAgain() {
    for (String body : wrapped.undoubted()) {
      if (!wrapped.goOn(body)) {
        row(body);
      }
    }
  }

  private void endRow() {
    readAgain();
    releaseRow();
  }

  private void releaseRow() {
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
