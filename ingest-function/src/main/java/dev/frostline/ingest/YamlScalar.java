package dev.frostline.ingest;

import java.util.List;

/** A scalar of YAML as its writers lay it out: plain, in either quotes, or as a block. */
final class YamlScalar {
  private static final String ESCAPES = "0abtnvfre \"/\\N_\t";
  private static final String ESCAPED = "\0\u0007\b\t\n\u000b\f\r\u001b \"/\\\u0085\u00a0\t";

  private YamlScalar() {}

  /**
   * Its text.
   *
   * @param lines what stands behind the key, and the lines below that go on with it
   */
  static String text(List<String> lines) {
    String first = lines.get(0).strip();
    if (first.startsWith("\"")) {
      return unescaped(quoted(lines, '"'));
    }
    if (first.startsWith("'")) {
      return quoted(lines, '\'').replace("''", "'");
    }
    if (first.startsWith("|") || first.startsWith(">")) {
      return block(lines, first);
    }
    return folded(lines);
  }

  private static String quoted(List<String> lines, char quote) {
    String text = folded(lines);
    int end = text.length();
    return text.substring(1, end > 1 && text.charAt(end - 1) == quote ? end - 1 : end);
  }

  /** A line feed within is a blank, and a blank line a line feed. */
  private static String folded(List<String> lines) {
    StringBuilder text = new StringBuilder(lines.get(0).strip());
    int feeds = 0;
    for (String line : lines.subList(1, lines.size())) {
      if (line.isBlank()) {
        feeds++;
        continue;
      }
      if (feeds > 0) {
        text.append("\n".repeat(feeds));
      } else if (endsInEscape(text)) {
        text.setLength(text.length() - 1);
      } else {
        text.append(' ');
      }
      feeds = 0;
      text.append(line.strip());
    }
    return text.append("\n".repeat(feeds)).toString();
  }

  private static boolean endsInEscape(StringBuilder text) {
    int slashes = 0;
    while (slashes < text.length() && text.charAt(text.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return text.charAt(0) == '"' && slashes % 2 == 1;
  }

  private static String block(List<String> lines, String style) {
    StringBuilder text = new StringBuilder();
    int indent = -1;
    for (String line : lines.subList(1, lines.size())) {
      if (indent < 0 && !line.isBlank()) {
        indent = line.length() - line.stripLeading().length();
      }
      text.append(line.length() > indent && indent > 0 ? line.substring(indent) : "");
      text.append(style.charAt(0) == '>' ? ' ' : '\n');
    }
    return text.toString();
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next != '\\' || i + 1 == text.length()) {
        plain.append(next);
        continue;
      }
      char escape = text.charAt(++i);
      int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      int known = ESCAPES.indexOf(escape);
      if (digits > 0) {
        plain.appendCodePoint(codePoint(text, i + 1, digits));
        i += Math.min(digits, text.length() - 1 - i);
      } else {
        plain.append(known < 0 ? escape : ESCAPED.charAt(known));
      }
    }
    return plain.toString();
  }

  private static int codePoint(String text, int from, int digits) {
    try {
      int point = Integer.parseInt(text, from, Math.min(text.length(), from + digits), 16);
      return Character.isValidCodePoint(point) ? point : '?';
    } catch (NumberFormatException e) {
      return '?';
    }
  }
}
