package dev.frostline.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows under column names, printed in any of the formats. */
public final class Grid {
  private static final int WIDEST = 98;

  /** Text is cut to no less, but left out. */
  private static final int LEAST_CUT = 12;

  private final List<String> columns;
  private final List<List<@Nullable Object>> rows;
  private final boolean isTitled;

  public Grid(List<String> columns) {
    this(List.copyOf(columns), new ArrayList<>(), false);
  }

  private Grid(List<String> columns, List<List<@Nullable Object>> rows, boolean isTitled) {
    this.columns = columns;
    this.rows = rows;
    this.isTitled = isTitled;
  }

  /** The same rows, with titles for people over them in a table: INIT P50 MS for init_p50_ms. */
  public Grid titled() {
    return new Grid(columns, rows, true);
  }

  private String title(int column) {
    String name = SafeText.of(columns.get(column));
    return isTitled ? name.replace('_', ' ').toUpperCase(Locale.ROOT) : name;
  }

  public void add(List<@Nullable Object> row) {
    rows.add(row);
  }

  /** The cells of one column as text, absent ones left out. */
  public List<String> column(String name) {
    int at = columns.indexOf(name);
    List<String> cells = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Object cell = row.get(at);
      if (cell != null) {
        cells.add(cell.toString());
      }
    }
    return cells;
  }

  public int size() {
    return rows.size();
  }

  public void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case TABLE -> printTable(Columns.ofTerminal(), out);
      case JSON -> printJson(out);
      case CSV -> printCsv(out);
      case MARKDOWN -> printMarkdown(out);
      case OFF -> {}
    }
    out.flush();
  }

  /** The rows alone, in columns without names. */
  public void printRows(PrintWriter out) {
    StringWriter table = new StringWriter();
    printTable(null, new PrintWriter(table, true));
    table.toString().lines().filter(line -> !line.isBlank()).forEach(out::println);
  }

  /**
   * As a table for people.
   *
   * @param width columns of the terminal, null where nobody knows: a table that is too wide has its
   *     last column cut, or loses columns and says so
   */
  public void printTable(@Nullable Integer width, PrintWriter out) {
    int kept = columns.size();
    while (width != null && kept > 1 && width(kept) > width) {
      kept--;
    }
    int room = width == null || kept == columns.size() ? 0 : width - width(kept) - 2;
    int cut = room >= LEAST_CUT && !isNumeric(kept) ? kept++ : -1;
    List<Column> headers = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      headers.add(
          new Column()
              .header(title(i))
              .maxWidth((i == cut ? room : WIDEST) + 2, OverflowBehaviour.ELLIPSIS_RIGHT)
              .headerAlign(HorizontalAlign.LEFT)
              .dataAlign(isNumeric(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT));
    }
    Object[][] cells = new Object[rows.size()][];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = rows.get(row).subList(0, kept).stream().map(Grid::shown).toArray();
    }
    AsciiTable.getTable(AsciiTable.NO_BORDERS, headers.toArray(new Column[0]), cells)
        .lines()
        .map(line -> Marks.coloured(line.stripTrailing()))
        .forEach(out::println);
    if (width != null && kept < columns.size()) {
      String missing =
          IntStream.range(kept, columns.size())
              .mapToObj(this::title)
              .collect(Collectors.joining(", "));
      String text = SafeText.of("not shown in " + width + " columns: " + missing);
      Columns.wrapped(text, width - 1).forEach(line -> out.println(" " + line));
    }
  }

  /** Of its first columns, with a space on both sides of each. */
  private int width(int kept) {
    int width = 0;
    for (int i = 0; i < kept; i++) {
      int widest = columns.get(i).length();
      for (List<@Nullable Object> row : rows) {
        widest = Math.max(widest, Math.min(WIDEST, shown(row.get(i)).length()));
      }
      width += widest + 2;
    }
    return width;
  }

  private boolean isNumeric(int column) {
    for (List<@Nullable Object> row : rows) {
      Object cell = row.get(column);
      if (cell != null) {
        return cell instanceof Number;
      }
    }
    return false;
  }

  private void printJson(PrintWriter out) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i), plain(row.get(i)));
      }
      objects.add(object);
    }
    Map<String, Object> answer = JsonOutput.answer();
    answer.put("rows", objects);
    JsonOutput.print(out, answer);
  }

  private void printCsv(PrintWriter out) {
    out.print(String.join(",", columns.stream().map(Grid::quoted).toList()) + "\r\n");
    for (List<@Nullable Object> row : rows) {
      out.print(
          String.join(
                  ",",
                  row.stream().map(cell -> cell == null ? "" : quoted(cell.toString())).toList())
              + "\r\n");
    }
  }

  private void printMarkdown(PrintWriter out) {
    out.println("| " + String.join(" | ", columns.stream().map(Grid::inMarkdown).toList()) + " |");
    out.println("|" + " --- |".repeat(columns.size()));
    for (List<@Nullable Object> row : rows) {
      out.println(
          "| "
              + String.join(" | ", row.stream().map(cell -> inMarkdown(shown(cell))).toList())
              + " |");
    }
  }

  private static String shown(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Double || cell instanceof Float) {
      double value = ((Number) cell).doubleValue();
      return Double.isFinite(value) ? String.format("%.3f", value).replaceAll("\\.?0+$", "") : "";
    }
    String text = SafeText.of(cell.toString());
    return cell instanceof Timestamp ? text.replaceFirst("\\.0$", "") : text;
  }

  private static @Nullable Object plain(@Nullable Object cell) {
    if (cell == null || cell instanceof Number || cell instanceof Boolean) {
      return cell instanceof Double value && !Double.isFinite(value) ? null : cell;
    }
    return cell.toString();
  }

  private static String quoted(String text) {
    boolean needsQuotes =
        text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String inMarkdown(String text) {
    return text.replaceAll("([\\\\|<>@`*_\\[\\]])", "\\\\$1");
  }
}
