package dev.frostline.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows under column names, printed in any of the formats. */
final class Grid {
  private static final int WIDEST = 100;
  private final List<String> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  Grid(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  void add(List<@Nullable Object> row) {
    rows.add(row);
  }

  int size() {
    return rows.size();
  }

  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case TABLE -> printTable(out);
      case JSON -> printJson(out);
      case CSV -> printCsv(out);
      case MARKDOWN -> printMarkdown(out);
      case OFF -> {}
    }
    out.flush();
  }

  /** The rows alone, in columns without names. */
  void printRows(PrintWriter out) {
    StringWriter table = new StringWriter();
    printTable(new PrintWriter(table, true));
    table.toString().lines().filter(line -> !line.isBlank()).forEach(out::println);
  }

  private void printTable(PrintWriter out) {
    List<Column> headers = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      headers.add(
          new Column()
              .header(SafeText.of(columns.get(i)))
              .maxWidth(WIDEST, OverflowBehaviour.ELLIPSIS_RIGHT)
              .headerAlign(HorizontalAlign.LEFT)
              .dataAlign(isNumeric(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT));
    }
    Object[][] cells = new Object[rows.size()][];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = rows.get(row).stream().map(Grid::shown).toArray();
    }
    AsciiTable.getTable(AsciiTable.NO_BORDERS, headers.toArray(new Column[0]), cells)
        .lines()
        .map(String::stripTrailing)
        .forEach(out::println);
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
    return SafeText.of(cell.toString());
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
