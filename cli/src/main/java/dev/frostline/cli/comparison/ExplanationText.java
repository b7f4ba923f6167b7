package dev.frostline.cli.comparison;

import dev.frostline.cli.output.Columns;
import dev.frostline.cli.output.SafeText;
import dev.frostline.cli.store.StoreOption;
import dev.frostline.report.Figure;
import dev.frostline.report.picture.Explanation;
import dev.frostline.report.picture.ImportTree;
import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.Phases;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An explanation on a terminal of 60 columns or more: verdict, suspects, phases, import tree. */
public final class ExplanationText {
  private static final int SUSPECTS_SHOWN = 12;
  private static final int BAR = 14;
  private static final int WITH_BARS = 80;
  private static final String INDENT = " ".repeat(13);
  private final @Nullable Integer width = Columns.ofTerminal();
  private final Explanation explanation;
  private final Comparison comparison;
  private final StoreOption store;
  private final List<String> where;
  private final int depth;
  private final double leastMs;

  /**
   * @param store where the printed commands are to look
   * @param where options that the printed commands need to find the function again
   * @param depth levels of the import tree to print
   * @param leastMs smallest change of an import to print
   */
  public ExplanationText(
      Explanation explanation, StoreOption store, List<String> where, int depth, double leastMs) {
    this.explanation = explanation;
    this.store = store;
    this.where = where;
    comparison = explanation.comparison();
    this.depth = depth;
    this.leastMs = leastMs;
  }

  public void print(PrintWriter out) {
    printVerdict(out);
    printSuspects(out);
    printPhases(out);
    printImports(out);
    if (!comparison.notes().isEmpty()) {
      out.println();
    }
    for (String note : comparison.notes()) {
      printWrapped(out, " ", "· %s", SafeText.of(note));
    }
    out.println();
    out.printf("Open:  %s -o html --open%n", command("explain", range()));
    out.printf(
        "       %s --format speedscope%n", command("export", comparison.after().deployment()));
    comparison.suspects().stream()
        .limit(1)
        .filter(suspect -> !suspect.name().startsWith("("))
        .map(suspect -> store.command(List.of("imports", suspect.name())))
        .forEach(command -> out.printf("       %s   who else pays for it%n", command));
  }

  private String range() {
    return comparison.before().deployment() + ".." + comparison.after().deployment();
  }

  private String command(String verb, String what) {
    List<String> words = new ArrayList<>(List.of(verb, comparison.function(), what));
    words.addAll(where);
    return store.command(words);
  }

  private void printVerdict(PrintWriter out) {
    printWrapped(
        out,
        "",
        "%s  %s → %s   %s   %s",
        SafeText.of(comparison.function()),
        SafeText.of(comparison.before().deployment()),
        SafeText.of(comparison.after().deployment()),
        comparison.verdict().word().replace('_', ' ').toUpperCase(Locale.ROOT),
        SafeText.of(configuration()));
    printWrapped(
        out,
        "",
        "init median  %s   n = %d → %d on %d and %d days",
        ComparisonText.init(comparison.before(), comparison.after()),
        comparison.before().starts(),
        comparison.after().starts(),
        comparison.before().days(),
        comparison.after().days());
    printWrapped(out, "", "change       %s", ComparisonText.change(comparison));
    String measured = Figure.measured(comparison);
    if (!measured.isEmpty()) {
      printWrapped(out, INDENT, "%s", measured);
    }
    double low = comparison.changeMs().low();
    if (Double.isFinite(low)) {
      printWrapped(
          out,
          INDENT,
          "99 %% interval %s to %s, host speed removed   q %s",
          ComparisonText.signed(low),
          ComparisonText.signed(comparison.changeMs().high()),
          chance(comparison.q()));
    }
    printWrapped(
        out,
        "",
        "effect floor %s · noise ±%.1f %% of init%s",
        ComparisonText.millis(comparison.floorMs()),
        comparison.noise().rawPct(),
        normalised());
  }

  private void printWrapped(PrintWriter out, String indent, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    Integer room = width == null ? null : Integer.valueOf(width - indent.length());
    Columns.wrapped(text, room).forEach(line -> out.println(indent + line));
  }

  private String configuration() {
    String one = explanation.before().configuration();
    String other = explanation.after().configuration();
    return one.equals(other) ? one : one + " → " + other;
  }

  private static String chance(double q) {
    if (!Double.isFinite(q)) {
      return "–";
    }
    return q < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", q);
  }

  private String normalised() {
    double percent = comparison.noise().normalisedPct();
    return Double.isFinite(percent)
        ? String.format(Locale.ROOT, ", ±%.1f %% with host speed removed", percent)
        : "";
  }

