package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressionsCommandTest {
  @TempDir static Path folder = Path.of(".");
  private static MadeFleet fleet;

  @BeforeAll
  static void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
  }

  @Test
  void since_keepsTheOlderSideBefore() {
    String answer = fleet.run("regressions", "--since", "2026-01-08", "-f", "heavy");
    assertTrue(answer.contains("slower: pkg3.m77"), answer);
    assertFalse(fleet.run("regressions", "--since", "2026-02-01").contains("heavy"));
  }

  @Test
  void historyWithoutVersions_showsItsChangeByDate() {
    String answer = fleet.run("regressions", "-f", "unnamed");
    assertTrue(answer.contains("$LATEST@2026-01-01T00:00:00Z → $LATEST@2026-01-09"), answer);
    assertTrue(answer.contains("slower: pkg3.m77"), answer);
  }

  @Test
  void historyWithoutVersions_isExplainedByItsDates() {
    String answer =
        fleet.run(
            "explain", "unnamed", "$LATEST@2026-01-01T00:00:00Z..$LATEST@2026-01-09T00:00:00Z");
    assertTrue(answer.contains("SLOWER") && answer.endsWith("exit 0"), answer);
  }

  @Test
  void replay_printsTheRateOfFalseAlarms() {
    String answer = fleet.run("regressions", "-f", "unnamed", "--replay", "20");
    assertTrue(answer.contains("20 replays of deployments that never happened"), answer);
  }

  @Test
  void shiftOfAWholeRuntime_isThePlatforms() throws Exception {
    String answer = new MadeFleet(folder, "runtime_shift.sql").run("regressions");
    assertTrue(answer.contains("5 platform"), answer);
    assertFalse(answer.contains("slower"), answer);
  }
}
