package dev.frostline.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that the console or Logs Insights saves as CSV; messages keep their line feeds in quotes:
 *
 * <pre>
 * timestamp,message
 * 1790000000000,"START RequestId: 0a1b2c3d-… Version: $LATEST
 * "
 * </pre>
 */
final class CsvRows implements LineForm {
  private static final int LONGEST_HEADER = 1024;
  private final Columns columns;
  private final char separator;
  private final LooseEvents loose;
  private final StringBuilder row = new StringBuilder();
  private boolean quoted;

  private CsvRows(Columns columns, char separator, LooseEvents loose) {
    this.columns = columns;
    this.separator = separator;
    this.loose = loose;
  }

  /** A reader of the rows below the line, if that names columns. */
  static @Nullable CsvRows below(String line, LooseEvents loose) {
    if (line.length() > LONGEST_HEADER) {
      return null;
    }
    for (char separator : new char[] {',', ';', '\t'}) {
      Columns columns = line.indexOf(separator) < 0 ? null : Columns.named(cells(line, separator));
      if (columns != null) {
        return new CsvRows(columns, separator, loose);
      }
    }
    return null;
  }

  @Override
  public boolean take(String line) {
    if (!isOpen() && (line.isBlank() || !beginsRow(line))) {
      return line.isBlank();
    }
    if (row.length() > EventReader.LONGEST_MESSAGE) {
      row.setLength(0);
      quoted = false;
      loose.reject("message longer than 1 MiB");
      return true;
    }
    row.append(row.length() == 0 ? "" : "\n").append(line);
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
    }
    if (!quoted) {
      giveRow();
    }
    return true;
  }

  /** A row has a cell for each column, unless the last goes on in the next line. */
  private boolean beginsRow(String line) {
    List<String> cells = cells(line, separator);
    return cells.size() == columns.count()
        || (cells.size() < columns.count() && line.indexOf('"') >= 0);
  }

  private void giveRow() {
    List<String> cells = cells(row.toString(), separator);
    row.setLength(0);
    if (cells.size() == columns.count()) {
      columns.give(cells, loose);
    } else {
      loose.reject("row of a table with too many or too few cells");
    }
  }

  @Override
  public boolean isOpen() {
    return row.length() > 0;
  }

  @Override
  public void finish() {
    if (isOpen()) {
      quoted = false;
      row.setLength(0);
      loose.reject("row of a table that is cut off");
    }
  }

  private static List<String> cells(String text, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '"') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (next == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(next);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
