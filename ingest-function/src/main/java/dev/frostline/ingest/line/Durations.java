package dev.frostline.ingest.line;

/** Reads the platform's durations, printed in milliseconds, as microseconds. */
final class Durations {
  /** Twice the longest request: Billed Duration adds an init that may last as long. */
  private static final double MOST_MILLIS = 2 * 15 * 60 * 1000;

  private Durations() {}

  static long micros(String millis) throws BrokenLineException {
    try {
      return micros(Double.parseDouble(millis));
    } catch (NumberFormatException e) {
      throw new BrokenLineException("duration that is not a number");
    }
  }

  static long micros(double millis) throws BrokenLineException {
    if (!(millis >= 0 && millis <= MOST_MILLIS)) {
      throw new BrokenLineException("duration out of range");
    }
    return Math.round(millis * 1000);
  }
}
