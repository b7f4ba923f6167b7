package dev.frostline.report;

/** Where the report is written as text: {@link Markdown} or {@link PlainText}. */
interface TextPage {
  void title(String title);

  void heading(String heading);

  void line(String line);

  /** Head of a table, and its alignment: {@code l} or {@code r} a column. */
  void head(String alignment, String... names);

  /** A table row; cells are finished text of this page. */
  void row(String... cells);

  /** A name from a log, cut to what a reader can take in. */
  default String name(String name) {
    return code(Figure.name(name));
  }

  /** A command or a name, in full. */
  String code(String code);

  /** Words that may hold something from a log, outside code. */
  String words(String words);

  String strong(String words);
}
