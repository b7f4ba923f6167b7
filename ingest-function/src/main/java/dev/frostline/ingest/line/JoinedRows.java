package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows that a collector joined on one line, as pasted logs show them. The first may lack its
 * beginning and the last its end: each such rest is counted.
 *
 * <pre>
 * 532 | collections import time: 63 | 63 | _functools import time: 1053 | 3646 | functools import time: 21
 * </pre>
 */
final class JoinedRows {
  /** What is left of a row whose beginning was cut off. */
  private static final Pattern BEGINNING_LOST =
      Pattern.compile("(?:[^|]{0,40}?[\\s:])?(?:-?\\d+\\s*\\|\\s*)?-?\\d+\\s*\\|\\s*[^|\\s]*\\s*");

  /** What is left of a row whose end was cut off, behind the name of the row before. */
  private static final Pattern END_LOST =
      Pattern.compile(
          "\\s*(?:import|java|node|dotnet|ruby|gc) (?:t|ti|tim|time|time:[\\s\\d|-]*)$"
              + "|\\s+(?:imp|impo|impor|import)$");

  private static final int LONGEST_REST = 200;

  private final ImportTimeLine rows;

  JoinedRows(ImportTimeLine rows) {
    this.rows = rows;
  }

  /**
   * Reads the rows of a line, of which the first begins at {@code first}, and returns how many were
   * cut off beside them.
   */
  int read(byte[] text, int from, int first, int to, List<TimingLine> into)
      throws BrokenLineException {
    int cut = isRest(text, from, first) ? 1 : 0;
    List<TimingLine> read = new ArrayList<>();
    boolean indented = false;
    boolean packed = false;
    int start = first;
    while (start >= 0) {
      int next = RowFinder.find(text, start + 1, to);
      int end = trimmed(text, start, next < 0 ? to : next);
      int whole = next < 0 ? endOfWhole(text, start, end) : end;
      cut += whole < end ? 1 : 0;
      indented |= isPadded(text, start, whole);
      if (CaptureLine.read(text, start, whole, read)) {
        packed = true; // its rows say their level
      } else {
        rows.read(text, start, whole, read);
      }
      start = next;
    }
    into.addAll(read.size() > 1 && !indented && !packed ? LostIndentation.restored(read) : read);
    return cut;
  }

  /** Whether the text before the first row is what is left of another. */
  private static boolean isRest(byte[] text, int from, int first) {
    int length = first - from;
    return length > 0
        && length <= LONGEST_REST
        && BEGINNING_LOST.matcher(latin(text, from, first)).matches();
  }

  /** Where the last row ends, if the beginning of another follows it. */
  private static int endOfWhole(byte[] text, int start, int end) {
    int tail = Math.max(start + 1, end - 60);
    Matcher lost = END_LOST.matcher(latin(text, tail, end));
    return lost.find() ? trimmed(text, start, tail + lost.start()) : end;
  }

  /**
   * An interpreter pads its figures and indents names: two blanks in a row, where none was lost.
   */
  private static boolean isPadded(byte[] text, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (text[i] == ' ' && text[i - 1] == ' ') {
        return true;
      }
    }
    return false;
  }

  private static int trimmed(byte[] text, int start, int end) {
    int trimmed = end;
    while (trimmed > start && text[trimmed - 1] >= 0 && text[trimmed - 1] <= ' ') {
      trimmed--;
    }
    return trimmed;
  }

  private static String latin(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
