package dev.frostline.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of the delivery proof. */
@Tag("long")
final class DeliveryProofIT {
  @Test
  void nothingIsLostOrDoubled() throws Exception {
    assertEquals(0, DeliveryProof.inexactRuns("--runs", "1", "--events", "60"));
  }

  @Test
  void nothingIsLostOrDoubled_withoutAFunction() throws Exception {
    assertEquals(0, DeliveryProof.inexactRuns("--way", "bucket", "--runs", "1", "--events", "60"));
  }
}
