package dev.frostline.ingest.line;

import dev.frostline.timing.EightBytes;
import dev.frostline.timing.TimingLine;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one log event's text into timing lines. Most events are one line; a runtime's logger may
 * write a whole cold start as one event of many, behind a prefix such as {@code
 * 2026-10-08T07:30:27.768Z <TAB> - <TAB> INFO <TAB>}. Text that is not about cold starts gives
 * nothing.
 */
public final class LineReader {
  private static final int PREFIX_LENGTH = 160;
  private final ImportTimeLine importTimes = new ImportTimeLine();
  private final JoinedRows joinedRows = new JoinedRows(importTimes);

  /**
   * Appends the timing lines of an event to {@code into}; nothing is appended when it holds none.
   *
   * @return how many rows were cut off beside whole ones on the same line
   * @throws BrokenLineException when a line of a known form cannot be read; nothing of the event
   *     may be kept then
   */
  public int read(byte[] text, int from, int to, List<TimingLine> into) throws BrokenLineException {
    int end = trimmed(text, from, to);
    int start = from;
    while (start < end && (isBlank(text[start]) || isByteOrderMark(text, start, end))) {
      start += isBlank(text[start]) ? 1 : 3;
    }
    if (start == end) {
      return 0;
    }
    if (text[start] == '{') {
      return readJson(text, start, end, into);
    }
    boolean read =
        importTimes.readUsual(text, start, end, into) || readPlatformLine(text, start, end, into);
    return read ? 0 : readTraceLines(text, start, end, into);
  }

  /**
   * The platform's lines stand first in their event and behind no prefix: text elsewhere only looks
   * like them.
   */
  private static boolean readPlatformLine(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    byte first = text[from];
    boolean maybe = first == 'I' || first == 'S' || first == 'R' || (first >= '0' && first <= '9');
    if (!maybe) {
      return false;
    }
    int end = trimmed(text, from, EightBytes.endOfLine(text, from, to));
    return PlatformLine.read(new String(text, from, end - from, StandardCharsets.UTF_8), into);
  }

  /** Node's runtime writes the line feeds of an event as carriage returns. */
  private int readTraceLines(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    int cut = 0;
    for (int start = from; start < to; ) {
      int end = EightBytes.endOfLine(text, start, to);
      cut += readTraceLine(text, start, trimmed(text, start, end), into);
      start = end + 1;
    }
    return cut;
  }

  private int readTraceLine(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    int first = RowFinder.find(text, from, to);
    if (first >= 0) {
      return joinedRows.read(text, from, first, to, into);
    }
    if (importTimes.read(text, from, to, into) || CaptureLine.read(text, from, to, into)) {
      return 0;
    }
    int body = behindPrefix(text, from, to);
    if (body > from && !importTimes.read(text, body, to, into)) {
      CaptureLine.read(text, body, to, into);
    }
    return 0;
  }

  /**
   * The same lines, in the order of the trace; where every row lost the blanks before its name, its
   * level is found by the times.
   */
  public static List<TimingLine> withLevels(List<TimingLine> lines) {
    for (TimingLine line : lines) {
      if (line instanceof TimingLine.ImportTime row && row.depth() > 0) {
        return lines;
      }
    }
    return LostIndentation.restored(lines);
  }

  private static int trimmed(byte[] text, int start, int end) {
    int trimmed = end;
    while (trimmed > start && isBlank(text[trimmed - 1])) {
      trimmed--;
    }
    return trimmed;
  }

  private static boolean isBlank(byte character) {
    return character >= 0 && character <= ' ';
  }

  private static boolean isByteOrderMark(byte[] text, int at, int to) {
    return to - at >= 3
        && text[at] == (byte) 0xef
        && text[at + 1] == (byte) 0xbb
        && text[at + 2] == (byte) 0xbf;
  }

  /** A logger's prefix ends in a tab, PowerShell's ("python : ") in a colon and a blank. */
  private static int behindPrefix(byte[] text, int from, int to) {
    int limit = Math.min(to, from + PREFIX_LENGTH);
    int body = from;
    for (int i = from; i < limit; i++) {
      boolean logger = text[i] == '\t';
      boolean shell = text[i] == ' ' && i >= from + 2 && text[i - 1] == ':' && text[i - 2] == ' ';
      if (logger || shell) {
        body = i + 1;
      }
    }
    return body;
  }

  /** Whether the braces of a collector's prefix are closed: {@code {app="demo"} import time: …}. */
  private static boolean areClosed(byte[] text, int from, int to) {
    int open = 0;
    for (int i = from; i < to; i++) {
      open += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
    }
    return open == 0;
  }

  private int readJson(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    if (!PlatformEvent.mayMatter(text, from, to)) {
      return 0;
    }
    String json = new String(text, from, to - from, StandardCharsets.UTF_8);
    JsonObject event = PlatformEvent.parsed(json);
    if (event == null) {
      int first = RowFinder.find(text, from, to);
      boolean prefixed = first > from && areClosed(text, from, first);
      return prefixed ? readTraceLines(text, from, to, into) : 0;
    }
    String message = PlatformEvent.read(event, into);
    if (message == null) {
      return 0;
    }
    byte[] inner = message.getBytes(StandardCharsets.UTF_8);
    return readTraceLines(inner, 0, inner.length, into);
  }
}
