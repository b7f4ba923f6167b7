package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCommandTest {
  private static final String GIVEN =
      """
      db = "shop.duckdb"

      [gate]
      limit-ms = 50

      [env.prod]
      db = "prod.duckdb"

      [env.prod.gate]
      fail-on-empty = true

      [[budget]]
      function = "checkout-*"
      limits = ["init_p50 < 600ms", "import pandas < 0.1s"]

      [[budget]]
      function = "*"
      limits = ["init_p95 <= 4s"]
      level = "warn"

      [[owner]]
      function = "checkout-*"
      team = "payments"
      """;

  @TempDir Path folder = Path.of(".");

  @Test
  void everyValue_isToldWithThePlaceItStandsAt() throws IOException {
    Path file = given(GIVEN);
    JsonNode rows = config(file, "--env", "prod").json().path("rows");
    assertEquals(folder.resolve("prod.duckdb").toString(), value(rows, "db"));
    assertEquals(file + ":7", from(rows, "db"));
    assertEquals("--output", from(rows, "output"));
    assertEquals("50", value(rows, "gate.limit-ms"));
    assertEquals("true", value(rows, "gate.fail-on-empty"));
    assertEquals("checkout-*: init_p50 < 600ms (error)", value(rows, "budget"));
    assertTrue(rows.toString().contains("checkout-*: import pandas < 0.1s (error)"));
    assertTrue(rows.toString().contains("*: init_p95 <= 4s (warn)"));
    assertEquals("checkout-*: payments", value(rows, "owner"));
    assertEquals(file + ":21", from(rows, "owner"));
  }

  @Test
  void withoutAnEnvironment_itsTableIsNotRead() throws IOException {
    JsonNode rows = config(given(GIVEN)).json().path("rows");
    assertEquals(folder.resolve("shop.duckdb").toString(), value(rows, "db"));
    assertFalse(rows.toString().contains("fail-on-empty"), rows.toString());
  }

  @Test
  void anOptionGiven_isAboveTheFile() throws IOException {
    JsonNode rows = config(given(GIVEN), "--db", "mine.duckdb").json().path("rows");
    assertEquals("mine.duckdb", value(rows, "db"));
    assertEquals("--db", from(rows, "db"));
  }

  @Test
  void commands_takeTheirDefaultsFromTheFile() throws IOException {
    Cli cli = Cli.run("functions", "--config", given(GIVEN).toString());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().contains("no store at " + folder.resolve("shop.duckdb")), cli.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          colour = "red"                                                  | :1: unknown key colour. Known here:
          [gate]\\nlimit-sec = 3                                           | :2: unknown key gate.limit-sec. Known here:
          [gate]\\nlimit-ms = "3s"                                         | :2: gate.limit-ms is a number, not 3s
          output = "yaml"                                                 | :1: output is one of
          [gate]\\nfail-on-empty = "yes"                                   | :2: gate.fail-on-empty is true or false
          db = 3                                                          | :1: db is a text in quotes, not 3
          db =                                                            | :1: Unexpected end of input
          [[budget]]\\nlimits = ["init_p50 < 1s"]                          | :1: it names no functions
          [[budget]]\\nfunction = "*"                                      | :1: a budget needs limits
          [[budget]]\\nfunction = "*"\\nlimits = ["init_p50 < 600"]         | :3: "init_p50 < 600" has no unit (us, ms, s); write
          [[budget]]\\nfunction = "*"\\nlimits = ["init_p50 < 6min"]      | :3: "init_p50 < 6min" has the unit min, not
          [[budget]]\\nfunction = "*"\\nlimits = ["init_p42 < 1s"]          | :3: "init_p42 < 1s" measures init_p42, which is not known
          [[budget]]\\nfunction = "*"\\nlimits = ["import < 1s"]            | :3: "import < 1s" names no import
          [[budget]]\\nfunction = "*"\\nlimits = ["fast, please"]           | :3: "fast, please" is no limit
          [[budget]]\\nfunction = "*"\\nlimits = ["init_p50 < 1s"]\\nlevel = "fatal" | :4: level is "error" or "warn"
          [[budget]]\\nfunction = "*"\\nmax = 3                             | :3: unknown key max. Known here: function, level, limits
          budget = "none"                                                 | :1: write [[budget]]
          [[owner]]\\nfunction = "*"                                       | :1: an owner needs team
          """)
  void whatCannotBeRead_isToldWithItsLine(String text, String expected) throws IOException {
    Path file = given(text.replace("\\n", "\n"));
    Cli cli = config(file);
    assertEquals(Failure.USAGE, cli.exitCode(), cli.err());
    assertTrue(cli.err().startsWith("frostline: " + file + expected), cli.err());
  }

  @Test
  void fileThatIsNoText_orTooDeep_isToldSo() throws IOException {
    Path file = folder.resolve("frostline.toml");
    Files.write(file, new byte[] {'d', 'b', '=', '"', (byte) 0xff, '"'});
    assertEquals("frostline: " + file + ": it is not UTF-8 text\n", wrong(file));
    Files.writeString(file, "db = " + "[".repeat(30_000));
    assertEquals("frostline: " + file + ": its values are nested too deep\n", wrong(file));
  }

  @Test
  void quotesThatDoNotEnd_areToldSo() throws IOException {
    Path file = folder.resolve("frostline.toml");
    Files.writeString(file, "[[\"80p\\E]\\E]]]]]]ms\"\n");
    assertEquals("frostline: " + file + ":1: Invalid escape sequence '\\E'\n", wrong(file));
  }

  private static String wrong(Path file) {
    Cli cli = Cli.run("config", "--config", file.toString());
    assertEquals(Failure.USAGE, cli.exitCode(), cli.err());
    return cli.err();
  }

  @Test
  void unknownEnvironment_isAnErrorThatNamesTheOthers() throws IOException {
    Cli cli = config(given(GIVEN), "--env", "staging");
    assertEquals(Failure.USAGE, cli.exitCode());
    assertTrue(cli.err().contains("no environment staging. It has: prod"), cli.err());
  }

  @Test
  void budgetsThatCannotFail_areTold() throws IOException {
    Cli cli =
        config(
            given(
                "[[budget]]\nfunction = \"*\"\nlimits = [\"init_p50 < 1s\"]\nlevel = \"warn\"\n"));
    assertTrue(cli.err().contains("Every budget is a warning"), cli.err());
  }

  @Test
  void settings_areFoundUpwardsThenInTheHomeFolder() throws IOException {
    Path here = Files.createDirectories(folder.resolve("a/b"));
    Path home = Files.createDirectories(folder.resolve("home"));
    assertNull(Settings.find(null, Map.of(), here, home));
    Path users =
        Files.createDirectories(home.resolve(".config/frostline")).resolve("frostline.toml");
    Files.writeString(users, "");
    assertEquals(users, Settings.find(null, Map.of(), here, home));
    Path near = Files.writeString(folder.resolve("a/frostline.toml"), "");
    assertEquals(near, Settings.find(null, Map.of(), here, home));
    Path named = Files.writeString(folder.resolve("other.toml"), "");
    Map<String, String> variable = Map.of("FROSTLINE_CONFIG", named.toString());
    assertEquals(named, Settings.find(null, variable, here, home));
    assertEquals(near, Settings.find(near, variable, here, home));
  }

  private Path given(String text) throws IOException {
    return Files.writeString(folder.resolve("frostline.toml"), text);
  }

  private static Cli config(Path file, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("config", "--config", file.toString(), "-o", "json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(new String[0]));
  }

  private static String value(JsonNode rows, String setting) {
    return row(rows, setting).path("VALUE").textValue();
  }

  private static String from(JsonNode rows, String setting) {
    return row(rows, setting).path("FROM").textValue();
  }

  private static JsonNode row(JsonNode rows, String setting) {
    for (JsonNode row : rows) {
      if (row.path("SETTING").textValue().equals(setting)) {
        return row;
      }
    }
    throw new AssertionError("no " + setting + " in " + rows);
  }
}
