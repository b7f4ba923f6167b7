package dev.frostline.report.picture;

import dev.frostline.report.Figure;
import dev.frostline.report.picture.ImportTree.Node;
import dev.frostline.report.picture.ImportTree.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An import tree as nested boxes: what an import pulls in hangs below it, the width is its time. In
 * a difference the width is the time after, the colour and the sign say how it changed, and what is
 * gone keeps the width it had. Places and widths are percent of the picture, so that one drawing
 * fits every screen.
 *
 * @param rows rows of {@value #ROW_HEIGHT} px
 */
public record Icicle(String title, String description, List<Box> boxes, int rows) {
  public static final int ROW_HEIGHT = 22;
  private static final double LEAST_CHANGE_MS = 0.1;
  private static final double[] LEVELS = {0.05, 0.2, 0.5, 0.85};
  private static final int PLAIN_TONES = 6;

  /**
   * One box.
   *
   * @param tone its class in {@code picture.css}: by size of the change, else by package
   * @param name the import in full; empty for folded ones
   * @param ms its time with all it imports, that before where it is gone
   * @param label what stands in the box
   * @param words the same and its times in full
   */
  public record Box(
      int row,
      double x,
      double width,
      String tone,
      String name,
      double ms,
      String label,
      String words) {
    /** Whether a label has no room in it at any usual width. */
    public boolean narrow() {
      return width < 2.2;
    }
  }

  /** The picture of a tree; name says which deployments it is of. */
  public static Icicle of(String name, ImportTree tree) {
    Drawing drawing = new Drawing(tree.isDifference());
    Node total = tree.total();
    if (total.largestMs() > 0) {
      drawing.draw(total, "", 0, 0, 100 / extent(total));
    }
    String description =
        tree.isDifference()
            ? "Boxes are imports, below them what they import; the width is the time after."
                + " Orange with ▲ takes longer, blue with ▼ less, hatched is gone or moved away."
            : "Boxes are imports, below them what they import; the width is their time.";
    return new Icicle(name, description, List.copyOf(drawing.boxes), drawing.rows);
  }

  public int height() {
    return rows * ROW_HEIGHT;
  }

  /** Time a box stands for: never less than its children, whose medians may not add up. */
  private static double extent(Node node) {
    double children = 0;
    for (Node child : node.children()) {
      children += extent(child);
    }
    boolean left = node.presence().isLeft();
    double own = left ? node.before().cumulativeMs() : node.after().cumulativeMs();
    return Math.max(own, children);
  }

  /** The boxes drawn so far. */
  private static final class Drawing {
    private final boolean difference;
    private final List<Box> boxes = new ArrayList<>();
    private int rows;

    Drawing(boolean difference) {
      this.difference = difference;
    }

    void draw(Node node, String parent, int row, double x, double scale) {
      double width = extent(node) * scale;
      rows = Math.max(rows, row + 1);
      boxes.add(
          new Box(
              row,
              rounded(x),
              rounded(width),
              tone(node),
              node.name(),
              rounded(
                  node.presence().isLeft()
                      ? node.before().cumulativeMs()
                      : node.after().cumulativeMs()),
              label(node, parent),
              words(node)));
      double left = x;
      for (Node child : node.children()) {
        double own = extent(child) * scale;
        if (own > 0) {
          draw(child, node.name(), row + 1, left, scale);
        }
        left += own;
      }
    }

    private String tone(Node node) {
      if (!difference) {
        return node.kind().isEmpty() ? "same" : "plain-" + hue(node.name());
      }
      if (node.presence().isLeft()) {
        return "gone";
      }
      double change = node.cumulativeChangeMs();
      if (Math.abs(change) < LEAST_CHANGE_MS) {
        return "same";
      }
      double part = Math.abs(change) / node.largestMs();
      int level = 0;
      while (level < LEVELS.length && part >= LEVELS[level]) {
        level++;
      }
      return level == 0 ? "same" : (change > 0 ? "more-" : "less-") + level;
    }

    private String label(Node node, String parent) {
      String name = shown(node);
      String close = close(name, parent);
      if (!difference) {
        return close + "  " + Figure.ms(node.after().cumulativeMs());
      }
      boolean changed = !tone(node).equals("same");
      String sign = node.cumulativeChangeMs() > 0 ? "▲ " : "▼ ";
      String word = node.presence() == Presence.BOTH ? "" : "  " + node.presence().word();
      return (changed ? sign : "")
          + close
          + "  "
          + (changed
              ? Figure.change(node.cumulativeChangeMs())
              : Figure.ms(node.after().cumulativeMs()))
          + word.toUpperCase(Locale.ROOT);
    }

    /** Without the packages it shares with its parent, which stands above it. */
    private static String close(String name, String parent) {
      if (name.startsWith(parent + ".") && name.length() > parent.length() + 1) {
        return name.substring(parent.length());
      }
      int shared = 0;
      for (int i = 0; i < Math.min(name.length(), parent.length()); i++) {
        if (name.charAt(i) != parent.charAt(i)) {
          break;
        }
        shared = name.charAt(i) == '.' ? i + 1 : shared;
      }
      return shared == 0 ? name : "…" + name.substring(shared);
    }

    private String words(Node node) {
      String times =
          difference
              ? "with what it imports "
                  + Figure.ms(node.before().cumulativeMs())
                  + " → "
                  + Figure.ms(node.after().cumulativeMs())
                  + " ("
                  + Figure.change(node.cumulativeChangeMs())
                  + "), itself "
                  + Figure.change(node.selfChangeMs())
              : "with what it imports "
                  + Figure.ms(node.after().cumulativeMs())
                  + ", itself "
                  + Figure.ms(node.after().selfMs());
      String word = node.presence().word();
      return shown(node) + ": " + (word.isEmpty() ? "" : word + "; ") + times;
    }

    private static String shown(Node node) {
      return node.folded() > 0
          ? "… " + Figure.count(node.folded()) + " more"
          : Figure.name(node.name());
    }
  }

  /** Which of the colours of a package an import has. */
  static int hue(String name) {
    int end = name.indexOf('.');
    return Math.floorMod((end < 0 ? name : name.substring(0, end)).hashCode(), PLAIN_TONES);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 1000) / 1000.0;
  }
}
