package dev.frostline.cli;

import dev.frostline.verdict.comparison.Comparison;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons as a table for people. What a terminal is too narrow for goes: first n, then the init
 * medians. Reasons in words stand below it, numbered.
 */
final class RegressionsTable {
  private static final int NAME = 24;
  private static final int DEPLOYMENT = 30;
  private static final int CAUSE = 34;
  private static final List<String> COLUMNS =
      List.of("", "FUNCTION", "VERSION", "INIT MEDIAN", "CHANGE", "n", "MAIN CAUSE");
  private static final List<String> DROPPED_FIRST = List.of("n", "INIT MEDIAN");
  private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private final List<String> footnotes = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  RegressionsTable(List<Comparison> comparisons) {
    for (Comparison comparison : comparisons) {
      rows.add(
          List.of(
              ComparisonText.mark(comparison.verdict()),
              Columns.cut(comparison.function(), NAME),
              Columns.cut(comparison.before().deployment(), DEPLOYMENT)
                  + " → "
                  + Columns.cut(comparison.after().deployment(), DEPLOYMENT),
              ComparisonText.init(comparison.before(), comparison.after()),
              ComparisonText.change(comparison),
              comparison.before().starts() + "/" + comparison.after().starts(),
              cause(comparison)));
    }
  }

  /**
   * @param width columns of the terminal; null where nobody knows
   */
  void print(@Nullable Integer width, PrintWriter out) {
    List<String> dropped = new ArrayList<>();
    for (String next : DROPPED_FIRST) {
      if (width != null && width(dropped) > width) {
        dropped.add(next);
      }
    }
    Grid grid = new Grid(kept(COLUMNS, dropped));
    for (List<String> row : rows) {
      grid.add(new ArrayList<>(kept(row, dropped)));
    }
    grid.print(OutputFormat.TABLE, out);
    if (!dropped.isEmpty()) {
      out.println(
          " not shown in "
              + width
              + " columns: "
              + String.join(", ", dropped).toLowerCase(Locale.ROOT));
    }
  }

  void printFootnotes(PrintWriter out) {
    for (int i = 0; i < footnotes.size(); i++) {
      out.println(superscript(i + 1) + " " + SafeText.of(footnotes.get(i)));
    }
  }

  /** The first suspect; or what kind of change it is, and why in a footnote. */
  private String cause(Comparison comparison) {
    if (comparison.notes().isEmpty()) {
      return Columns.cut(ComparisonText.cause(comparison), CAUSE);
    }
    String note = String.join("; ", comparison.notes());
    int number = footnotes.indexOf(note) + 1;
    if (number == 0) {
      footnotes.add(note);
      number = footnotes.size();
    }
    String words =
        comparison.suspects().isEmpty()
            ? comparison.verdict().word().replace('_', ' ')
            : ComparisonText.cause(comparison);
    return Columns.cut(words, CAUSE) + " " + superscript(number);
  }

  private int width(List<String> dropped) {
    int width = 0;
    for (int column = 0; column < COLUMNS.size(); column++) {
      if (!dropped.contains(COLUMNS.get(column))) {
        int widest = COLUMNS.get(column).length();
        for (List<String> row : rows) {
          widest = Math.max(widest, row.get(column).length());
        }
        width += widest + 2;
      }
    }
    return width;
  }

  private static List<String> kept(List<String> cells, List<String> dropped) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (!dropped.contains(COLUMNS.get(i))) {
        kept.add(cells.get(i));
      }
    }
    return kept;
  }

  private static String superscript(int number) {
    StringBuilder digits = new StringBuilder();
    for (char digit : String.valueOf(number).toCharArray()) {
      digits.append(DIGITS.charAt(digit - '0'));
    }
    return digits.toString();
  }
}
