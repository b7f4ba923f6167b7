package dev.frostline.servers;

/** What can go wrong between a client and S3, as far as S3's documentation and networks have it. */
public enum Fault {
  /** Another request for the key is under way; nothing is stored. */
  CONFLICT(409, "ConditionalRequestConflict", false),
  /** Another writer was first: the object is there when this answer comes. */
  THERE_ALREADY(412, "PreconditionFailed", true),
  /** Too many requests; nothing is stored. */
  SLOW_DOWN(503, "SlowDown", false),
  /** An error inside S3 after it stored the object. */
  INTERNAL_ERROR(500, "InternalError", true),
  /** The connection is reset before the request arrives. */
  RESET(0, "", false),
  /** The connection is closed in order before the request arrives, as servers close idle ones. */
  HANG_UP(0, "", false),
  /** The request is done, and the connection is reset before its answer arrives. */
  LOST_ANSWER(0, "", true);

  private final int status;
  private final String code;
  private final boolean done;

  Fault(int status, String code, boolean done) {
    this.status = status;
    this.code = code;
    this.done = done;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** Whether only requests with a condition can meet it. */
  boolean isOfConditions() {
    return this == CONFLICT || this == THERE_ALREADY;
  }

  /** Whether the client sees a reset, not an ordered end. */
  boolean isReset() {
    return this == RESET || this == LOST_ANSWER;
  }

  /** Whether the server gets the request all the same. */
  boolean isDone() {
    return done;
  }
}
