package dev.frostline.verdict.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.history.FunctionOutline.Period;
import dev.frostline.verdict.timeline.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final long DAY = 86_400_000_000L;

  @Test
  void smallSteps_comeToADrift() {
    Found found = new Found(1, "a 100", "b 101.5", "c 103", "d 104.5", "e 106");
    assertEquals(Set.of(new Recheck(0, 4)), found.drift.rechecks());
    Comparison drift = Objects.requireNonNull(found.comparison());
    assertEquals("a", drift.before().deployment());
    assertEquals(6, drift.changeMs().estimate());
    assertTrue(drift.notes().get(0).endsWith("b, c, d, e"), drift.notes().toString());
  }

  @Test
  void oneStep_isTheQuestionOfItsDeployment() {
    assertNull(new Found(1, "a 100", "b 101.9").comparison());
    assertNull(new Found(1, "a 100", "b 100", "c 101.9").comparison(), "below the floor");
  }

  @Test
  void openSlowdown_explainsWhatLiesBeforeIt() {
    assertNull(new Found(1, "a 100", "b 150", "c 150.5", "d 151").comparison());
    Comparison drift = new Found(1, "a 100", "b 150", "c 151.5", "d 153").comparison();
    assertEquals("b", drift == null ? "" : drift.before().deployment());
  }

  @Test
  void slowdown_thatWasTakenBack_explainsNothing() {
    Comparison drift = new Found(1, "a 100", "b 150", "c 101.5", "d 103").comparison();
    assertEquals("a", drift == null ? "" : drift.before().deployment());
  }

  @Test
  void stateOfLastQuarter_isTheOldestOfThoseAsFastAsTheFastest() {
    Comparison drift = new Found(1, "a 100", "b 100.5", "c 102", "d 103").comparison();
    assertEquals("a", drift == null ? "" : drift.before().deployment());
    Comparison old = new Found(40, "a 100", "b 101.5", "c 103", "d 104.5").comparison();
    assertEquals("b", old == null ? "" : old.before().deployment(), "a is four months old");
  }

  @Test
  void gettingFaster_isNoDrift() {
    assertNull(new Found(1, "a 106", "b 104.5", "c 103", "d 101.5").comparison());
  }

  /** One period each so many days. */
  private static final class Found {
    final Drift drift;
    private final Levels levels;

    Found(long days, String... text) {
      levels = new Levels(List.of(text));
      int live = text.length - 1;
      List<Period> periods = new ArrayList<>();
      for (int i = 0; i < text.length; i++) {
        long at = i * days * DAY;
        periods.add(
            new Period(Track.PUBLISHED, levels.name(i), at, at, 20, false, i == live, i == live));
      }
      TrackFindings findings = new TrackFindings(levels.steps(), live);
      drift =
          new Drift(
              periods,
              levels.steps(),
              findings.slowdowns(levels.answers(findings.rechecks())),
              live,
              live * days * DAY);
    }

    @Nullable Comparison comparison() {
      return drift.found(levels.answers(drift.rechecks()));
    }
  }
}
