package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.Grid;
import dev.frostline.cli.output.SafeText;
import dev.frostline.policy.Policy;
import dev.frostline.verdict.comparison.Comparison;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons as a table for people. What a terminal is too narrow for goes: names and causes are
 * cut, then whole columns. Reasons in words stand below it, numbered.
 */
final class RegressionsTable {
  private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /**
   * How wide names, deployments and causes may be. A cause that can be read is worth more than the
   * columns that only say more of a change: they go before it is cut to the narrowest.
   */
  private static final List<int[]> WIDTHS =
      List.of(new int[] {24, 30, 34}, new int[] {18, 12, 24}, new int[] {14, 8, 14});

  /** A column with one cell of each comparison. */
  private record Column(String name, List<String> cells) {
    int width() {
      return 2 + Math.max(name.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }
  }

  private final List<Comparison> comparisons;
  private final Policy policy;
  private final Set<String> sharedNames;
  private final List<String> footnotes = new ArrayList<>();

  /**
   * @param policy who owns which function
   * @param sharedNames names that stand for several functions: their rows say where
   */
  RegressionsTable(List<Comparison> comparisons, Policy policy, Set<String> sharedNames) {
    this.comparisons = comparisons;
    this.policy = policy;
    this.sharedNames = sharedNames;
  }

  /**
   * @param width columns of the terminal; null where nobody knows
   */
  void print(@Nullable Integer width, PrintWriter out) {
    List<String> dropped = new ArrayList<>();
    List<Column> columns = columns(WIDTHS.get(0));
    if (width != null && width(columns) > width) {
      columns = columns(WIDTHS.get(1));
      drop(List.of("n", "INIT MEDIAN", "LIVE SINCE"), columns, dropped, width);
    }
    if (width != null && width(columns) > width) {
      columns = columns(WIDTHS.get(2));
      dropped.clear();
      drop(
          List.of("n", "INIT MEDIAN", "LIVE SINCE", "OWNER", "MAIN CAUSE"),
          columns,
          dropped,
          width);
    }
    Grid grid = new Grid(columns.stream().map(Column::name).toList());
    for (int row = 0; row < comparisons.size(); row++) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (Column column : columns) {
        cells.add(column.cells().get(row));
      }
      grid.add(cells);
    }
    grid.printTable(width, out);
    if (!dropped.isEmpty()) {
      String missing = " not shown in " + width + " columns: " + String.join(", ", dropped);
      Columns.wrapped(missing, width).forEach(out::println);
    }
  }

  void printFootnotes(@Nullable Integer width, PrintWriter out) {
    for (int i = 0; i < footnotes.size(); i++) {
      Columns.wrapped(superscript(i + 1) + " " + SafeText.of(footnotes.get(i)), width)
          .forEach(out::println);
    }
  }

  /** Leaves out as many of those columns, in that order, as are too many. */
  private static void drop(
      List<String> names, List<Column> columns, List<String> dropped, int width) {
    for (String next : names) {
      if (width(columns) > width && columns.removeIf(one -> is(one, next))) {
        dropped.add(next.equals("n") ? "n" : next.toLowerCase(Locale.ROOT));
      }
    }
  }

  private List<Column> columns(int[] widths) {
    int name = widths[0];
    int deployment = widths[1];
    int cause = widths[2];
    footnotes.clear();
    List<Column> columns = new ArrayList<>();
    columns.add(column("", comparison -> ComparisonText.mark(comparison.verdict())));
    columns.add(column("FUNCTION", comparison -> Columns.cut(comparison.function(), name)));
    if (comparisons.stream().anyMatch(one -> sharedNames.contains(one.function()))) {
      columns.add(column("REGION", Comparison::region));
      if (comparisons.stream().map(Comparison::account).distinct().count() > 1) {
        columns.add(column("ACCOUNT", Comparison::account));
      }
    }
    columns.add(
        column(
            "VERSION",
            comparison ->
                Columns.cut(comparison.before().deployment(), deployment)
                    + " → "
                    + Columns.cut(comparison.after().deployment(), deployment)));
    columns.add(
        column(
            "LIVE SINCE",
            comparison ->
                comparison.after().since().atOffset(ZoneOffset.UTC).toLocalDate().toString()));
    columns.add(
        column(
            "INIT MEDIAN",
            comparison -> ComparisonText.init(comparison.before(), comparison.after())));
    columns.add(column("CHANGE", ComparisonText::change));
    columns.add(
        column(
            "n", comparison -> comparison.before().starts() + "/" + comparison.after().starts()));
    columns.add(column("MAIN CAUSE", comparison -> cause(comparison, cause)));
    if (!policy.owners().isEmpty()) {
      columns.add(column("OWNER", comparison -> policy.ownerOf(comparison.function())));
    }
    return columns;
  }

  private Column column(String name, Function<Comparison, String> cell) {
    return new Column(name, comparisons.stream().map(cell).toList());
  }

  /** The first suspect; or what kind of change it is, and why in a footnote. */
  private String cause(Comparison comparison, int width) {
    if (comparison.notes().isEmpty()) {
      return Columns.cut(ComparisonText.cause(comparison), width);
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
    return Columns.cut(words, width) + " " + superscript(number);
  }

  private static boolean is(Column column, String name) {
    return column.name().equals(name);
  }

  private static int width(List<Column> columns) {
    return columns.stream().mapToInt(Column::width).sum();
  }

  private static String superscript(int number) {
    StringBuilder digits = new StringBuilder();
    for (char digit : String.valueOf(number).toCharArray()) {
      digits.append(DIGITS.charAt(digit - '0'));
    }
    return digits.toString();
  }
}
