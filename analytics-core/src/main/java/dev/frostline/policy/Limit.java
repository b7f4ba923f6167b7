package dev.frostline.policy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One limit as its user wrote it: {@code init_p50 < 600ms}, {@code init_p95 <= 4s}, {@code import
 * pandas < 100ms}.
 *
 * @param expression the user's own words
 * @param importName the import whose time, with all it pulls in, is limited; empty for init
 * @param orEqual whether the limit itself is still within
 */
public record Limit(
    String expression, Measure measure, String importName, boolean orEqual, double ms) {
  /** What is measured, over successful on-demand cold starts. */
  public enum Measure {
    INIT_P50,
    INIT_P95,
    INIT_P99,
    /** Median time of one import of the init phase, with all it pulls in. */
    IMPORT
  }

  private static final Pattern FORM =
      Pattern.compile("\\s*(\\S+?)(?:\\s+(\\S+?))?\\s*(<=|<)\\s*([0-9.]+)\\s*(\\S*)\\s*");
  private static final String EXAMPLES =
      "write \"init_p50 < 600ms\", \"init_p95 < 1.2s\" or \"import pandas < 100ms\"";

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException saying what is wrong and how to write it
   */
  public static Limit parse(String expression) {
    Matcher form = FORM.matcher(expression);
    if (!form.matches()) {
      throw wrong(expression, "is no limit");
    }
    Measure measure = measure(expression, form.group(1));
    String name = form.group(2) == null ? "" : form.group(2);
    if (name.isEmpty() == (measure == Measure.IMPORT)) {
      throw wrong(expression, name.isEmpty() ? "names no import" : "has a word too many: " + name);
    }
    double ms = number(expression, form.group(4)) * msPer(expression, form.group(5));
    return new Limit(expression.strip(), measure, name, form.group(3).equals("<="), ms);
  }

  /** Whether a measured time keeps it. */
  public boolean keeps(double measuredMs) {
    return orEqual ? measuredMs <= ms : measuredMs < ms;
  }

  private static Measure measure(String expression, String word) {
    for (Measure measure : Measure.values()) {
      if (measure.name().toLowerCase(Locale.ROOT).equals(word)) {
        return measure;
      }
    }
    throw wrong(expression, "measures " + word + ", which is not known");
  }

  private static double number(String expression, String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      throw wrong(expression, "has no number: " + digits);
    }
  }

  private static double msPer(String expression, String unit) {
    return switch (unit) {
      case "us" -> 0.001;
      case "ms" -> 1;
      case "s" -> 1000;
      case "" -> throw wrong(expression, "has no unit (us, ms, s)");
      default -> throw wrong(expression, "has the unit " + unit + ", not us, ms or s");
    };
  }

  private static IllegalArgumentException wrong(String expression, String what) {
    return new IllegalArgumentException("\"" + expression + "\" " + what + "; " + EXAMPLES);
  }
}
