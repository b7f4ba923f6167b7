package dev.frostline.report;

import java.util.ArrayList;
import java.util.List;

/** Writes text for a mail or a chat that shows no markup: tables are aligned columns. */
final class PlainText implements TextPage {
  private final StringBuilder text = new StringBuilder();
  private final List<String[]> table = new ArrayList<>();
  private String alignment = "";

  @Override
  public void title(String title) {
    line(title);
    line("=".repeat(Math.min(title.length(), 78)));
  }

  @Override
  public void heading(String heading) {
    line("");
    line(heading);
    line("-".repeat(heading.length()));
  }

  @Override
  public void line(String line) {
    endTable();
    text.append(line).append('\n');
  }

  @Override
  public void head(String columns, String... names) {
    endTable();
    alignment = columns;
    table.add(names);
  }

  @Override
  public void row(String... cells) {
    table.add(cells);
  }

  @Override
  public String code(String code) {
    return words(code);
  }

  @Override
  public String words(String words) {
    return Inert.line(words);
  }

  @Override
  public String strong(String words) {
    return words;
  }

  @Override
  public String toString() {
    endTable();
    return text.toString();
  }

  private void endTable() {
    int[] widths = new int[alignment.length()];
    for (String[] row : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : table) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        boolean right = alignment.charAt(i) == 'r';
        line.append(right ? padding + row[i] : row[i] + padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    table.clear();
  }
}
