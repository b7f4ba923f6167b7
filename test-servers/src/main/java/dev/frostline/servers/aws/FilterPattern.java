package dev.frostline.servers.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's filter pattern for unstructured events, as documented: terms are found anywhere in
 * the event, case counts, all plain ones must be there and none of those with a minus; where all
 * have a question mark, any will do. Terms of other characters than letters, digits and underscores
 * stand in quotes; regular expressions have their own narrow alphabet, without blanks.
 */
public final class FilterPattern {
  private static final Pattern TERM =
      Pattern.compile("([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)+)\"|%([^%]+)%|(\\w+))(?:\\s+|$)");
  private static final Pattern EXPRESSION =
      Pattern.compile("[A-Za-z0-9:_#=@/;,\\-^$?\\[\\]{}|\\\\*+.]+");
  private static final int MOST_EXPRESSIONS = 5;

  private record Term(char sign, Pattern text) {}

  private final List<Term> terms = new ArrayList<>();

  private FilterPattern() {}

  static boolean isValid(String pattern) {
    try {
      parse(pattern);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Reads a pattern, or throws IllegalArgumentException where AWS would refuse it. */
  public static FilterPattern parse(String pattern) {
    FilterPattern parsed = new FilterPattern();
    Matcher term = TERM.matcher(pattern.strip());
    int at = 0;
    int expressions = 0;
    while (at < pattern.strip().length()) {
      if (!term.find(at) || term.start() != at) {
        throw new IllegalArgumentException("Invalid filter pattern at " + at + ": " + pattern);
      }
      char sign = term.group(1).isEmpty() ? ' ' : term.group(1).charAt(0);
      String expression = term.group(3);
      if (expression != null
          && (!EXPRESSION.matcher(expression).matches() || ++expressions > MOST_EXPRESSIONS)) {
        throw new IllegalArgumentException("Invalid expression: " + expression);
      }
      String text = term.group(2) == null ? term.group(4) : term.group(2).replace("\\\"", "\"");
      parsed.terms.add(
          new Term(sign, Pattern.compile(expression == null ? Pattern.quote(text) : expression)));
      at = term.end();
    }
    return parsed;
  }

  /** Whether an event of this text is delivered. */
  public boolean matches(String message) {
    boolean onlyOptional = terms.stream().allMatch(term -> term.sign() == '?');
    if (onlyOptional) {
      return terms.isEmpty()
          || terms.stream().anyMatch(term -> term.text().matcher(message).find());
    }
    return terms.stream()
        .filter(term -> term.sign() != '?')
        .allMatch(term -> term.text().matcher(message).find() == (term.sign() == ' '));
  }
}
