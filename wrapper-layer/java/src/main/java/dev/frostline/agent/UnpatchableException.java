package dev.frostline.agent;

/** A class that is not as expected: it is left as it is. */
final class UnpatchableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnpatchableException(String reason) {
    super(reason, null, false, false);
  }
}
