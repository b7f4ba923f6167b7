package dev.frostline.timing;

/**
 * What a timing row times: {@code import time: …} is a Python module, {@code java time: …} a class,
 * and so on. A pause of the garbage collector ({@code gc time: …}) stands among the rows it fell
 * into; its time is also within the self time of the row around it until the tree is built.
 */
public enum ImportKind {
  PYTHON_MODULE("import", "python module"),
  JAVA_CLASS("java", "java class"),
  NODE_MODULE("node", "node module"),
  DOTNET_ASSEMBLY("dotnet", "dotnet assembly"),
  RUBY_FILE("ruby", "ruby file"),
  PAUSE("gc", "garbage collection");

  private final String keyword;
  private final String label;

  ImportKind(String keyword, String label) {
    this.keyword = keyword;
    this.label = label;
  }

  /** First word of its timing line. */
  public String keyword() {
    return keyword;
  }

  /** Its name in the store, in SQL and in every answer. */
  public String label() {
    return label;
  }

  /** The kind with that label. */
  public static ImportKind ofLabel(String label) {
    for (ImportKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("Not an import kind: " + label);
  }
}
