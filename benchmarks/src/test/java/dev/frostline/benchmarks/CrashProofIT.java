package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of the crash proof: each fault once, and that of a lake three times. */
@Tag("long")
final class CrashProofIT {
  @Test
  void killsAndFullDisks_loseAndDoubleNothing() throws Exception {
    assertEquals(0, CrashProof.brokenRounds("--rounds", "6", "--events", "60"));
  }

  @Test
  void lake_isReadBeforeOrAfter_whateverIsKilled() throws Exception {
    String[] arguments = {"--rounds", "2", "--events", "60", "--only", "lake_at_once"};
    assertEquals(0, CrashProof.brokenRounds(arguments));
  }
}
