package dev.frostline.store;

/** The store could not be opened, read or written; the message says why and what to do next. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
