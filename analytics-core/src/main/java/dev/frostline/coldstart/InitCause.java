package dev.frostline.coldstart;

/** Why an init ran on its environment. */
enum InitCause {
  /** The environment was made. */
  FIRST,
  /** The init before it failed, or the line says so itself (phase invoke). */
  AGAIN,
  /** INIT_START behind the REPORT of an earlier request: it crashed or timed out. */
  BEHIND_REPORT
}
