package dev.frostline.coldstart;

/** How far an init has come; its lines move it on, never back. */
enum InitStage {
  /** The runtime loads the function: rows of the trace are of init. */
  LOADING,
  /** SnapStart froze it: what follows is a restore. */
  FROZEN,
  /** The runtime has asked for its first event ({@code FROSTLINE end … why=next}). */
  READY,
  /** START: the first request runs; rows are lazy imports of it. */
  REQUESTED,
  /** REPORT: the cold start is over; what warm requests print belongs to no init. */
  SERVED;

  boolean isBeforeRequest() {
    return compareTo(REQUESTED) < 0;
  }
}
