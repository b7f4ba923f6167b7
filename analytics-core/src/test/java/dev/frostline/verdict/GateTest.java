package dev.frostline.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdicts;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.List;
import org.junit.jupiter.api.Test;

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
