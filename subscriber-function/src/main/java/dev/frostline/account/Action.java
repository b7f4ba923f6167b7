package dev.frostline.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a plan does with a log group or function, a policy or a permission. */
public enum Action {
  ADD("+"),
  UPDATE("~"),
  REMOVE("-"),
  KEEP("="),
  CANNOT("!"),
  /** AWS does not say where the function logs to, and there is no group of the default name. */
  UNNAMED("?"),
  NEVER("x");

  private final String mark;

  Action(String mark) {
    this.mark = mark;
  }

  /** Its mark in front of a line. */
  public String mark() {
    return mark;
  }

  /** Whether something is changed. */
  public boolean isChange() {
    return this == ADD || this == UPDATE || this == REMOVE;
  }

  /** As plans are saved. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
