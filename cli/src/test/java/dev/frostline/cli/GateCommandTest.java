package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateCommandTest {
  @TempDir static Path folder = Path.of(".");
  private static MadeFleet fleet;

  @BeforeAll
  static void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
  }

  @Test
  void unchangedDeployment_passes() {
    assertExit(0, gate("steady"));
  }

  @Test
  void provenSlowdown_fails_unlessWithinTheLimit() {
    assertExit(1, gate("heavy"));
    assertExit(1, gate("heavy", "--limit-ms", "20"));
    assertExit(0, gate("heavy", "--limit-ms", "80"));
    assertExit(1, gate("heavy", "--limit-ms", "80", "--limit-pct", "1"));
  }

  @Test
  void budget_isKeptByTheMedian() {
    assertExit(1, gate("steady", "--max-init-ms", "100"));
    assertExit(0, gate("steady", "--max-init-ms", "1000"));
  }

  @Test
  void missingData_neverPasses_unlessTold() {
    assertExit(3, gate("few"));
    assertExit(0, gate("few", "--pass-without-data"));
    assertExit(3, gate("nobody"));
    assertExit(1, gate("nobody", "--fail-on-empty"));
    assertExit(0, gate("nobody", "--pass-without-data"));
  }

  @Test
  void otherMemory_isNoComparisonOfCode() {
    assertExit(3, gate("sized"));
  }

  @Test
  void wholeFleet_failureWinsOverNotJudged() {
    String answer = fleet.run("gate", "--baseline", "1", "--candidate", "2");
    assertExit(1, answer);
    assertTrue(answer.contains("1 passed, 1 failed, 2 not judged"), answer);
  }

  @Test
  void json_carriesSchemaVersionAndOutcome() {
    String answer = gate("heavy", "-o", "json");
    assertTrue(
        answer.startsWith("{\n  \"schema_version\" : 1,\n  \"outcome\" : \"failed\""), answer);
    assertTrue(answer.contains("pkg3.m77"), answer);
  }

  @Test
  void baselineAlone_isWrongUsage() {
    assertExit(2, fleet.run("gate", "--baseline", "1"));
  }

  private static String gate(String function, String... more) {
    String[] arguments = new String[more.length + 7];
    String[] first = {"gate", "-f", function, "--baseline", "1", "--candidate", "2"};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return fleet.run(arguments);
  }

  private static void assertExit(int exit, String answer) {
    assertEquals("exit " + exit, answer.substring(answer.lastIndexOf('\n') + 1), answer);
  }
}
