package dev.frostline.report;

/**
 * Writes Markdown that stays what it is: names from logs stand in code spans, where no renderer
 * reads links, mentions or tags, and what could end a span or a table cell is shown as {@code
 * \}{@code u0060}.
 */
final class Markdown implements TextPage {
  private final StringBuilder text = new StringBuilder();

  @Override
  public void title(String title) {
    line("# " + title);
  }

  @Override
  public void line(String line) {
    text.append(line).append('\n');
  }

  @Override
  public void heading(String heading) {
    text.append("\n## ").append(heading).append("\n\n");
  }

  @Override
  public void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public void head(String alignment, String... names) {
    row(names);
    for (int i = 0; i < alignment.length(); i++) {
      text.append(alignment.charAt(i) == 'r' ? "|---:" : "|---");
    }
    text.append("|\n");
  }

  @Override
  public String code(String code) {
    StringBuilder span = new StringBuilder("`");
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean unsafe = Inert.isUnsafe(c) || c == '`' || c == '|' || (c == '<' && isTag(code, i));
      span.append(unsafe ? Inert.escape(c) : String.valueOf(c));
    }
    return span.append(code.isEmpty() ? " `" : "`").toString();
  }

  /** A renderer that is wrong about code spans sees a tag only where a name follows. */
  private static boolean isTag(String code, int at) {
    char next = at + 1 < code.length() ? code.charAt(at + 1) : ' ';
    return Character.isLetter(next) || "/!?".indexOf(next) >= 0;
  }

  @Override
  public String words(String words) {
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

  @Override
  public String strong(String words) {
    return "**" + words + "**";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
