package dev.frostline.cli;

/** What a command could not do, in a sentence for its user: what failed, why, what to do next. */
final class Failure extends RuntimeException {
  static final int JUDGED = 1;
  static final int USAGE = 2;
  static final int CANNOT_JUDGE = 3;
  static final int COULD_NOT = 4;
  static final int REJECTED = 5;

  private static final long serialVersionUID = 1;
  private final int exitCode;

  Failure(int exitCode, String reason) {
    super(reason);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
