package dev.frostline.ingest.line;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimingLine;
import java.nio.CharBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an import trace, CPython's own or one of the layer's in the same form. Numbers are
 * microseconds and may be of any width; two blanks a level stand before the name, which may hold
 * anything:
 *
 * <pre>
 * import time: self [us] | cumulative | imported package
 * import time:       378 |        378 |   zipimport
 * import time: cached    | cached     | os
 * import time:       451 |      70050 | app via=import_module kids=4
 * java time:      1770 |       1945 |       com.fasterxml.jackson.databind.ext.Java7Support
 * </pre>
 */
final class ImportTimeLine {
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_DIGITS = 15;
  private static final char[] TIME = " time:".toCharArray();
  private static final char[] HEADER = "self [us]".toCharArray();
  private static final char[] VIA = " via=import_module kids=".toCharArray();
  private static final char[] CACHED = "cached".toCharArray();
  private static final ImportKind[] KINDS = ImportKind.values();
  private static final char[][] KEYWORDS = keywords();
  private static final TimingLine.TraceHeader TRACE_HEADER = new TimingLine.TraceHeader();

  private final NameTable names = new NameTable();
  private int position;

  private static char[][] keywords() {
    char[][] keywords = new char[KINDS.length][];
    for (int i = 0; i < KINDS.length; i++) {
      keywords[i] = KINDS[i].keyword().toCharArray();
    }
    return keywords;
  }

  /** Reads the row if the text is one. */
  boolean read(char[] text, int from, int to, List<TimingLine> into) throws BrokenLineException {
    ImportKind kind = kind(text, from, to);
    if (kind == null) {
      return false;
    }
    position = skipBlanks(text, from + kind.keyword().length() + TIME.length, to);
    if (kind == ImportKind.PYTHON_MODULE && startsWith(text, position, to, HEADER)) {
      into.add(TRACE_HEADER);
      return true;
    }
    boolean cached = startsWith(text, position, to, CACHED);
    long self = cached ? skipCached() : number(text, to);
    bar(text, to);
    position = skipBlanks(text, position, to);
    long cumulative = cached ? skipCached() : number(text, to);
    bar(text, to);
    into.add(row(kind, text, to, self, cumulative, cached));
    return true;
  }

  private TimingLine row(
      ImportKind kind, char[] text, int to, long self, long cumulative, boolean cached)
      throws BrokenLineException {
    int nameStart = skipBlanks(text, position, to);
    int blanks = nameStart - position;
    int kidsAt = kidsAt(text, nameStart, to);
    int nameEnd = kidsAt < 0 ? nameEnd(kind, text, nameStart, to) : kidsAt - VIA.length;
    if (nameStart == nameEnd) {
      throw new BrokenLineException("import row without a name");
    }
    if (nameEnd - nameStart > LONGEST_NAME) {
      throw new BrokenLineException("import name longer than 1,024 characters");
    }
    int depth = cached ? 0 : Math.max(0, (blanks - 1) / 2);
    return new TimingLine.ImportTime(
        kind,
        depth,
        self,
        cumulative,
        names.name(text, nameStart, nameEnd),
        cached,
        kids(text, kidsAt, to));
  }

  /** CPython's rows have no attributes: its names end the line, whatever they look like. */
  private static int nameEnd(ImportKind kind, char[] text, int from, int to) {
    boolean plain = kind == ImportKind.PYTHON_MODULE || to == from || !isDigit(text[to - 1]);
    return plain ? to : RowAttributes.nameEnd(CharBuffer.wrap(text), from, to);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Where the number of a launcher row begins: {@code app via=import_module kids=4}; -1 for any
   * other row.
   */
  private static int kidsAt(char[] text, int from, int to) {
    int digits = to;
    while (digits > from && text[digits - 1] >= '0' && text[digits - 1] <= '9') {
      digits--;
    }
    boolean counted = digits < to && to - digits <= 6 && digits - VIA.length > from;
    return counted && startsWith(text, digits - VIA.length, to, VIA) ? digits : -1;
  }

  private static @Nullable Integer kids(char[] text, int at, int to) {
    return at < 0 ? null : Integer.valueOf(new String(text, at, to - at));
  }

  private static @Nullable ImportKind kind(char[] text, int from, int to) {
    for (int i = 0; i < KEYWORDS.length; i++) {
      char[] keyword = KEYWORDS[i];
      if (startsWith(text, from, to, keyword)
          && startsWith(text, from + keyword.length, to, TIME)) {
        return KINDS[i];
      }
    }
    return null;
  }

  private long skipCached() {
    position += CACHED.length;
    return 0;
  }

  private long number(char[] text, int to) throws BrokenLineException {
    boolean negative = position < to && text[position] == '-';
    if (negative) {
      position++;
    }
    int start = position;
    long value = 0;
    while (position < to && text[position] >= '0' && text[position] <= '9') {
      value = value * 10 + (text[position++] - '0');
    }
    if (position == start) {
      throw new BrokenLineException("import row without a number");
    }
    if (position - start > MOST_DIGITS) {
      throw new BrokenLineException("import row with a number out of range");
    }
    return negative ? -value : value;
  }

  private void bar(char[] text, int to) throws BrokenLineException {
    position = skipBlanks(text, position, to);
    if (position == to || text[position] != '|') {
      throw new BrokenLineException("import row cut off");
    }
    position++;
  }

  private static int skipBlanks(char[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean startsWith(char[] text, int from, int to, char[] word) {
    if (to - from < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (text[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
