package dev.frostline.policy;

/** A limit for some functions, and what it means to break it. */
public record Budget(FunctionPattern functions, Limit limit, Level level) {
  /** Whether a broken limit fails a gate or is only told. */
  public enum Level {
    ERROR,
    WARN
  }
}
