package dev.frostline.ingest.line;

/**
 * A line of a known form that cannot be right; the message is the reason it is counted under, never
 * its text.
 */
public final class BrokenLineException extends Exception {
  private static final long serialVersionUID = 1;

  /** Broken for that reason. */
  public BrokenLineException(String reason) {
    super(reason, null, false, false);
  }

  /** The reason in words. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
