package dev.frostline.cli;

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
}
