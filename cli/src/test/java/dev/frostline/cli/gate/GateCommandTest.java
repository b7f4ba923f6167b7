package dev.frostline.cli.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.MadeFleet;
import dev.frostline.policy.Budget;
import dev.frostline.policy.BudgetCheck;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
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
  void budgets_comeFirst_inTheirUsersWords() throws IOException {
    String answer =
        gate("heavy", budgets("heavy", "\"init_p50 < 100ms\", \"import pkg3.m77 < 1s\""));
    assertExit(1, answer);
    List<String> lines = answer.lines().map(String::strip).toList();
    assertEquals("BUDGETS", lines.get(0));
    assertTrue(
        lines.get(1).matches("✗\\s+heavy\\s+2\\s+\\d+ ms \\(n=10\\)\\s+init_p50 < 100ms"), answer);
    assertTrue(lines.get(2).startsWith("✓") && lines.get(2).endsWith("import pkg3.m77 < 1s"));
    assertEquals("REGRESSION LIMIT  no proven slowdown", lines.get(3));
    assertTrue(lines.get(4).matches("✗\\s+heavy\\s+1 → 2 .*pkg3.m77.*"), answer);
  }

  @Test
  void budgetThatTooFewColdStartsWereMeasuredFor_doesNotPass() throws IOException {
    String[] p95 = budgets("steady", "\"init_p95 < 9s\"");
    String answer = gate("steady", p95);
    assertExit(3, answer);
    assertTrue(answer.contains("not judged: 10 cold starts, 20 needed"), answer);
    assertExit(0, gate("steady", p95[0], p95[1], "--pass-without-data"));
    assertExit(0, gate("steady", p95[0], p95[1], "--min-samples", "10"));
  }

  @Test
  void budgetForNobody_doesNotPass() throws IOException {
    String[] typo = budgets("chekout-*", "\"init_p50 < 9s\"");
    String answer = fleet.run("gate", "--baseline", "1", "--candidate", "2", typo[0], typo[1]);
    assertTrue(answer.contains("chekout-*"), answer);
    assertTrue(answer.contains("not judged: 0 cold starts, 1 needed"), answer);
  }

  @Test
  void warnings_areToldAndNeverFail() throws IOException {
    Path file = folder.resolve("warn.toml");
    Files.writeString(
        file, "[[budget]]\nfunction = \"*\"\nlimits = [\"init_p50 < 1ms\"]\nlevel = \"warn\"\n");
    String answer = gate("steady", "--config", file.toString());
    assertExit(0, answer);
    assertTrue(answer.contains("1 over a limit that only warns"), answer);
    assertTrue(answer.contains("none of them can fail this gate"), answer);
  }

  @Test
  void junit_isReadByARealParser() throws Exception {
    Path file = folder.resolve("gate.xml");
    fleet.run(
        "gate",
        "--baseline",
        "1",
        "--candidate",
        "2",
        "--max-init-ms",
        "1",
        "--junit",
        file.toString());
    List<ReportTestSuite> suites =
        new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());
    assertEquals("budgets", suites.get(0).getName());
    assertEquals(4, suites.get(0).getNumberOfTests());
    assertEquals(3, suites.get(0).getNumberOfFailures());
    assertEquals(1, suites.get(0).getNumberOfErrors(), "too few cold starts are no pass");
    ReportTestSuite regressions = suites.get(1);
    assertEquals("regression limit", regressions.getName());
    assertEquals(4, regressions.getNumberOfTests());
    assertEquals(1, regressions.getNumberOfFailures());
    assertEquals(2, regressions.getNumberOfErrors());
    ReportTestCase heavy =
        regressions.getTestCases().stream()
            .filter(ReportTestCase::hasFailure)
            .findFirst()
            .orElseThrow();
    assertEquals("heavy 1 → 2: no proven slowdown", heavy.getName());
    assertTrue(heavy.getFailureMessage().contains("pkg3.m77"), heavy.getFailureMessage());
  }

  @Test
  void summary_isCutBeforeGitHubRefusesIt() {
    List<BudgetCheck> many = new ArrayList<>();
    Budget budget =
        new Budget(new FunctionPattern("*"), Limit.parse("init_p50 < 1s"), Budget.Level.ERROR);
    for (int i = 0; i < 20_000; i++) {
      many.add(new BudgetCheck(budget, "1", "eu-west-1", "function-é-" + i, "7", 2000, 50, 5));
    }
    GateOutput output =
        new GateOutput(
            new GateAnswer(many, List.of(), List.of(), "no proven slowdown", false, false, false),
            false);
    String cut = output.summary(1_000_000);
    assertTrue(cut.getBytes(StandardCharsets.UTF_8).length < 1 << 20);
    assertTrue(cut.contains("0 passed, 20000 failed"), cut.substring(0, 200));
    assertTrue(cut.endsWith("more rows: cut, GitHub takes no larger summary.\n"));
    assertEquals(20_005 + 1, output.summary(Long.MAX_VALUE).lines().count());
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

  private static String[] budgets(String functions, String limits) throws IOException {
    Path file = folder.resolve("budgets.toml");
    Files.writeString(
        file, "[[budget]]\nfunction = \"" + functions + "\"\nlimits = [" + limits + "]\n");
    return new String[] {"--config", file.toString()};
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
