package dev.frostline.page;

/** What an address names is not in the store; the message says so to its reader. */
final class NotThereException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotThereException(String message) {
    super(message);
  }
}
