package dev.frostline.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void timesAreReadAsPeopleWriteThem() {
    assertEquals("2026-11-15T12:00:00Z", parsed("7d"));
    assertEquals("2026-11-22T10:00:00Z", parsed("2h ago"));
    assertEquals("2026-11-22T11:45:00Z", parsed("15m"));
    assertEquals("2026-11-16T00:00:00Z", parsed("2026-11-16"));
    assertEquals("2026-11-16T07:00:00Z", parsed("2026-11-16T08:00:00+01:00"));
    assertEquals("2026-10-05T00:00:00Z", parsed("2026-W41"));
    assertEquals("2026-12-28T00:00:00Z", parsed("2026-W53"));
  }

  @Test
  void whatIsNoTime_isAUsageError() {
    for (String text : List.of("yesterday", "7 lightyears", "2026-13-01", "2026-W54", "")) {
      Failure failure = assertThrows(Failure.class, () -> Times.parse(text, NOW), text);
      assertEquals(Failure.USAGE, failure.exitCode());
    }
  }

  private static String parsed(String text) {
    return Times.parse(text, NOW).toString();
  }
}
