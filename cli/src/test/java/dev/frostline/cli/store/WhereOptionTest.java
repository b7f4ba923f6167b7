package dev.frostline.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.MadeFleet;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name in two accounts: whoever takes one function is told to say which. */
final class WhereOptionTest {
  private static final String[] PROD = {"--account", "123456789012", "--region", "eu-west-1"};
  private static final String[] DEV = {"--account", "210987654321", "-r", "us-east-1"};
  @TempDir static Path folder = Path.of(".");
  private static MadeFleet fleet;

  /** The fleet twice; in the other account nothing got slower. */
  @BeforeAll
  static void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
    try (Store store = Store.open(fleet.file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          """
          INSERT INTO cold_start
          SELECT * REPLACE (cold_start_id + 1 AS cold_start_id, '210987654321' AS account, 'us-east-1' AS region,
            CASE deployment WHEN '2' THEN init_ms - 40 ELSE init_ms END AS init_ms, 0 AS import_count)
          FROM cold_start WHERE function IN ('heavy', 'steady')
          """);
    }
  }

  @Test
  void rowsOfTwoAccounts_areToldApart_andTheNextCommandFindsOne() {
    String table = fleet.run("regressions", "--all");
    assertTrue(table.contains("REGION") && table.contains("ACCOUNT"), table);
    assertTrue(table.contains("us-east-1") && table.contains("210987654321"), table);
    String next = table.lines().filter(line -> line.startsWith("Next:")).findFirst().orElse("");
    assertTrue(next.contains("heavy 1..2 --account 123456789012 --region eu-west-1"), next);
  }

  @Test
  void functionOfTwoAccounts_isNotGuessed() {
    for (List<String> command :
        List.of(
            List.of("explain", "heavy", "1..2"),
            List.of("explain", "heavy"),
            List.of("compare", "heavy", "1", "2"),
            List.of("export", "heavy", "2", "--format", "folded"),
            List.of("export", "heavy", "2", "--format", "csv"),
            List.of("ack", "heavy", "1..2", "--reason", "x", "--until", "2999-01-01"))) {
      String answer = fleet.run(command.toArray(String[]::new));
      assertTrue(answer.endsWith("exit 2"), command + answer);
      assertTrue(
          answer.contains(
              "There are 2 functions heavy in this store. Say which: --account 123456789012"
                  + " --region eu-west-1, or --account 210987654321 --region us-east-1"),
          answer);
      assertTrue(run(command, "--account", "1").endsWith("exit 3"), command.toString());
    }
  }

  @Test
  void eitherOfThem_isTaken() {
    String prod = run(List.of("explain", "heavy", "1..2"), PROD);
    assertTrue(prod.startsWith("heavy  1 → 2   SLOWER"), prod);
    assertTrue(prod.contains("heavy 1..2 --account 123456789012 --region eu-west-1 --db "), prod);
    String dev = run(List.of("explain", "heavy"), DEV);
    assertFalse(dev.contains("SLOWER"), dev);
    assertTrue(dev.endsWith("exit 0"), dev);
    String one = run(List.of("compare", "heavy", "1", "2"), PROD);
    assertFalse(one.equals(run(List.of("compare", "heavy", "1", "2"), DEV)), one);
    String file = folder.resolve("heavy.csv").toString();
    String export = run(List.of("export", "heavy", "2", "--format", "csv", "--out", file), PROD);
    assertTrue(export.endsWith("exit 0"), export);
  }

  @Test
  void commandsOverTheFleet_areNarrowed() {
    assertEquals(2, rows(List.of("functions"), DEV));
    assertEquals(1, rows(List.of("functions", "-f", "heavy"), PROD));
    assertEquals(2, rows(List.of("functions", "-f", "heavy")));
    assertEquals(5, rows(List.of("imports", "pkg3.m77")));
    assertEquals(1, rows(List.of("imports", "pkg3.m77", "-f", "heavy"), PROD));
    assertEquals(0, rows(List.of("imports"), DEV));
    String prod = run(List.of("regressions"), PROD);
    assertTrue(prod.contains("heavy  ") && prod.contains("explain heavy 1..2 --account"), prod);
    assertFalse(run(List.of("regressions"), DEV).contains("▲"));
    List<String> gate = List.of("gate", "-f", "heavy", "--baseline", "1", "--candidate", "2");
    assertTrue(run(gate, PROD).endsWith("exit 1"));
    assertFalse(run(gate, DEV).endsWith("exit 1"));
    String budget = run(List.of("gate", "-f", "heavy", "--max-init-ms", "1"), DEV);
    assertTrue(budget.contains("1 failed"), budget);
  }

  @Test
  void regionOfTheAccount_hidesNoFunction() throws IOException {
    Path settings = folder.resolve("frostline.toml");
    String[] given = {"--config", settings.toString()};
    Files.writeString(settings, "region = \"us-east-1\"\n");
    assertEquals(rows(List.of("functions")), rows(List.of("functions"), given));
    Files.writeString(settings, "[functions]\nregion = \"us-east-1\"\n");
    assertEquals(2, rows(List.of("functions"), given));
  }

  @Test
  void acknowledgement_isOfOneAccount() {
    run(List.of("ack", "steady", "1..2", "--reason", "x", "--until", "2999-01-01"), DEV);
    assertEquals(1, rows(List.of("ack", "--list")));
    assertEquals(0, rows(List.of("ack", "--list"), PROD));
    assertTrue(run(List.of("ack", "steady", "1..2", "--remove"), PROD).endsWith("exit 2"));
    assertTrue(run(List.of("ack", "steady", "1..2", "--remove"), DEV).endsWith("exit 0"));
    assertEquals(0, rows(List.of("ack", "--list")));
  }

  private static long rows(List<String> command, String... where) {
    String answer =
        run(
            command,
            Stream.concat(Stream.of("-o", "csv"), Stream.of(where)).toArray(String[]::new));
    assertTrue(answer.endsWith("exit 0"), answer);
    return answer.lines().count() - 2;
  }

  private static String run(List<String> command, String... where) {
    return fleet.run(Stream.concat(command.stream(), Stream.of(where)).toArray(String[]::new));
  }
}
