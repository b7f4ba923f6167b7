package dev.frostline.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names from logs in columns of a fixed width. */
public final class Columns {
  private Columns() {}

  /** Safe to print, and never wider; the end is what tells modules apart, so the middle goes. */
  public static String cut(String text, int width) {
    String safe = SafeText.of(text);
    if (safe.length() <= width) {
      return safe;
    }
    int head = (width - 1) / 2;
    return safe.substring(0, head) + "…" + safe.substring(safe.length() - (width - 1 - head));
  }

  public static String padded(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  /** Width of the terminal, where it says so: {@code COLUMNS} of the environment. */
  public static @Nullable Integer ofTerminal() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{1,4}") ? Integer.valueOf(columns) : null;
  }

  /**
   * Text in lines of that width, which break at spaces; one line where nobody knows the width.
   * Lines after the first stand in by two.
   */
  public static List<String> wrapped(String text, @Nullable Integer width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (width != null && !line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append("  ").append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** Width of help texts: the terminal's, as far as text of that width can be read. */
  public static int ofHelp() {
    Integer terminal = ofTerminal();
    return terminal == null ? 80 : Math.max(60, Math.min(terminal, 120));
  }

  /** A name as a file of the working folder: nothing of it may lead elsewhere. */
  public static String fileName(String text) {
    return text.replaceAll("[^A-Za-z0-9_.@-]+", "-").replaceFirst("^[.-]+", "_");
  }
}
