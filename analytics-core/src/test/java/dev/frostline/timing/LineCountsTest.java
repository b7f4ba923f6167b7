package dev.frostline.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LineCountsTest {
  @Test
  void counts_thatDoNotAddUp_areNotMade() {
    assertThrows(
        IllegalArgumentException.class, () -> new LineCounts(5, 1, 1, 1, Map.of("cut off", 1L)));
  }

  @Test
  void sum_keepsEveryReason() {
    LineCounts one = new LineCounts(4, 1, 1, 1, Map.of("cut off", 1L));
    LineCounts both = one.plus(new LineCounts(3, 0, 0, 0, Map.of("cut off", 2L, "no number", 1L)));
    assertEquals(new LineCounts(7, 1, 1, 1, Map.of("cut off", 3L, "no number", 1L)), both);
    assertEquals(4, both.rejected());
  }
}
