package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start of the README, with fewer starts. */
final class DemoCommandTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void demo_findsTheRegressionOfTheSample() throws IOException {
    Cli demo = Cli.run("demo", "--dir", folder.toString(), "--starts", "12");
    assertEquals(0, demo.exitCode(), demo.err());
    String db = folder.resolve("frostline.duckdb").toString();
    JsonNode comparisons =
        Cli.run("regressions", "--all", "-o", "json", "--db", db).json().path("comparisons");
    assertEquals(2, comparisons.size());
    assertTrue(
        List.of("unchanged", "not_shown").contains(comparisons.path(0).path("verdict").textValue()),
        demo.out());
    assertEquals("slower", comparisons.path(1).path("verdict").textValue(), demo.out());
    assertTrue(
        comparisons.path(1).path("suspects").path(0).path("name").textValue().startsWith("catalog"),
        demo.out());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.anyMatch(file -> file.toString().endsWith(".html")), demo.out());
    }
  }

  @Test
  void syncedAgain_theLandingAddsNothing() throws IOException {
    assertEquals(0, Cli.run("demo", "--dir", folder.toString(), "--starts", "5").exitCode());
    String db = folder.resolve("frostline.duckdb").toString();
    String landing = folder.resolve("landing").toString();
    JsonNode again = Cli.run("sync", landing, "--db", db, "-o", "json").json();
    assertEquals(0, again.path("lines").path("received").longValue());
    JsonNode other =
        Cli.run("sync", landing, "--db", folder.resolve("other.duckdb").toString(), "-o", "json")
            .json();
    assertEquals(15, other.path("cold_starts").path("new").intValue());
  }
}
