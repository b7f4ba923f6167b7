package dev.frostline.page.sql;

/** SQL that is not run, with the reason for its writer. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String reason) {
    super(reason);
  }

  /** What does not run here, and what does. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
