package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real answers against the schemas of {@code docs/schemas}. */
final class JsonSchemasTest {
  private static final Path SCHEMAS =
      Path.of(System.getProperty("frostline.root", ".."), "docs", "schemas");
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() throws Exception {
    Files.writeString(
        folder.resolve("frostline.toml"),
        """
        [[budget]]
        function = "*"
        limits = ["init_p50 < 300ms", "import pandas < 1ms"]

        [[owner]]
        function = "checkout-*"
        team = "payments"
        """);
    List<String> words = new ArrayList<>(List.of("ingest", "--db", db(), "-o", "json"));
    for (String name :
        List.of(
            "lambda-python/checkout-api/quiet/v3.ndjson.gz",
            "lambda-python/checkout-api/quiet/v4.ndjson.gz",
            "lambda-python/checkout-api/quiet/v5.ndjson.gz",
            "lambda-python/webhook-stdlib/quiet/v5.ndjson.gz",
            "lambda-python/webhook-stdlib/quiet/v6.ndjson.gz",
            "timelines/creep.ndjson.gz",
            "timelines/rollback.ndjson.gz",
            "timelines/patched-under-it.ndjson.gz",
            "timelines/big-limit.ndjson.gz")) {
      words.add(Cli.shared(name));
    }
    assertValid("ingest", Cli.run(words.toArray(new String[0])).json());
  }

  @ParameterizedTest
  @CsvSource({
    "regressions, regressions --all",
    "regressions, regressions",
    "regressions, regressions -f nothing",
    "replay, regressions --replay 3 -f checkout-api",
    "comparison, explain checkout-api 3..4",
    "comparison, explain webhook-stdlib 5..6",
    "comparison, compare checkout-api 4 5",
    "deployment, explain checkout-api 4",
    "gate, gate",
    "gate, gate -f checkout-api --candidate 4 --limit-ms 50",
    "gate, gate -f nothing",
    "report, report --week 2026-W39",
    "report, report --week 2026-W46",
    "report, report --week 2020-W01",
    "prune, prune --dry-run --raw-days 30",
    "rows, functions",
    "rows, imports",
    "rows, imports pandas",
    "rows, sql slowest_imports",
    "rows, advise -f checkout-api",
    "rows, rejects",
    "rows, doctor",
    "rows, ack --list",
    "promises, promises",
    "rows, config",
    "version, version"
  })
  void answer_isAsItsSchemaSays(String schema, String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("-o", "json", "--config", folder.resolve("frostline.toml").toString()));
    if (!Set.of("version", "config").contains(words.get(0))) {
      words.addAll(List.of("--db", db()));
    }
    Cli cli = Cli.run(words.toArray(new String[0]));
    assertValid(schema, cli.json());
  }

  @Test
  void lake_isAnsweredAsItsSchemaSays() throws Exception {
    Path store = Files.copy(Path.of(db()), folder.resolve("of-the-lake.duckdb"));
    String lake = folder.resolve("lake").toString();
    Cli cli = Cli.run("compact", "--lake", lake, "--db", store.toString(), "-o", "json");
    assertValid("compact", cli.json());
  }

  @Test
  void everyCommandThatAnswersInJson_isListedWithItsSchema() throws Exception {
    String list = Files.readString(SCHEMAS.resolve("README.md"));
    List<String> missing = new ArrayList<>();
    Frostline.whole()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              boolean answers =
                  Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
                      .anyMatch(one -> one.getCommandSpec().findOption("--output") != null);
              if (answers && !list.matches("(?s).*`" + name + "[ `].*")) {
                missing.add(name);
              }
            });
    assertEquals(List.of(), missing);
  }

  @Test
  void schema_refusesWhatIsNoAnswer() throws Exception {
    JsonNode answer = new ObjectMapper().readTree("{\"schema_version\": 1, \"comparisons\": [{}]}");
    assertFalse(schema("regressions").validate(answer).isEmpty());
  }

  static void assertValid(String schema, JsonNode answer) {
    assertEquals(Set.of(), schema(schema).validate(answer));
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(SCHEMAS.resolve(name + ".schema.json").toAbsolutePath().toUri());
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
