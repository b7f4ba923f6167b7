package dev.frostline.page.sql;

import java.time.Duration;

/**
 * What one statement of the page may take.
 *
 * @param deadline when it is interrupted; a second later its process is killed
 * @param rows most rows of an answer
 * @param characters most characters of an answer
 * @param engineMb what DuckDB may use
 * @param processMb address space of the whole process, kept by the operating system
 */
record SqlLimits(Duration deadline, int rows, long characters, int engineMb, int processMb) {
  static final SqlLimits DEFAULT =
      new SqlLimits(Duration.ofSeconds(5), 10_000, 10_000_000, 384, 1536);
}
