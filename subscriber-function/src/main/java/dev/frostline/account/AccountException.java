package dev.frostline.account;

/** An AWS call failed for good: says which one, why, and what to do next. */
public final class AccountException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AccountException(String call, Exception cause) {
    super("Cannot " + call + ": " + reason(cause), cause);
  }

  /** A failure that no call of ours met, such as a plan of another Region. */
  public AccountException(String message) {
    super(message);
  }

  private static String reason(Exception cause) {
    String text = String.valueOf(cause.getMessage());
    int details = text.indexOf(" (Service:");
    return details > 0 ? text.substring(0, details) : text;
  }
}
