package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.comparison.ComparisonText;
import dev.frostline.cli.output.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What people type, and how wide, coloured and whole the answers are. */
final class CommandLineTest {
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() {
    List<String> words = new ArrayList<>(List.of("ingest", "--db", db()));
    for (int version = 3; version <= 6; version++) {
      words.add(Cli.shared("lambda-python/checkout-api/quiet/v" + version + ".ndjson.gz"));
    }
    words.add(Cli.shared("lambda-python/mem-size/quiet/v3.ndjson.gz"));
    words.add(Cli.shared("lambda-python/mem-size/quiet/v4.ndjson.gz"));
    words.add(Cli.shared("lambda-python/scoring-model/quiet/v5.ndjson.gz"));
    assertEquals(0, Cli.run(words.toArray(new String[0])).exitCode());
  }

  @Test
  @Tag("long")
  void lostAnswer_isAFailure_andAReaderWhoLeavesIsNone() throws Exception {
    for (List<String> command :
        List.of(
            List.of("regressions"), List.of("sql", "FROM imports", "-o", "csv"), List.of("help"))) {
      List<String> words = new ArrayList<>(command);
      words.addAll(command.get(0).equals("help") ? List.of() : List.of("--db", db()));
      ProcessBuilder full = CliProcess.of(folder, words.toArray(new String[0]));
      Cli lost = CliProcess.run(full.redirectOutput(new File("/dev/full")), Map.of());
      assertEquals(Failure.COULD_NOT, lost.exitCode(), command.toString());
      assertTrue(lost.err().startsWith("frostline: Cannot write to standard output: "), lost.err());
    }
    List<String> csv =
        CliProcess.of(folder, "sql", "FROM imports", "-o", "csv", "--db", db()).command();
    String pipe = "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}";
    List<String> words = new ArrayList<>(List.of("bash", "-c", pipe));
    words.addAll(csv);
    Cli head = CliProcess.run(new ProcessBuilder(words), Map.of());
    assertEquals(0, head.exitCode(), head.err());
    assertEquals("", head.err());
  }

