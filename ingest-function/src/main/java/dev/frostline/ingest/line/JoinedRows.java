package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
      Pattern.compile(
          "(?:[^|]{0,40}?[\\s:])?(?:\\|\\s*)?(?:-?\\d+\\s*\\|\\s*)?-?\\d+\\s*\\|\\s*[^|\\s]*\\s*");

  /** What is left of a row whose end was cut off, behind the name of the row before. */
  private static final Pattern END_LOST =
      Pattern.compile(
          "\\s*(?:import|java|node|dotnet|ruby|gc) (?:t|ti|tim|time|time:[\\s\\d|-]*)$"
              + "|\\s+(?:imp|impo|impor|import)$");

  /** Between rows: {@code , ; " | " " / " " ... "} and blanks of other scripts. */
  private static final Pattern SEPARATOR =
      Pattern.compile(
          "(?:[\"',;]+|[\\s\\u00a0\\u0085\\u2028\\u2029]+(?:\\.{3}|[|/&>\\-\\u2022\\u00b7\\u2026]+)?)+$");

  private static final String CUT_FIGURES = "0123456789|- ";
  private static final Set<String> CUT_WORDS =
      Set.of("t", "ti", "tim", "time", "time:", "imp", "impo", "impor", "import");
  private static final int LONGEST_KEYWORD = 6;
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
    byte quote = quoteBefore(text, from, first);
    int start = first;
    while (start >= 0) {
      int next = RowFinder.find(text, start + 1, to);
      int end = end(text, start, next < 0 ? to : next, quote, next >= 0);
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

  /**
   * Where a row ends before the next, or within the quotes that it stands in; line feeds may be
   * written as escapes: {@code ["import time: 63 | 63 | _functools\n", …}.
   */
  private static int end(byte[] text, int start, int to, byte quote, boolean joined) {
    int end = to;
    boolean quoted = quote != 0;
    if (quoted) {
      end = start;
      while (end < to && text[end] != quote) {
        end++;
      }
      if (end < to && text[end - 1] == '\\') {
        end--; // the quote was one in quotes
      }
    }
    end = trimmed(text, start, endOfText(text, start, end));
    while ((quoted || joined) && isEscape(text, end - 2, start)) {
      end = trimmed(text, start, end - 2);
    }
    return joined ? beforeSeparator(text, start, end) : end;
  }

  /** Before what who joined the rows set between them; names end in none of it. */
  private static int beforeSeparator(byte[] text, int start, int end) {
    String row = new String(text, start, end - start, StandardCharsets.UTF_8);
    Matcher separator = SEPARATOR.matcher(row);
    return separator.find()
        ? start + row.substring(0, separator.start()).getBytes(StandardCharsets.UTF_8).length
        : end;
  }

  /** Before a tag of a web page that ends the line: no name holds one. */
  private static int endOfText(byte[] text, int start, int to) {
    for (int at = start; at + 1 < to; at++) {
      if (text[at] == '<'
          && (text[at + 1] == '/' || (at + 2 < to && text[at + 1] == 'b' && text[at + 2] == 'r'))) {
        return at;
      }
    }
    return to;
  }

  private static byte quoteBefore(byte[] text, int from, int first) {
    byte before = first > from ? text[first - 1] : 0;
    return before == '"' || before == '\'' || before == '`' ? before : 0;
  }

  private static boolean isEscape(byte[] text, int at, int start) {
    return at > start
        && text[at] == '\\'
        && (text[at + 1] == 'n' || text[at + 1] == 'r' || text[at + 1] == 't');
  }

  /** Whether the text before the first row is what is left of another. */
  private static boolean isRest(byte[] text, int from, int first) {
    int length = first - from;
    return length > 0
        && length <= LONGEST_REST
        && BEGINNING_LOST.matcher(latin(text, from, first)).matches();
  }

  /** A quick look, as the end of every row but few is a name: figures, or a keyword's beginning. */
  private static boolean mayEndInACut(byte[] text, int start, int end) {
    int at = end;
    while (at > start && CUT_FIGURES.indexOf(text[at - 1]) >= 0) {
      at--;
    }
    if (at < end && at > start && text[at - 1] == ':') {
      return true;
    }
    at = end;
    while (at > start && text[at - 1] != ' ' && end - at <= LONGEST_KEYWORD) {
      at--;
    }
    return CUT_WORDS.contains(latin(text, at, end));
  }

  /** Where the last row ends, if the beginning of another follows it. */
  private static int endOfWhole(byte[] text, int start, int end) {
    if (!mayEndInACut(text, start, end)) {
      return end;
    }
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
