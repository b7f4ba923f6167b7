package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir static Path folder = Path.of(".");
  private static MadeFleet fleet;

  @BeforeAll
  static void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
  }

  @Test
  void everyFormat_isWrittenFromOneModel() throws IOException {
    Path out = folder.resolve("reports");
    String answer = report("--out", out.toString(), "-o", "html,markdown,text,json");
    assertTrue(
        answer.matches(
            "(?s)Wrote .*W02.html \\(\\d+ kB, one file\\) · .md · .txt · .json\\s+exit 0"),
        answer);
    for (String suffix : new String[] {"html", "md", "txt", "json"}) {
      String text = Files.readString(out.resolve("frostline-2026-W02." + suffix));
      assertTrue(text.contains("heavy") && text.contains("pkg3.m77"), suffix);
    }
  }

  @Test
  void text_goesToStandardOutput_forAMail() {
    String answer = report("--out", "-", "-o", "text");
    assertTrue(answer.startsWith("▲ Slower: 2 deployments made cold starts slower"), answer);
    assertTrue(answer.contains("\nAct on these\n------------\n"), answer);
    assertTrue(answer.lines().noneMatch(line -> line.contains("|") || line.contains("**")), answer);
  }

  @Test
  void json_holdsTheModelAndTheCommandBehindEachPart() throws IOException {
    String answer = report("--out", "-", "-o", "json");
    JsonNode json = new ObjectMapper().readTree(answer.substring(0, answer.lastIndexOf("exit")));
    assertEquals(1, json.path("schema_version").intValue());
    JsonNode report = json.path("report");
    assertEquals("2026-W02", report.path("week").textValue());
    JsonNode first = report.path("changes").path("act_on").path("shown").path(0);
    assertEquals("slower", first.path("verdict").textValue());
    assertTrue(first.path("added_wait_ms").isNumber());
    assertTrue(report.path("trend").path(0).path("p50_ms").isNull(), "not known is null");
    JsonNode source = json.path("sources").path("shared_weight").path(0);
    assertTrue(source.path("command").textValue().startsWith("frostline sql report_shared_weight"));
    assertTrue(source.path("question").textValue().startsWith("Which packages cost"));
  }

  @Test
  void historyWithoutVersions_isInTheReport() {
    assertTrue(
        report("--out", "-", "-o", "text").contains("unnamed $LATEST@2026-01-01T00:00:00Z → "));
  }

  private static String report(String... more) {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(more, 0, arguments, 3, more.length);
    arguments[0] = "report";
    arguments[1] = "--week";
    arguments[2] = "2026-W02";
    return fleet.run(arguments);
  }
}
