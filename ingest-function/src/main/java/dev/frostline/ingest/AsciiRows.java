package dev.frostline.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table drawn with bars, as the console copies it and {@code aws logs … --output table} prints
 * it. A message may hold bars itself, and run over several lines:
 *
 * <pre>
 * |   timestamp   |                      message                       |
 * |---------------|----------------------------------------------------|
 * | 1790000000000 | START RequestId: 0a1b2c3d-… Version: $LATEST       |
 * </pre>
 */
final class AsciiRows implements LineForm {
  private static final int MOST_COLUMNS = 32;
  private final Columns columns;
  private final LooseEvents loose;
  private final StringBuilder row = new StringBuilder();

  private AsciiRows(Columns columns, LooseEvents loose) {
    this.columns = columns;
    this.loose = loose;
  }

  /** A reader of the rows below the line, if that names columns. */
  static @Nullable AsciiRows below(String line, LooseEvents loose) {
    String inner = inner(line);
    if (inner == null) {
      return null;
    }
    String[] names = inner.split("\\|", MOST_COLUMNS);
    Columns columns = Columns.named(Arrays.asList(names));
    return columns == null ? null : new AsciiRows(columns, loose);
  }

  /** What stands between the outer bars, of which a table in a table has several. */
  private static @Nullable String inner(String line) {
    String row = line.strip();
    int from = 0;
    int to = row.length();
    while (from < to && row.charAt(from) == '|') {
      from++;
    }
    if (from == 0) {
      return null;
    }
    while (to > from && row.charAt(to - 1) == '|') {
      to--;
    }
    return row.substring(from, to);
  }

  static boolean isBorder(String line) {
    boolean drawn = false;
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if ("-+|=: ".indexOf(next) < 0) {
        return false;
      }
      drawn |= next == '-' || next == '=';
    }
    return drawn;
  }

  @Override
  public boolean take(String line) {
    if (isBorder(line)) {
      finish();
      return true;
    }
    if (line.startsWith("|")) {
      finish();
      row.append(line);
      return true;
    }
    if (!isOpen()) {
      return line.isBlank();
    }
    if (row.length() <= EventReader.LONGEST_MESSAGE) {
      row.append('\n').append(line);
    }
    return true;
  }

  /**
   * The cells of a row: bars before the message's column are counted from the left, those behind it
   * from the right, and any between are its own. Null where it is no row.
   */
  private @Nullable List<String> cells(String inner) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < columns.ofMessage(); i++) {
      int bar = inner.indexOf('|', from);
      if (bar < 0) {
        return null;
      }
      cells.add(inner.substring(from, bar).strip());
      from = bar + 1;
    }
    List<String> behind = new ArrayList<>();
    int to = inner.length();
    for (int i = columns.count() - 1; i > columns.ofMessage(); i--) {
      int bar = inner.lastIndexOf('|', to - 1);
      if (bar < from) {
        return null;
      }
      behind.add(0, inner.substring(bar + 1, to).strip());
      to = bar;
    }
    cells.add(inner.substring(from, to).strip().replace("\\|", "|")); // as Markdown has it
    cells.addAll(behind);
    return cells;
  }

  /** A message goes on in the next line until a bar ends the row. */
  @Override
  public boolean isOpen() {
    return row.length() > 0 && row.charAt(row.length() - 1) != '|';
  }

  @Override
  public void finish() {
    if (row.length() == 0) {
      return;
    }
    String inner = inner(row.toString());
    List<String> cells = inner == null ? null : cells(inner);
    row.setLength(0);
    if (cells == null) {
      loose.notOurs();
    } else if (Columns.named(cells) == null) {
      columns.give(cells, loose);
    }
  }
}
