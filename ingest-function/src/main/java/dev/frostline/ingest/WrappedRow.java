package dev.frostline.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a trace that a console wrapped at its width, so that its name, or the end of it, stands
 * on the next line:
 *
 * <pre>
 * import time:       293 |        293 |
 *                            _pytest.mark.structures
 * import time:       293 |        293 |                            _pytest.mark.stru
 * ctures
 * </pre>
 */
final class WrappedRow {
  private static final Pattern ROW = Pattern.compile("(?:import|java|node|dotnet|ruby|gc) time:.*");
  private static final Pattern NAMELESS = Pattern.compile("[^|]*\\|[^|]*\\|\\s*");
  private static final Pattern NAME = Pattern.compile("\\s*[\\w.<>$@/-]+\\s*");
  private static final int LEAST_WIDTH = 60;

  /** How far is looked ahead for whether a console of an unusual width wrapped the rows. */
  private static final int MOST_IN_DOUBT = 5_000;

  private @Nullable String held;
  private int lastPiece;
  private int longest;
  private boolean wraps;
  private boolean lostBlanks;

  /** Lines from a row on that may go on with the next, for as long as nothing shows whether. */
  private final List<String> doubtful = new ArrayList<>();

  private boolean decided;

  /** Whether names lost the blanks before them, by which rows have their levels. */
  boolean hasLostBlanks() {
    return lostBlanks;
  }

  /**
   * Takes a line that only later ones can tell of: a row as long as any so far, and what may be the
   * rest of its name. Lines of that length twice, and none longer, are a console's width.
   */
  boolean doubt(String line) {
    if (!doubtful.isEmpty()) {
      doubtful.add(line);
      return true;
    }
    String row = held;
    if (decided || row == null || lastPiece != longest || !isRest(line)) {
      return false;
    }
    held = null;
    doubtful.add(row);
    doubtful.add(line);
    return true;
  }

  /** Whether the lines in doubt tell by now which they are. */
  boolean isTold() {
    int last = doubtful.size() - 1;
    if (last < 2) {
      return false;
    }
    int width = doubtful.get(0).length();
    String line = doubtful.get(last);
    String before = doubtful.get(last - 1);
    boolean again =
        before.length() == width && ROW.matcher(before).matches() && isRest(line.strip());
    wraps |= again && line.length() <= width;
    return again || line.length() > width || doubtful.size() > MOST_IN_DOUBT;
  }

  /** The lines in doubt, to be read again: a console wrapped them, or it did not. */
  List<String> undoubted() {
    List<String> lines = List.copyOf(doubtful);
    decided |= !lines.isEmpty();
    longest = wraps && !lines.isEmpty() ? lines.get(0).length() : longest;
    doubtful.clear();
    return lines;
  }

  private static boolean isRest(String line) {
    return !line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && isName(line);
  }

  /** Takes the line if the row that is held goes on with it. */
  boolean goOn(String line) {
    String row = held;
    if (row == null || line.isEmpty()) {
      return false;
    }
    boolean nameless = NAMELESS.matcher(row).matches();
    boolean blank = Character.isWhitespace(line.charAt(0));
    if (nameless ? !(line.isBlank() || isName(line)) : blank || !isName(line) || !isCut()) {
      return false;
    }
    wraps = true;
    lastPiece = line.length();
    boolean apart = nameless && !row.endsWith(" ") && !blank;
    lostBlanks |= apart;
    held = row + (apart ? " " : "") + line;
    return true;
  }

  private static boolean isName(String line) {
    return NAME.matcher(line).matches();
  }

  /** Whether the line before filled the console's width. */
  private boolean isCut() {
    return lastPiece == longest && (wraps || isUsual(lastPiece));
  }

  /** Holds a row that the next line may go on with; false for any other line. */
  boolean hold(String line) {
    if (!ROW.matcher(line).matches()) {
      return false;
    }
    longest = Math.max(longest, line.length());
    lastPiece = line.length();
    if (decided && line.length() < LEAST_WIDTH && !NAMELESS.matcher(line).matches() && !wraps) {
      return false;
    }
    held = line;
    return true;
  }

  /** The row that was held, if it goes on with nothing. */
  @Nullable String release() {
    String row = held;
    held = null;
    return row;
  }

  /** Consoles are that wide, or one less. */
  private static boolean isUsual(int width) {
    return switch (width) {
      case 79, 80, 99, 100, 119, 120, 131, 132 -> true;
      default -> false;
    };
  }
}
