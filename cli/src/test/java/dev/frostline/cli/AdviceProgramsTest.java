package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program of the shared data with its known answers, as a handler; those in which the ends of
 * a process matter as a script too.
 */
@Tag("long")
final class AdviceProgramsTest {
  private static final Set<String> SCRIPTS =
      Set.of("exit-hook", "log-setup", "monkey-patch", "registry", "unused");

  @TempDir Path folder = Path.of(".");

  static Stream<String> programs() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(Cli.shared("advice")))) {
      return folders
          .filter(Files::isDirectory)
          .map(one -> one.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void advice_isTheTruth(String name) throws Exception {
    assertTruth(name, "--handler=app.handler", "--events=events.json");
    if (SCRIPTS.contains(name)) {
      assertTruth(name, "--", "python3", "app.py");
    }
  }

  /**
   * What libraries import and never run is not advised, though it is most of init; what the program
   * really does not need is. Of the first most is needed by base classes and the like.
   */
  @Test
  void unusedImport_isProposed_andNothingThatLibrariesNeed() throws Exception {
    Files.writeString(
        folder.resolve("app.py"),
        """
        import boto3
        from pydantic import BaseModel

        client = boto3.client("s3", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")


        def handler(event, context):
            if event["n"] == 99:
                return BaseModel().model_dump_json()
            return client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})[:40]
        """);
    Files.writeString(folder.resolve("events.json"), "[{\"n\": 1}, {\"n\": 2}]");
    Path python = Tool.fetched("moto/bin/python3").folder().resolve("python3");
    List<String> words = new ArrayList<>(CliProcess.of(folder).command());
    words.addAll(List.of("advise", "-o", "json", "--budget", "90s"));
    words.addAll(List.of("--handler=app.handler", "--events=events.json", "--", python.toString()));
    Cli cli = CliProcess.run(new ProcessBuilder(words).directory(folder.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.err());
    Set<String> proposed = new TreeSet<>();
    for (JsonNode trial : cli.json().path("tried")) {
      if (trial.path("outcome").asText().equals("helps")) {
        proposed.add(trial.path("modules").path(0).asText());
      }
    }
    assertEquals(Set.of("pydantic"), proposed, cli.out());
    assertTrue(cli.json().path("libraries_untried").size() > 0, cli.out());
    assertEquals(
        1, cli.json().path("diff").asText().split("\n\\+\\+\\+ ", -1).length - 1, cli.out());
  }

  private void assertTruth(String name, String... options) throws Exception {
    Path code = AdviceTest.copied(name, Files.createTempDirectory(folder, name));
    JsonNode truth =
        new ObjectMapper().readTree(code.resolve("truth.json").toFile()).path("imports");
    List<String> words = new ArrayList<>(CliProcess.of(code).command());
    words.addAll(List.of("advise", "-o", "json", "--budget", "60s"));
    words.addAll(List.of(options));
    Cli cli = CliProcess.run(new ProcessBuilder(words).directory(code.toFile()), Map.of());
    assertEquals(0, cli.exitCode(), cli.err());
    for (String word : List.of("helps", "moved")) {
      assertEquals(expected(truth, word), found(cli.json(), truth, word), cli.out());
    }
  }

  private static Set<String> expected(JsonNode truth, String word) {
    Set<String> modules = new TreeSet<>();
    for (Map.Entry<String, JsonNode> module : truth.properties()) {
      boolean costs = module.getValue().path("saves_ms").asInt() > 0;
      if (costs && module.getValue().path("deferring").asText().equals(word)) {
        modules.add(module.getKey());
      }
    }
    return modules;
  }

  private static Set<String> found(JsonNode advice, JsonNode truth, String word) {
    Set<String> modules = new TreeSet<>();
    for (JsonNode trial : advice.path("tried")) {
      if (trial.path("outcome").asText().equals(word)) {
        String module = trial.path("modules").path(0).asText();
        modules.add(module);
        double saves = -truth.path(module).path("saves_ms").asDouble();
        JsonNode interval = trial.path("init_ci_ms");
        assertTrue(
            interval.path(0).asDouble() <= saves && saves <= interval.path(1).asDouble(),
            module + " " + interval);
        assertEquals(
            truth.path(module).path("used_share").asDouble(), trial.path("used_share").asDouble());
      }
    }
    return modules;
  }
}
