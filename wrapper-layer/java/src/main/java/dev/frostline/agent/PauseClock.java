package dev.frostline.agent;

/** Tells how long the whole JVM stood still for a garbage collection. */
interface PauseClock {
  /** Nanoseconds of pauses since it was last asked. */
  long sinceAskedNanos();
}
