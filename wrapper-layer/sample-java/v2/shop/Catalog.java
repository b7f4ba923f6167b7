package shop;

/** Recognises an article in a free text. */
final class Catalog {
  private static final Patterns PATTERNS = Patterns.ALL;

  String article(String text) {
    return PATTERNS.article(text);
  }
}
