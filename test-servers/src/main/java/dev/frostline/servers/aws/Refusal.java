package dev.frostline.servers.aws;

/** An error answer of AWS: HTTP status, error type and message. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  final int status;
  final String type;

  Refusal(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  static void unless(boolean fine, String type, String message) {
    if (!fine) {
      throw new Refusal(400, type, message);
    }
  }
}
