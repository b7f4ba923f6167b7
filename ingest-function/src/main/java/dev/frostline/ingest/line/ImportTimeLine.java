package dev.frostline.ingest.line;

import dev.frostline.timing.EightBytes;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimingLine;
import java.nio.charset.StandardCharsets;
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
@SuppressWarnings("EnumOrdinal") // indexes the keywords of the same constants
final class ImportTimeLine {
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_DIGITS = 15;
  private static final int DEEPEST = 9_999;
  private static final byte[] HEADER = "self [us]".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VIA = " via=import_module kids=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CACHED = "cached".getBytes(StandardCharsets.US_ASCII);
  private static final ImportKind[] KINDS = ImportKind.values();
  private static final byte[][] KEYWORDS = keywords();
  private static final byte[] PYTHON = KEYWORDS[ImportKind.PYTHON_MODULE.ordinal()];
  private static final TimingLine.TraceHeader TRACE_HEADER = new TimingLine.TraceHeader();

  private static final long IMPORT_TIME = EightBytes.of("import t");
  private static final int TIME_AT = 6;
  private static final long TIME = EightBytes.of(" time:  ");
  private static final int FIRST_BAR_AT = 22;
  private static final long FIVE_BYTES = -1L >>> 24;
  private static final long FIRST_BAR = EightBytes.of(" |      ") & FIVE_BYTES;
  private static final int SECOND_BAR_AT = 35;
  private static final long THREE_BYTES = -1L >>> 40;
  private static final long SECOND_BAR = EightBytes.of(" |      ") & THREE_BYTES;
  private static final int NAME_AT = 38;

  private final NameTable names = new NameTable();
  private int position;

  private static byte[][] keywords() {
    byte[][] keywords = new byte[KINDS.length][];
    for (int i = 0; i < KINDS.length; i++) {
      keywords[i] = (KINDS[i].keyword() + " time:").getBytes(StandardCharsets.US_ASCII);
    }
    return keywords;
  }

  /** Reads the row if the text is one. */
  boolean read(byte[] text, int from, int to, List<TimingLine> into) throws BrokenLineException {
    ImportKind kind = kind(text, from, to);
    if (kind == null) {
      return false;
    }
    position = EightBytes.endOfBlanks(text, from + KEYWORDS[kind.ordinal()].length, to);
    if (kind == ImportKind.PYTHON_MODULE && EightBytes.startsWith(text, position, to, HEADER)) {
      into.add(TRACE_HEADER);
      return true;
    }
    boolean cached = EightBytes.startsWith(text, position, to, CACHED);
    long self = cached ? skipCached(text, to) : number(text, to);
    bar(text, to);
    position = EightBytes.endOfBlanks(text, position, to);
    long cumulative = cached ? skipCached(text, to) : number(text, to);
    bar(text, to);
    into.add(row(kind, text, to, self, cumulative, cached));
    return true;
  }

  /**
   * Reads an event that is nothing but one of CPython's rows with a name seen before, as most
   * events are; no such name holds a line feed, so the line need not be looked for.
   */
  boolean readUsual(byte[] text, int from, int to, List<TimingLine> into) {
    if (readAligned(text, from, to, into)) {
      return true;
    }
    if (!EightBytes.startsWith(text, from, to, PYTHON)) {
      return false;
    }
    try {
      return readKnown(text, EightBytes.endOfBlanks(text, from + PYTHON.length, to), to, into);
    } catch (BrokenLineException e) {
      return false; // cut off, perhaps with whole rows behind it
    }
  }

  /**
   * The same with figures of at most eight digits, each right before its bar as CPython pads it.
   */
  private boolean readAligned(byte[] text, int from, int to, List<TimingLine> into) {
    if (to - from <= NAME_AT
        || from + SECOND_BAR_AT + Long.BYTES > text.length
        || EightBytes.at(text, from) != IMPORT_TIME
        || EightBytes.at(text, from + TIME_AT) != TIME
        || (EightBytes.at(text, from + FIRST_BAR_AT) & FIVE_BYTES) != FIRST_BAR
        || (EightBytes.at(text, from + SECOND_BAR_AT) & THREE_BYTES) != SECOND_BAR) {
      return false;
    }
    long self = EightBytes.padded(EightBytes.at(text, from + FIRST_BAR_AT - Long.BYTES));
    long cumulative = EightBytes.padded(EightBytes.at(text, from + SECOND_BAR_AT - Long.BYTES));
    if (self < 0 || cumulative < 0) {
      return false;
    }
    position = from + NAME_AT - 1;
    return addKnown(text, to, self, cumulative, into);
  }

