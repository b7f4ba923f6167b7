package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Noise;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Thresholds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private final Gate strict = new Gate(null, null);

  @Test
  void slowdown_doesNotPass_unlessWithinTheLimit() {
    Made slower = new Made();
    slower.slowModule = "beta.m5";
    slower.slowMs = 6;
    Comparison comparison = compare(slower);
    assertEquals(Gate.Outcome.FAILED, strict.judge(comparison).outcome());
    assertEquals(Gate.Outcome.PASSED, new Gate(20.0, null).judge(comparison).outcome());
    assertEquals(Gate.Outcome.FAILED, new Gate(20.0, 0.5).judge(comparison).outcome());
  }

  @Test
  void missingData_doesNotPass() {
    Made few = new Made();
    few.starts = 2;
    assertEquals(
        new Gate.Judgement(
            Gate.Outcome.NOT_JUDGED, List.of("too few cold starts: 3 more are needed")),
        strict.judge(compare(few)));
  }

  @ParameterizedTest
  @CsvSource({
    "SLOWER,        10, 20,  , FAILED",
    "MIXED,         10, 20,  , FAILED",
    "MIXED,        -20, -10, , PASSED",
    "UNCHANGED,     -1, 1,   , PASSED",
    "FASTER,       -20, -10, , PASSED",
    "MOVED,         -1, 1,   , PASSED",
    "NOT_SHOWN,    -10, 20,  , NOT_JUDGED",
    "INSUFFICIENT, NaN, NaN, , NOT_JUDGED",
    "CONFIGURATION,NaN, NaN, , NOT_JUDGED",
    "BROAD,         10, 20,  , NOT_JUDGED",
    "UNCHANGED,     10, 20, 5, FAILED",
    "NOT_SHOWN,     10, 20, 5, FAILED",
    "SLOWER,        10, 20, 30, PASSED",
    "NOT_SHOWN,    -10, 20, 30, PASSED",
    "SLOWER,        10, 20, 15, NOT_JUDGED",
    "UNCHANGED,     -1, 6, 5, NOT_JUDGED",
    "FASTER,       -20, -10, 5, PASSED",
    "PLATFORM,      10, 20, 5, FAILED",
    "INSUFFICIENT, NaN, NaN, 5, NOT_JUDGED",
  })
  void interval_decides_whateverTheVerdictIsCalled(
      Verdict verdict, double low, double high, @Nullable Double limit, Gate.Outcome expected) {
    Interval change = new Interval((low + high) / 2, low, high);
    assertEquals(expected, new Gate(limit, null).judge(comparison(verdict, change)).outcome());
    Double percent = limit == null ? null : limit / 4;
    assertEquals(expected, new Gate(null, percent).judge(comparison(verdict, change)).outcome());
  }

  /** Of a median of 400 ms before. */
  private static Comparison comparison(Verdict verdict, Interval change) {
    return new Comparison(
        "1",
        "r",
        "f",
        new Side("1", 400, 30, 30, 1, Instant.EPOCH),
        new Side("2", 400, 30, 30, 1, Instant.EPOCH),
        verdict,
        change,
        change.estimate() / 4,
        0.5,
        0.5,
        2,
        3,
        new Noise(5, 1, true),
        List.of(),
        List.of(),
        0,
        0,
        100,
        List.of("memory changed"),
        Kind.DEPLOYMENT,
        "published",
        null);
  }

  @Test
  void selfCalibration_onUnchangedHistory_raisesNoAlarm() {
    Made history = new Made();
    history.starts = 60;
    SelfCalibration.Result result =
        new SelfCalibration(Thresholds.DEFAULT).replay(history.deployment("1", 3), 12, 40);
    assertEquals(0, result.falseAlarms());
  }

  private static Comparison compare(Made after) {
    return new Verdicts(Thresholds.DEFAULT)
        .compare(new Made().deployment("1", 1), after.deployment("2", 2));
  }
}
