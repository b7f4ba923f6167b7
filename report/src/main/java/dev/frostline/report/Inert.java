package dev.frostline.report;

/**
 * Control characters and marks of direction in names would reorder or hide what is read (CWE-150,
 * "Trojan source"); they are shown as {@code \}{@code u202e}. Applied to a whole rendered page, so
 * that no name can be forgotten, and to every name on a terminal.
 */
public final class Inert {
  private Inert() {}

  /** The page with every such character shown as its code. */
  public static String page(String text) {
    StringBuilder inert = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && isUnsafe(c)) {
        inert.append(escape(c));
      } else {
        inert.append(c);
      }
    }
    return inert.toString();
  }

  /** One name or line of text, in which a line break is shown as its code too. */
  public static String line(String text) {
    return page(text).replace("\n", escape('\n'));
  }

  static String escape(char c) {
    return String.format("\\u%04x", (int) c);
  }

  static boolean isUnsafe(char c) {
    boolean invisible = c == '\u061c' || c == '\ufeff' || (c >= '\u200b' && c <= '\u200f');
    boolean direction = (c >= '\u2028' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    return Character.isISOControl(c) || invisible || direction;
  }
}
