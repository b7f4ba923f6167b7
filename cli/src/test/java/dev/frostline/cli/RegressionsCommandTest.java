package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.Statement;
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
  void persistent_waitsForASecondDay(@TempDir Path own) throws Exception {
    MadeFleet young = new MadeFleet(own);
    String waited = young.run("regressions", "--persistent", "-f", "heavy");
    assertTrue(waited.contains("slower: pkg3.m77"), waited);
    try (Store store = Store.open(young.file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          "UPDATE cold_start SET started_at = TIMESTAMP '2026-01-09' +"
              + " to_minutes(datediff('minute', TIMESTAMP '2026-01-09', started_at) // 10) WHERE"
              + " function = 'heavy' AND version = '2'");
    }
    String first = young.run("regressions", "--persistent", "-f", "heavy");
    assertTrue(first.contains("no difference shown, or on one day only"), first);
    assertFalse(first.contains("pkg3.m77"), first);
  }

  @Test
  void rule_isThatOfWhatTheLogsTell(@TempDir Path own) throws Exception {
    MadeFleet untraced = new MadeFleet(own);
    String traced = untraced.run("regressions", "-f", "heavy");
    assertTrue(traced.contains("rule: 99.9 % interval beyond max(2 ms, 1 % of init)"), traced);
    try (Store store = Store.open(untraced.file);
        Statement statement = store.connection().createStatement()) {
      statement.execute("DELETE FROM import_timing");
      statement.execute("UPDATE cold_start SET import_count = 0");
    }
    String answer = untraced.run("regressions", "-f", "heavy", "--all");
    assertTrue(answer.contains("rule: medians of days at p ≤ 0.0025"), answer);
    assertFalse(answer.contains("99.9 %"), answer);
  }

  @Test
  void shiftOfAWholeRuntime_isThePlatforms() throws Exception {
    String answer = new MadeFleet(folder, "runtime_shift.sql").run("regressions");
    assertTrue(answer.contains("5 platform"), answer);
    assertFalse(answer.contains("slower"), answer);
  }
}
