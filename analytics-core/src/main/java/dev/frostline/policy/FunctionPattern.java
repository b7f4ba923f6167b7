package dev.frostline.policy;

import java.util.regex.Pattern;

/** Which functions are meant: {@code checkout-*}; {@code *} is any text, {@code ?} one letter. */
public record FunctionPattern(String text) {
  public FunctionPattern {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a function pattern is empty; write \"*\" for all");
    }
  }

  /** Whether it means this function. */
  public boolean covers(String function) {
    String regex = "\\Q" + text.replace("\\E", "\\E\\\\E\\Q") + "\\E";
    return Pattern.matches(
        "(?s)" + regex.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), function);
  }
}
