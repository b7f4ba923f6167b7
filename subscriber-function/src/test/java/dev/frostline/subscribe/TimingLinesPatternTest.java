package dev.frostline.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.aws.FilterPattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The pattern against real lines: what Frostline reads passes, what it does not stays away. */
class TimingLinesPatternTest {
  private static final Path DATA =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FilterPattern SHIPPED = FilterPattern.parse(TimingLinesPattern.TEXT);

  /** What the reader takes in, by its own rules: first words of text lines, types of events. */
  private static final Pattern READ =
      Pattern.compile(
          "(?s)(import time:|INIT_START |INIT_REPORT |RESTORE_START |RESTORE_REPORT |START RequestId:"
              + "|REPORT RequestId:|FROSTLINE ).*|RequestId: \\S+ Error: Runtime exited.*"
              + "|RequestId: \\S+\\s+Status: \\w+\\s+ErrorType:.*|\\S+ \\S+ Task timed out after.*"
              + "|.*\"type\":\\s*\"platform\\.(initStart|initRuntimeDone|initReport|start|report"
              + "|restoreStart|restoreReport|fault)\".*");

  @Test
  void shipped_isAPatternThatAwsTakes() {
    assertTrue(TimingLinesPattern.TEXT.length() <= 1024, TimingLinesPattern.TEXT);
    assertTrue(TimingLinesPattern.isOurs(TimingLinesPattern.TEXT));
  }

  @Test
  void realPlatformLines_passExactlyWhenTheyAreRead() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file :
        List.of("cloudwatch_console_exports", "quoted_public_lines", "fixture_lines")) {
      for (String json : Files.readAllLines(DATA.resolve("platform-lines/" + file + ".ndjson"))) {
        JsonNode row = JSON.readTree(json);
        lines.add(row.path(row.has("message") ? "message" : "line").asText());
      }
    }
    int passed = 0;
    for (String line : lines) {
      String text = line.strip();
      boolean read = READ.matcher(text).matches();
      if (read) {
        passed++;
        assertTrue(SHIPPED.matches(line), line);
      }
    }
    assertTrue(passed > 150, passed + " of " + lines.size());
  }

  @Test
  void realPayloads_keepEveryTimingLine_andLoseTheRest() throws IOException {
    int read = 0;
    int notOurs = 0;
    int needless = 0;
    try (Stream<Path> files = Files.walk(DATA.resolve("lambda-python/webhook-stdlib/quiet"))) {
      for (Path file : files.filter(path -> path.toString().endsWith("ndjson.gz")).toList()) {
        for (String message : messages(file)) {
          boolean passes = SHIPPED.matches(message);
          if (READ.matcher(message.strip()).matches()) {
            read++;
            assertTrue(passes, message);
          } else {
            notOurs++;
            needless += passes ? 1 : 0;
          }
        }
      }
    }
    System.out.println(
        "filter pattern: "
            + read
            + " timing lines pass, "
            + needless
            + " of "
            + notOurs
            + " others");
    assertTrue(read > 10_000);
    assertEquals(0, needless);
  }

  private static List<String> messages(Path file) throws IOException {
    List<String> messages = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JSON.readTree(line)
            .path("logEvents")
            .forEach(event -> messages.add(event.path("message").asText()));
      }
    }
    return messages;
  }

  @Test
  void linesOfTheLayer_pass_asTextAndAsJson() {
    for (String line :
        List.of(
            "FROSTLINE begin v=1 id=84faca11 rt=python",
            "FROSTLINE end v=1 id=84faca11 why=next",
            "2026-10-08T07:30:27.768Z\t-\tINFO\tjava time:    260408 |     260408 |     shop.Patterns",
            "node time:     29632 |      29777 |   lib/heavy.js",
            "dotnet time:     29632 |      29777 | App",
            "{\"timestamp\":\"2026-11-22T13:01:27Z\",\"level\":\"WARN\",\"message\":\"FROSTLINE pack v=1 id=2\"}",
            "{\"time\":\"2026-10-08T07:30:27.768Z\",\"type\":\"platform.initStart\",\"record\":{}}")) {
      assertTrue(SHIPPED.matches(line), line);
    }
  }

  @Test
  void noise_doesNotPass() {
    for (String line :
        List.of(
            "END RequestId: b947edca-4eed-4d1f-867a-69675d275389",
            "hello world",
            "[INFO] imported 3 rows in real time",
            "EXTENSION\tName: datadog-agent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]",
            "{\"level\":\"INFO\",\"message\":\"order 12 priced\"}",
            "{\"time\":\"2026-10-08T07:30:29Z\",\"type\":\"platform.logsDropped\",\"record\":{}}",
            "{\"time\":\"2026-10-08T07:30:29Z\",\"type\":\"platform.runtimeDone\",\"record\":{}}")) {
      assertFalse(SHIPPED.matches(line), line);
    }
  }

  /** The evaluator itself, on examples of AWS's page on filter patterns. */
  @Test
  void evaluator_followsTheDocumentedRules() {
    assertTrue(FilterPattern.parse("ERROR").matches("[ERROR 400] BAD REQUEST"));
    assertFalse(FilterPattern.parse("ERROR ARGUMENTS").matches("[ERROR 400] BAD REQUEST"));
    assertTrue(FilterPattern.parse("?ERROR ?ARGUMENTS").matches("[ERROR 400] BAD REQUEST"));
    assertFalse(FilterPattern.parse("ERROR -ARGUMENTS").matches("[ERROR 419] MISSING ARGUMENTS"));
    assertTrue(
        FilterPattern.parse("\"INTERNAL SERVER ERROR\"").matches("[500] INTERNAL SERVER ERROR"));
    assertTrue(FilterPattern.parse("%AUTHORIZED%").matches("[ERROR 401] UNAUTHORIZED REQUEST"));
    assertFalse(FilterPattern.parse("error").matches("[ERROR 400] BAD REQUEST"));
    assertTrue(FilterPattern.parse("").matches("anything"));
    for (String refused : List.of("REPORT RequestId:", "%INIT_START|REPORT RequestId%", "\"open")) {
      assertThrows(IllegalArgumentException.class, () -> FilterPattern.parse(refused), refused);
    }
  }
}
