package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions whose deployments live, overlap, go and come back, each with what is true of it: every
 * command gives those answers and finds nothing else.
 */
class TimelinesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("frostline.timelines", Cli.shared("timelines")));
  private static final Set<String> HITS = Set.of("slower", "faster", "mixed");

  @TempDir static Path folder = Path.of(".");
  private static String store = "";
  private static JsonNode truth = new ObjectMapper().createObjectNode();
  private static JsonNode regressions = truth;
  private static JsonNode open = truth;
  private static final Map<String, Integer> suspect = new HashMap<>();
  private static final Map<String, String> live = new HashMap<>();

  @BeforeAll
  static void ingest() throws IOException {
    store = folder.resolve("timelines.duckdb").toString();
    List<String> words = new ArrayList<>(List.of("ingest", "--region", "eu-west-1", "--db", store));
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.map(Path::toString).filter(name -> name.endsWith(".gz")).sorted().forEach(words::add);
    }
    assertEquals(0, Cli.run(words.toArray(new String[0])).exitCode());
    truth = new ObjectMapper().readTree(FOLDER.resolve("truth.json").toFile()).get("functions");
    regressions = Cli.run("regressions", "--all", "-o", "json", "--db", store).json();
    open = Cli.run("report", "-o", "json", "--out", "-", "--db", store).json().path("open");
    JsonNode functions = Cli.run("functions", "-o", "json", "--db", store).json();
    for (JsonNode one : functions.get("rows")) {
      suspect.put(one.get("function").asText(), one.get("suspect").asInt());
      live.put(one.get("function").asText(), one.get("live").asText());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFunction_isToldAsItIs() {
    return truth.properties().stream()
        .map(one -> dynamicTest(one.getKey(), () -> assertTold(one.getKey(), one.getValue())));
  }

  private static void assertTold(String function, JsonNode expected) {
    List<String> wrong = new ArrayList<>();
    List<JsonNode> said = new ArrayList<>();
    regressions
        .get("comparisons")
        .forEach(
            one -> {
              if (one.get("function").asText().equals(function)) {
                said.add(one);
              }
            });
    checkFindings(said, expected, wrong);
    checkGates(function, expected, wrong);
    checkOpen(function, expected, wrong);
    checkLive(function, expected, wrong);
    if (expected.has("suspect")) {
      check(expected.get("suspect").asInt(), suspect.get(function), "suspect starts", wrong);
    }
    assertEquals(List.of(), wrong, expected.get("what").asText());
    assertFalse(said.isEmpty(), "nothing was compared");
  }

  private static void checkFindings(List<JsonNode> said, JsonNode expected, List<String> wrong) {
    if (expected.get("findings").isNull()) {
      return;
    }
    List<JsonNode> hits = new ArrayList<>(said);
    hits.removeIf(one -> !HITS.contains(one.get("verdict").asText()));
    for (JsonNode want : expected.get("findings")) {
      @Nullable JsonNode found = null;
      for (JsonNode one : said) {
        found =
            found == null && isBetween(one, want.get("before"), want.get("after")) ? one : found;
      }
      checkFinding(found, want, wrong);
      if (found != null) {
        hits.remove(found);
      }
      if (found != null && expected.has("stratum_mb")) {
        check(
            expected.get("stratum_mb").asInt(),
            found.path("stratum").path("memory_mb").asInt(),
            "memory",
            wrong);
      }
    }
    if (expected.has("drift")) {
      JsonNode drift = expected.get("drift");
      @Nullable JsonNode found = hits.isEmpty() ? null : hits.remove(0);
      checkChange(found, "slower", drift, wrong);
      if (found != null) {
        check("drift", found.get("kind").asText(), "kind", wrong);
        check(drift.get("from").asText(), found.get("before").asText(), "drift from", wrong);
        check(drift.get("to").asText(), found.get("after").asText(), "drift to", wrong);
      }
    }
    hits.forEach(one -> wrong.add("false: " + one));
  }

  private static boolean isBetween(JsonNode one, JsonNode before, JsonNode after) {
    return one.get("before").equals(before) && one.get("after").equals(after);
  }

  private static void checkFinding(@Nullable JsonNode found, JsonNode want, List<String> wrong) {
    checkChange(found, want.get("verdict").asText(), want, wrong);
    if (found != null) {
      check("deployment", found.get("kind").asText(), "kind", wrong);
    }
  }

  private static void checkChange(
      @Nullable JsonNode found, String verdict, JsonNode want, List<String> wrong) {
    if (found == null) {
      wrong.add("not told: " + want);
      return;
    }
    check(verdict, found.get("verdict").asText(), "verdict of " + want, wrong);
    double change = want.get("change_ms").asDouble();
    double said = found.get("change_ms").asDouble();
    if (!(Math.abs(said - change) <= Math.max(3, 0.1 * Math.abs(change)))) {
      wrong.add(said + " ms, truly " + change);
    }
    if (!want.get("first_suspect").isNull()) {
      String name = found.path("suspects").path(0).path("name").asText();
      String wanted = want.get("first_suspect").asText();
      if (!name.equals(wanted) && !name.startsWith(wanted + ".")) {
        wrong.add("blames " + name + ", not " + wanted);
      }
    }
  }

  private static void checkGates(String function, JsonNode expected, List<String> wrong) {
    if (!expected.get("gate_exit").isNull()) {
      Cli gate = Cli.run("gate", "-f", function, "--db", store);
      check(expected.get("gate_exit").asInt(), gate.exitCode(), gate.out(), wrong);
    }
    expected
        .path("gate_limits")
        .properties()
        .forEach(
            limit -> {
              Cli gate =
                  Cli.run("gate", "-f", function, "--limit-ms", limit.getKey(), "--db", store);
              check(limit.getValue().asInt(), gate.exitCode(), gate.out(), wrong);
            });
  }

  private static void checkOpen(String function, JsonNode expected, List<String> wrong) {
    if (!expected.has("open_in_last_week")) {
      return;
    }
    List<JsonNode> listed = new ArrayList<>();
    open.forEach(
        one -> {
          if (one.get("function").asText().equals(function)) {
            listed.add(one);
          }
        });
    JsonNode want = expected.get("open_in_last_week");
    check(want.isNull() ? 0 : 1, listed.size(), "open", wrong);
    if (!want.isNull() && !listed.isEmpty()) {
      check(want.get("opened_by"), listed.get(0).get("opened_by"), "opened by", wrong);
      check(want.get("live"), listed.get(0).get("live"), "live", wrong);
      double still = listed.get(0).get("change_ms").asDouble();
      if (!(Math.abs(still - want.get("change_ms").asDouble()) <= 5)) {
        wrong.add("still " + still);
      }
    }
  }

  private static void checkLive(String function, JsonNode expected, List<String> wrong) {
    if (expected.has("live")) {
      List<String> want = new ArrayList<>();
      expected.get("live").forEach(one -> want.add(one.asText()));
      check(String.join(", ", want), live.get(function), "live", wrong);
    }
  }

  private static void check(
      Object expected, @Nullable Object actual, String what, List<String> wrong) {
    if (!expected.equals(actual)) {
      wrong.add(what + ": " + actual + ", not " + expected);
    }
  }
}