  @Test
  void everyCommand_isSaidInOneWholeSentence() {
    CommandLine root = Frostline.whole();
    List<String> cut = new ArrayList<>();
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              String[] description = command.getCommandSpec().usageMessage().description();
              Class<?> type = command.getCommandSpec().userObject().getClass();
              assertEquals(name, Frostline.word(type));
              if (!name.equals("help") && !description[0].endsWith(".")) {
                cut.add(name + ": " + description[0]);
              }
              Cli help = Cli.run(name, "--help");
              if (help.exitCode() != 0 || !help.err().isEmpty()) {
                cut.add(name + " --help ends with " + help.exitCode() + help.err());
              }
            });
    assertEquals(List.of(), cut);
  }

  @Test
  void everyOption_isSaidInASentence_underALabelInCapitals() {
    List<String> wrong = new ArrayList<>();
    Frostline.whole().getSubcommands().forEach((name, command) -> read(name, command, wrong));
    assertEquals(List.of(), wrong);
  }

  private static void read(String name, CommandLine command, List<String> wrong) {
    for (CommandLine.Model.ArgSpec one : command.getCommandSpec().args()) {
      String words = String.join(" ", one.description());
      boolean isSentence = words.matches("(?s)\\p{Lu}.*\\.|s3://.*\\.|\\$.*\\.");
      if (!name.equals("help")
          && (!isSentence || (one.paramLabel().matches("<.*>") && one.arity().max() > 0))) {
        wrong.add(name + " " + one.paramLabel() + ": " + words);
      }
    }
    command.getSubcommands().forEach((below, each) -> read(name + " " + below, each, wrong));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 200})
  void regressions_fitTheTerminal(int width) throws Exception {
    for (String line : regressions(Map.of("COLUMNS", String.valueOf(width))).lines().toList()) {
      assertTrue(line.length() <= width || line.startsWith("Next: "), line);
    }
  }

  @Test
  void wrongUsage_isOneSentence_howToCallIt_andWhereMoreIs() {
    Cli wrong = Cli.run("gate", "--limit-ms=-5");
    assertEquals(Failure.USAGE, wrong.exitCode());
    List<String> said = wrong.err().lines().toList();
    assertTrue(
        said.get(0).startsWith("frostline: Invalid value for option '--limit-ms'"), said.get(0));
    assertTrue(said.get(1).startsWith("Usage: frostline gate "), said.get(1));
    assertEquals("More: frostline gate --help", said.get(said.size() - 1));
    Cli unknown = Cli.run("regresions");
    assertTrue(unknown.err().contains("Did you mean"), unknown.err());
    assertTrue(unknown.err().contains("More: frostline --help"), unknown.err());
  }

  @Test
  void causes_canBeReadAtEightyColumns() throws Exception {
    String table = regressions(Map.of("COLUMNS", "80"));
    assertTrue(table.contains("new: pandas +"), table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"functions", "imports"})
  void grids_fitTheTerminal_andSayWhatIsMissing(String command) throws Exception {
    Cli narrow =
        CliProcess.run(CliProcess.of(folder, command, "--db", db()), Map.of("COLUMNS", "60"));
    assertTrue(narrow.out().lines().allMatch(line -> line.length() <= 60), narrow.out());
    assertTrue(narrow.out().contains(" not shown in 60 columns: "), narrow.out());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 200})
  void explanation_fitsTheTerminal_butForCommandsToCopy(int width) throws Exception {
    Cli explained =
        CliProcess.run(
            CliProcess.of(folder, "explain", "checkout-api", "3..4", "--db", db()),
            Map.of("COLUMNS", String.valueOf(width)));
    assertTrue(explained.out().contains("SUSPECTS"), explained.err());
    for (String line : explained.out().lines().toList()) {
      assertTrue(line.length() <= width || line.contains(" frostline "), line);
    }
  }

  @Test
  void costOfAnImport_saysAtAnyWidthWhereItFailed() throws Exception {
    ProcessBuilder ask = CliProcess.of(folder, "imports", "pandas", "--db", db());
    Cli pandas = CliProcess.run(ask, Map.of("COLUMNS", "60"));
    assertTrue(pandas.out().lines().findFirst().orElse("").contains(" FAILED"), pandas.out());
  }

  @Test
  void marks_haveColoursWhereTheyAreWanted() throws Exception {
    assertTrue(regressions(Map.of("CLICOLOR_FORCE", "1")).contains("\u001b[31m▲\u001b[39m"));
    assertFalse(regressions(Map.of()).contains("\u001b"));
    assertFalse(regressions(Map.of("NO_COLOR", "1")).contains("\u001b"));
  }

  @Test
  void regressions_sayWhenWhoseAndByWhichRule() throws Exception {
    Path settings = folder.resolve("frostline.toml");
    Files.writeString(settings, "[[owner]]\nfunction = \"checkout-*\"\nteam = \"payments\"\n");
    String table = run("regressions", "--all", "--config", settings.toString()).out();
    assertTrue(table.contains("LIVE SINCE") && table.contains("2026-09-19"), table);
    assertTrue(table.contains("OWNER") && table.contains("payments"), table);
    assertTrue(table.contains("rule: 99.9 % interval beyond max(2 ms, 1 % of init)"), table);
  }

  @Test
  void timeWithoutADeployment_isSaidWithTheNewestColdStart() {
    String none = run("regressions", "--since", "7d").out();
    assertTrue(none.startsWith("No deployment that changed its function went live since"), none);
    assertTrue(none.contains("The newest cold start was at 2026-"), none);
  }

  @Test
  void csv_holdsTheNumbersOfTheJson() throws Exception {
    JsonNode json = run("regressions", "--all", "-o", "json").json().path("comparisons");
    Path file =
        Files.writeString(folder.resolve("r.csv"), run("regressions", "--all", "-o", "csv").out());
    JsonNode rows = PythonCsv.rows(file);
    assertEquals(json.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      JsonNode one = json.get(i);
      assertEquals(one.path("after_since").asText(), row.path("after_since").asText());
      assertEquals(
          one.path("change_ms").doubleValue(), Double.parseDouble(row.path("change_ms").asText()));
      assertEquals(
          one.path("init_ms").path("after").path("median").doubleValue(),
          Double.parseDouble(row.path("after_median_ms").asText()));
    }
    Path compared =
        Files.writeString(
            folder.resolve("c.csv"), run("compare", "checkout-api", "3..4", "-o", "csv").out());
    JsonNode median = PythonCsv.rows(compared).get(2);
    assertEquals("init median ms", median.path("measure").asText());
    assertEquals(315.57, Double.parseDouble(median.path("before").asText()), 0.01);
  }

  @Test
  void bothFormsOfAPair_areTaken() throws Exception {
    assertEquals(
        run("explain", "checkout-api", "3..4").out(),
        run("explain", "checkout-api", "3", "4").out());
    assertEquals(
        run("compare", "checkout-api", "3..4").out(),
        run("compare", "checkout-api", "3", "4").out());
    assertEquals(Failure.USAGE, run("explain", "checkout-api", "3", "4", "5").exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain chekout-api|3|Did you mean checkout-api?",
        "explain checkout|3|Did you mean checkout-api?",
        "explain checkout-api 3..99|3|No deployment 99 of checkout-api; there are 3, 4, 5, 6",
        "explain nothing-like-it|3|See frostline functions",
        "sql deployments -p fn=checkout-api|2|no parameter fn; known: function, account, region,"
            + " since",
        "sql import_tree|2|needs -p function=… -p deployment=…",
        "gate -f checkout-api --limit-ms=-5|2|no time of 0 ms or more",
        "gate -f checkout-api --limit-pct x|2|no share of 0 % or more",
        "export checkout-api --format flame|2|none of speedscope, folded, pprof, chrome-trace,"
            + " otlp",
        "export checkout-api --format folded --out /nosuch/x|4|there is no such folder",
        "explain checkout-api 3..4 -o html --out /nosuch/x|4|/nosuch/x: there is no such folder"
      })
  void mistake_isAnsweredWithTheNextStep(String command, int exitCode, String sentence) {
    Cli cli = run(command.split(" ", -1));
    assertEquals(exitCode, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(sentence), cli.err());
  }

  @Test
  void bucketWithoutARegion_isAnsweredInOneSentence() throws Exception {
    ProcessBuilder sync = CliProcess.of(folder, "sync", "s3://my-bucket", "--db", db());
    sync.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    Cli cli =
        CliProcess.run(
            sync,
            Map.of(
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"));
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertEquals(
        "frostline: No AWS Region is set. Name one: export AWS_REGION=eu-west-1\n", cli.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"50", "50ms", "0.05s", "50 ms"})
  void limit_isTakenWithItsUnit(String limit) {
    Cli gate =
        run(
            "gate",
            "-f",
            "checkout-api",
            "--baseline",
            "3",
            "--candidate",
            "4",
            "--limit-ms",
            limit);
    assertEquals(Failure.JUDGED, gate.exitCode(), gate.err());
    assertTrue(gate.out().contains("≤ +50.0 ms"), gate.out());
  }

  @Test
  void readyQueries_areThoseForPeople_withTheirParameters() throws Exception {
    String list = run("sql", "--list").out();
    assertTrue(list.contains("deployments   -p function account region since"), list);
    assertFalse(list.contains("report_") || list.contains("page_"), list);
    assertTrue(run("sql", "--list", "--all").out().contains("report_week"));
    assertEquals("1 row", run("sql", "SELECT 1").err().split(" · ", 2)[0]);
  }

  @Test
  void sqlThatBeginsWithAComment_isNoOption() {
    for (String sql : List.of("-- why\nSELECT 1", "--why\nSELECT 1", "-- a=b\nSELECT 1")) {
      Cli answer = run("sql", sql);
      assertEquals(0, answer.exitCode(), answer.err());
      assertEquals("1 row", answer.err().split(" · ", 2)[0]);
    }
    assertTrue(run("sql", "--lst").err().startsWith("frostline: Unknown option: '--lst'"));
  }

  @Test
  void functions_sayHowItIsNow() throws Exception {
    JsonNode rows = run("functions", "-f", "mem-size", "-o", "json").json().path("rows");
    String newest =
        "SELECT median(init_ms) AS m FROM cold_starts WHERE function = 'mem-size' AND deployment ="
            + " '4' AND status = 'success' AND trust = 'ok' AND init_kind = 'on-demand'";
    double truth =
        run("sql", newest, "-o", "json").json().path("rows").path(0).path("m").asDouble();
    assertEquals(truth, rows.path(0).path("init_p50_ms").doubleValue(), 0.01);
  }

  @Test
  void failedImport_isTold_andWhoNoLongerPaysIsNotListed() throws Exception {
    JsonNode rows = run("imports", "pandas", "-o", "json").json().path("rows");
    assertEquals(1, rows.size(), rows.toString()); // 5 and 6 of checkout-api import it no more
    assertEquals("scoring-model", rows.path(0).path("function").asText());
    assertTrue(rows.path(0).path("failed").booleanValue(), rows.toString());
  }

  @Test
  void tablesForPeople_haveOneStyle_andProgramsKeepTheirNames() {
    assertTrue(run("functions").out().contains(" INIT P50 MS "), run("functions").out());
    assertTrue(run("imports").out().startsWith(" NAME "), run("imports").out());
    assertTrue(run("functions", "-o", "csv").out().contains(",init_p50_ms,"));
    assertTrue(run("sql", "SELECT 1 AS init_p50_ms").out().contains("init_p50_ms"));
    String resized = run("regressions", "--all", "-f", "mem-size").out();
    assertTrue(resized.contains("memory changed: 512 MB → 1769 MB"), resized);
  }

  @Test
  void nothing_hasNoSign() {
    assertEquals("0 ms", ComparisonText.signed(-0.004));
    assertEquals("+0.01 ms", ComparisonText.signed(0.006));
    assertEquals("–", ComparisonText.signed(Double.NaN));
    String explained = run("explain", "checkout-api", "3..4").out();
    assertFalse(explained.contains("+0.00 ms") || explained.contains("−0.00 ms"), explained);
  }

  @Test
  void reportAsJsonAlone_goesToStandardOutput() throws Exception {
    assertEquals(1, run("report", "-o", "json").json().path("schema_version").intValue());
  }

  private static String regressions(Map<String, String> environment) throws Exception {
    ProcessBuilder command = CliProcess.of(folder, "regressions", "--all", "--db", db());
    for (String name : List.of("COLUMNS", "NO_COLOR", "CLICOLOR_FORCE")) {
      command.environment().remove(name);
    }
    Cli cli = CliProcess.run(command, environment);
    assertEquals(0, cli.exitCode(), cli.err());
    return cli.out();
  }

  private static Cli run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!all.contains("--list")) {
      all.addAll(List.of("--db", db()));
    }
    return Cli.run(all.toArray(new String[0]));
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