  private void printSuspects(PrintWriter out) {
    List<Suspect> suspects = comparison.suspects();
    if (suspects.isEmpty()) {
      return;
    }
    double most =
        suspects.stream().mapToDouble(s -> Math.abs(s.cumulativeChangeMs())).max().orElse(0);
    out.println();
    row(out, "SUSPECTS (at equal host speed)", "SELF Δ", "WITH ALL Δ", "");
    for (Suspect suspect : suspects.subList(0, Math.min(SUSPECTS_SHOWN, suspects.size()))) {
      row(
          out,
          name(suspect) + "  " + suspect.change().word(),
          ComparisonText.signed(suspect.selfChangeMs()),
          ComparisonText.signed(suspect.cumulativeChangeMs()),
          bar(suspect.cumulativeChangeMs(), most));
      if (!suspect.chain().isEmpty()) {
        out.println("   imported by " + SafeText.of(String.join(" → ", suspect.chain())));
      }
    }
    if (suspects.size() > SUSPECTS_SHOWN) {
      out.printf(" … %d more (-o json lists all)%n", suspects.size() - SUSPECTS_SHOWN);
    }
    row(
        out,
        "not explained by any of them",
        "",
        ComparisonText.signed(comparison.unexplainedMs()),
        "");
  }

  /** Where own time is that of all modules of a package, and not of the one that bears its name. */
  private String name(Suspect suspect) {
    boolean isPython = explanation.after().configuration().startsWith("python");
    return suspect.name() + (isPython && suspect.kind().equals("package") ? " (package)" : "");
  }

  private void printPhases(PrintWriter out) {
    if (explanation.before().coldStarts() == 0 || explanation.after().coldStarts() == 0) {
      return;
    }
    double most =
        explanation.phases().stream()
            .mapToDouble(Phases.Change::changeMs)
            .filter(Double::isFinite)
            .map(Math::abs)
            .max()
            .orElse(0);
    out.println();
    String form = hasBars() ? " %-26s %11s %11s %11s  %s" : " %-24s %10s %10s %10s  %s";
    String head =
        String.format(
            form,
            "PHASE (median, measured)",
            Columns.cut(comparison.before().deployment(), 10),
            Columns.cut(comparison.after().deployment(), 10),
            "CHANGE",
            "");
    out.println(head.stripTrailing());
    for (Phases.Change phase : explanation.phases()) {
      String line =
          String.format(
              form,
              phase.name(),
              ComparisonText.millis(phase.beforeMs()),
              ComparisonText.millis(phase.afterMs()),
              ComparisonText.signed(phase.changeMs()),
              bar(phase.changeMs(), most));
      out.println(line.stripTrailing());
    }
  }

  private void printImports(PrintWriter out) {
    if (explanation.imports().roots().isEmpty()) {
      return;
    }
    ImportTree tree = explanation.imports().withoutUnchanged(leastMs);
    out.println();
    row(out, "IMPORTS (median, measured)", "SELF Δ", "WITH ALL Δ", "");
    print(tree.roots(), 0, out);
    out.printf(" (--depth %d, --min %s; -o html draws all of it)%n", depth, Figure.ms(leastMs));
  }

  private void print(List<Node> nodes, int level, PrintWriter out) {
    String indent = "  ".repeat(level);
    for (Node node : nodes) {
      if (node.folded() > 0) {
        out.printf(" %s… %d more below %s%n", indent, node.folded(), Figure.ms(leastMs));
        continue;
      }
      row(
          out,
          indent + mark(node) + node.name(),
          ComparisonText.signed(node.selfChangeMs()),
          ComparisonText.signed(node.cumulativeChangeMs()),
          node.presence().word());
      if (level + 1 < depth) {
        print(node.children(), level + 1, out);
      }
    }
  }

  private static String mark(Node node) {
    return switch (node.presence()) {
      case NEW, MOVED_HERE, ADVANCED -> "+ ";
      case GONE, MOVED_AWAY, DEFERRED -> "− ";
      case BOTH -> "  ";
    };
  }

  private void row(PrintWriter out, String name, String self, String all, String last) {
    String padded =
        Columns.padded(name, width == null ? 38 : Math.max(24, Math.min(38, width - 37)));
    String line = String.format(" %s %11s %11s  %s", padded, self, all, last);
    out.println(line.stripTrailing());
  }

  private boolean hasBars() {
    return width == null || width >= WITH_BARS;
  }

  private String bar(double changeMs, double most) {
    return hasBars() && Double.isFinite(changeMs) && most > 0
        ? "█".repeat((int) Math.round(BAR * Math.abs(changeMs) / most))
        : "";
  }
}
