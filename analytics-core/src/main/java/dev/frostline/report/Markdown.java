package dev.frostline.report;

import java.nio.charset.StandardCharsets;

/**
 * Writes Markdown that stays what it is: names from logs stand in code spans, where no renderer
 * reads links, mentions or tags, and what could end a span or a table cell is shown as {@code
 * \}{@code u0060}.
 */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  void heading(String heading) {
    text.append("\n## ").append(heading).append("\n\n");
  }

  /** A table row; cells are finished Markdown. */
  void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Head of a table, and its alignment: {@code l} or {@code r} a column. */
  void head(String alignment, String... names) {
    row(names);
    for (int i = 0; i < alignment.length(); i++) {
      text.append(alignment.charAt(i) == 'r' ? "|---:" : "|---");
    }
    text.append("|\n");
  }

  /** A name from a log. */
  static String name(String name) {
    return code(Figure.name(name));
  }

  /** A command or a name, in full. */
  static String code(String code) {
    StringBuilder span = new StringBuilder("`");
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean unsafe = Inert.isUnsafe(c) || c == '`' || c == '|' || c == '<';
      span.append(unsafe ? Inert.escape(c) : String.valueOf(c));
    }
    return span.append(code.isEmpty() ? " `" : "`").toString();
  }

  /** Words that may hold something from a log, outside code. */
  static String words(String words) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (Inert.isUnsafe(c)) {
        plain.append(Inert.escape(c));
      } else if (c == '@') {
        plain.append("(at)");
      } else if (c == '<') {
        plain.append("&lt;");
      } else {
        plain.append("\\`|*_[]#~&>".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return plain.toString();
  }

  int bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
