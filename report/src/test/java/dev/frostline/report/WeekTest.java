package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WeekTest {
  @Test
  void week_runsFromMondayToMonday_inUtc() {
    Week week = Week.parse("2026-W41");
    assertEquals(Instant.parse("2026-10-05T00:00:00Z"), week.since());
    assertEquals(Instant.parse("2026-10-12T00:00:00Z"), week.until());
    assertEquals("2026-W41", week.toString());
  }

  @Test
  void firstAndLastInstant_areInTheWeek() {
    Week week = new Week(2026, 41);
    assertEquals(week, Week.of(week.since()));
    assertEquals(week, Week.of(week.until().minusNanos(1)));
    assertEquals(new Week(2026, 42), Week.of(week.until()));
  }

  @Test
  void daysAroundNewYear_belongToTheWeeksYear() {
    assertEquals(new Week(2026, 53), Week.of(Instant.parse("2027-01-03T23:59:59Z")));
    assertEquals(new Week(2027, 1), Week.of(Instant.parse("2027-01-04T00:00:00Z")));
    assertEquals(new Week(2025, 1), Week.of(Instant.parse("2024-12-30T00:00:00Z")));
    assertEquals("2024-12-30", new Week(2025, 1).monday().toString());
  }

  @Test
  void week53_existsOnlyInLongYears() {
    assertEquals("2026-12-28", new Week(2026, 53).monday().toString());
    assertEquals("2021-01-03", new Week(2020, 53).nextMonday().minusDays(1).toString());
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> new Week(2027, 53));
    assertEquals("2027 has weeks W01 to W52, not W53", none.getMessage());
  }

  @Test
  void otherText_isNoWeek() {
    for (String text :
        new String[] {"", "W41", "2026-41", "2026-W00", "2026-W54", "2026-W041", "last"}) {
      assertThrows(IllegalArgumentException.class, () -> Week.parse(text), text);
    }
    assertEquals(new Week(2026, 5), Week.parse("2026W5"));
  }
}
