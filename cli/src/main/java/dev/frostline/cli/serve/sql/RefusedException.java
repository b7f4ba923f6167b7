package dev.frostline.cli.serve.sql;

/** SQL that is not run, with the reason for its writer. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
