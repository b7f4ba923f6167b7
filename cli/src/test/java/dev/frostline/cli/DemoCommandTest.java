package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start of the README, with fewer starts. */
@Tag("alone")
final class DemoCommandTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void demo_findsTheRegressionOfEachSample() throws IOException {
    Cli demo = Cli.run("demo", "--dir", folder.toString(), "--starts", "12");
    assertEquals(0, demo.exitCode(), demo.err());
    String db = folder.resolve("frostline.duckdb").toString();
    JsonNode comparisons =
        Cli.run("regressions", "--all", "-o", "json", "--db", db).json().path("comparisons");
    Map<String, String> culprits =
        new HashMap<>(Map.of("order-price-python", "catalog", "order-price-java", "shop.Catalog"));
    if (!demo.out().contains("Node.js is left out: ")) {
      culprits.put("order-price-node", "catalog/index.js");
    }
    assertEquals(2 * culprits.size(), comparisons.size(), demo.out());
    for (JsonNode comparison : comparisons) {
      boolean changed = comparison.path("after").textValue().equals("3");
      String verdict = comparison.path("verdict").textValue();
      if (verdict.equals("host")) {
        assertTrue(demo.out().contains("This machine was busy"), demo.out());
      } else {
        List<String> expected = changed ? List.of("slower") : List.of("unchanged", "not_shown");
        assertTrue(expected.contains(verdict), verdict + demo.out());
      }
      if (changed) {
        assertEquals(
            culprits.remove(comparison.path("function").textValue()),
            comparison.path("suspects").path(0).path("name").textValue(),
            demo.out());
      }
    }
    assertEquals(Map.of(), culprits);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.anyMatch(file -> file.toString().endsWith(".html")), demo.out());
    }
  }

  @Test
  void syncedAgain_theLandingAddsNothing() throws IOException {
    assertEquals(0, Cli.run("demo", "--dir", folder.toString(), "--starts", "1").exitCode());
    String db = folder.resolve("frostline.duckdb").toString();
    String landing = folder.resolve("landing").toString();
    JsonNode again = Cli.run("sync", landing, "--db", db, "-o", "json").json();
    JsonSchemasTest.assertValid("ingest", again);
    assertEquals(0, again.path("lines").path("received").longValue());
    JsonNode other =
        Cli.run("sync", landing, "--db", folder.resolve("other.duckdb").toString(), "-o", "json")
            .json();
    int starts = Cli.run("functions", "-o", "json", "--db", db).json().path("rows").size() * 3;
    assertEquals(starts, other.path("cold_starts").path("new").intValue());
  }

  @Test
  void folderThatCannotBeMade_isSaidWithItsReason() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Cli cli = Cli.run("demo", "--dir", file.resolve("below").toString());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().contains("file/below: Not a directory. It needs bash"), cli.err());
  }
}
