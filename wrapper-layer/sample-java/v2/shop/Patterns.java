package shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** One regular expression for each spelling of each article, all compiled when the class is. */
final class Patterns {
  static final Patterns ALL = new Patterns();

  private static final int SPELLINGS = 4_000;

  private final Map<Pattern, String> articles = new LinkedHashMap<>();

  private Patterns() {
    for (int i = 0; i < SPELLINGS; i++) {
      String number = "(?:no\\.? ?" + i + ")?";
      articles.put(Pattern.compile("(?iu)\\b(green|black)? ?tea\\b.{0,9}" + number), "tea");
      articles.put(Pattern.compile("(?iu)\\b(big|small)? ?(cup|mug)s?\\b.{0,9}" + number), "cup");
    }
  }

  String article(String text) {
    for (Map.Entry<Pattern, String> article : articles.entrySet()) {
      if (article.getKey().matcher(text).find()) {
        return article.getValue();
      }
    }
    throw new IllegalArgumentException("no article: " + text);
  }
}
