package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assistant's side of the protocol is the SDK's own client, run by a real Node.js. */
final class McpCommandTest {
  @TempDir static Path folder = Path.of(".");

  private static String db = "";
  private static JsonNode answers = new ObjectMapper().createObjectNode();

  @BeforeAll
  static void ask() throws Exception {
    Tool node = Tool.fetched("node-22/bin/node");
    Path sdk = Tool.FETCHED.resolve("mcp-sdk");
    assumeTrue(Files.isDirectory(sdk) || System.getenv("CI") != null, "no " + sdk);
    db = folder.resolve("store.duckdb").toString();
    List<String> arguments = new ArrayList<>(List.of("ingest", "--db", db));
    for (int version = 1; version <= 5; version++) {
      arguments.add(Cli.shared("lambda-python/checkout-api/quiet/v" + version + ".ndjson.gz"));
    }
    assertEquals(0, Cli.run(arguments.toArray(String[]::new)).exitCode());
    Path client = Path.of(McpCommandTest.class.getResource("mcp_client.mjs").toURI());
    answers =
        new ObjectMapper()
            .readTree(
                node.run(
                    folder,
                    Map.of(),
                    client.toString(),
                    sdk.toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    System.getProperty("java.class.path"),
                    db));
  }

  @Test
  void everyTool_saysThatItOnlyReads() {
    assertEquals("frostline", answers.at("/server/name").asText());
    assertEquals(
        "[\"functions true\",\"findings true\",\"explain true\",\"imports true\",\"sql true\"]",
        answers.path("tools").toString());
  }

  @Test
  void tools_sayWhatTheCommandsSay() {
    same("functions", "functions");
    same("findings", "regressions", "--since", "2020-01-01");
    same("explain", "explain", "checkout-api", "3..4");
    same("imports", "imports", "pandas");
    same("sql", "sql", "SELECT count(*) AS n FROM cold_starts");
    assertTrue(answers.at("/explain/text").asText().contains("pandas"));
  }

  @Test
  void whatCannotBeAnswered_isAnErrorInWords() {
    assertError("written", "frostline: ");
    assertError("unknown", "no-such");
    assertError("injected", "--db=/etc/passwd");
    assertTrue(answers.at("/tool/refused").asText().contains("no tool delete_everything"));
    assertTrue(answers.at("/parameter/refused").asText().contains("sql has no parameter file"));
    assertTrue(answers.at("/missing/refused").asText().contains("sql needs statement"));
  }

  @Test
  void settings_holdForWhatIsAsked() throws Exception {
    Path settings = folder.resolve("other.toml");
    Files.writeString(settings, "[env.mars.functions]\nregion = \"mars-1\"\n");
    Path asked = folder.resolve("asked.json");
    Files.writeString(
        asked,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"functions\",\"arguments\":{}}}\n");
    assertTrue(answer(asked, "--config", settings.toString()).contains("checkout-api"));
    String onMars = answer(asked, "--config", settings.toString(), "--env", "mars");
    assertFalse(onMars.contains("checkout-api"), onMars);
    assertTrue(onMars.contains("schema_version"), onMars);
  }

  private static String answer(Path asked, String... settings) throws Exception {
    List<String> words = new ArrayList<>(List.of("mcp", "--db", db));
    words.addAll(List.of(settings));
    ProcessBuilder command = CliProcess.of(folder, words.toArray(new String[0]));
    return CliProcess.run(command.redirectInput(asked.toFile()), Map.of()).out();
  }

  private static void assertError(String question, String words) {
    JsonNode answer = answers.path(question);
    assertTrue(answer.path("error").asBoolean(), answer.toString());
    assertTrue(answer.path("text").asText().contains(words), answer.toString());
  }

  private static void same(String tool, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--db", db, "-o", "json"));
    Cli cli = Cli.run(words.toArray(String[]::new));
    assertEquals(cli.out(), answers.path(tool).path("text").asText(), answers.toString());
  }
}
