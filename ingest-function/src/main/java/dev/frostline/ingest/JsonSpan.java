package dev.frostline.ingest;

/** Where a JSON document ends among others, told by its brackets alone. */
final class JsonSpan {
  /** The document goes on behind the bytes. */
  static final int OPEN = -1;

  /** The bytes end within a string, which no line feed may stand in: a line cut off. */
  static final int CUT = -2;

  private JsonSpan() {}

  /**
   * Where the document ends that begins at {@code from} with a bracket; {@link #OPEN} or {@link
   * #CUT} where it does not.
   */
  static int end(byte[] text, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      switch (text[at]) {
        case '"' -> {
          at = endOfString(text, at + 1, to);
          if (at == to) {
            return CUT;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth <= 0) {
            return at + 1;
          }
        }
        default -> {
          // of no weight
        }
      }
    }
    return OPEN;
  }

  /** The quote that ends a string, or {@code to}. */
  private static int endOfString(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }
}
