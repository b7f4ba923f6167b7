package dev.frostline.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The same as java.time, around every turn of a year and leap day. */
final class UtcTimeTest {
  @Test
  void everyDayOfACentury_isThatOfJavaTime() {
    for (long second = 0; second < 100L * 366 * 86_400; second += 43_201) {
      assertEquals(Instant.ofEpochSecond(second).toString(), UtcTime.of(second));
    }
  }
}