  private boolean readKnown(byte[] text, int from, int to, List<TimingLine> into)
      throws BrokenLineException {
    position = from;
    if (position == to || text[position] < '0' || text[position] > '9') {
      return false;
    }
    long self = number(text, to);
    bar(text, to);
    position = EightBytes.endOfBlanks(text, position, to);
    long cumulative = number(text, to);
    bar(text, to);
    return addKnown(text, to, self, cumulative, into);
  }

  private boolean addKnown(byte[] text, int to, long self, long cumulative, List<TimingLine> into) {
    int nameStart = EightBytes.endOfBlanks(text, position, to);
    int depth = Math.max(0, (nameStart - position - 1) / 2);
    String name = names.known(text, nameStart, to);
    if (name == null || depth > DEEPEST) {
      return false;
    }
    into.add(
        new TimingLine.ImportTime(
            ImportKind.PYTHON_MODULE, depth, self, cumulative, name, false, null));
    return true;
  }

  private TimingLine row(
      ImportKind kind, byte[] text, int to, long self, long cumulative, boolean cached)
      throws BrokenLineException {
    int nameStart = EightBytes.endOfBlanks(text, position, to);
    int blanks = nameStart - position;
    int kidsAt = kidsAt(text, nameStart, to);
    int nameEnd =
        kidsAt < 0 ? RowAttributes.nameEnd(kind, text, nameStart, to) : kidsAt - VIA.length;
    if (nameStart == nameEnd) {
      throw new BrokenLineException("import row without a name");
    }
    if (nameEnd - nameStart > LONGEST_NAME) {
      throw new BrokenLineException("import name longer than 1,024 bytes");
    }
    int depth = cached ? 0 : Math.max(0, (blanks - 1) / 2);
    if (depth > DEEPEST) {
      throw new BrokenLineException("import row nested deeper than 9,999 levels");
    }
    return new TimingLine.ImportTime(
        kind,
        depth,
        self,
        cumulative,
        names.name(text, nameStart, nameEnd),
        cached,
        kids(text, kidsAt, to));
  }

  /**
   * Where the number of a launcher row begins: {@code app via=import_module kids=4}; -1 for any
   * other row.
   */
  private static int kidsAt(byte[] text, int from, int to) {
    int digits = to;
    while (digits > from && text[digits - 1] >= '0' && text[digits - 1] <= '9') {
      digits--;
    }
    boolean counted = digits < to && to - digits <= 6 && digits - VIA.length > from;
    return counted && EightBytes.startsWith(text, digits - VIA.length, to, VIA) ? digits : -1;
  }

  private static @Nullable Integer kids(byte[] text, int at, int to) {
    return at < 0
        ? null
        : Integer.valueOf(new String(text, at, to - at, StandardCharsets.US_ASCII));
  }

  private static @Nullable ImportKind kind(byte[] text, int from, int to) {
    for (int i = 0; i < KEYWORDS.length; i++) {
      if (EightBytes.startsWith(text, from, to, KEYWORDS[i])) {
        return KINDS[i];
      }
    }
    return null;
  }

  private long skipCached(byte[] text, int to) throws BrokenLineException {
    if (!EightBytes.startsWith(text, position, to, CACHED)) {
      throw new BrokenLineException("import row cut off");
    }
    position += CACHED.length;
    return 0;
  }

  private long number(byte[] text, int to) throws BrokenLineException {
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

  private void bar(byte[] text, int to) throws BrokenLineException {
    position = EightBytes.endOfBlanks(text, position, to);
    if (position == to || text[position] != '|') {
      throw new BrokenLineException("import row cut off");
    }
    position++;
  }
}
