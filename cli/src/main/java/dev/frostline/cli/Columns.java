package dev.frostline.cli;

import org.jspecify.annotations.Nullable;

/** Names from logs in columns of a fixed width. */
final class Columns {
  private Columns() {}

  /** Safe to print, and never wider; the end is what tells modules apart, so the middle goes. */
  static String cut(String text, int width) {
    String safe = SafeText.of(text);
    if (safe.length() <= width) {
      return safe;
    }
    int head = (width - 1) / 2;
    return safe.substring(0, head) + "…" + safe.substring(safe.length() - (width - 1 - head));
  }

  static String padded(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  /** Width of the terminal, where it says so: {@code COLUMNS} of the environment. */
  static @Nullable Integer ofTerminal() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{1,4}") ? Integer.valueOf(columns) : null;
  }

  /** A name as a file of the working folder: nothing of it may lead elsewhere. */
  static String fileName(String text) {
    return text.replaceAll("[^A-Za-z0-9_.@-]+", "-").replaceFirst("^[.-]+", "_");
  }
}
