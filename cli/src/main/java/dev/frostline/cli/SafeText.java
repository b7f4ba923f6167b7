package dev.frostline.cli;

/**
 * Names come from logs and may hold anything: control characters would move the cursor or change
 * colours, and marks of direction would reorder what is read (CWE-150). Shown as {@code \}{@code
 * u202e} instead.
 */
final class SafeText {
  private SafeText() {}

  static String of(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUnsafe(c) && safe == null) {
        safe = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (safe != null) {
        safe.append(isUnsafe(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isUnsafe(char c) {
    boolean control = Character.isISOControl(c);
    boolean direction =
        c == '\u061c' || (c >= '\u200e' && c <= '\u200f') || (c >= '\u202a' && c <= '\u202e');
    return control
        || direction
        || (c >= '\u2066' && c <= '\u2069')
        || (c >= '\u2028' && c <= '\u2029');
  }
}
