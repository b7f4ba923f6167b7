package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see who bring a file and ask what got slower. */
final class PublicVerdictsTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void halfAnHourOfTwoVersions_asTailPrintsThem_isEnoughForALargeChange() throws IOException {
    JsonNode change = onlyChange("public-cases/46-tail-short-two-versions.txt");
    assertEquals("7 8 slower", words(change), change.toString());
  }

  @Test
  void codePublishedAnew_underTheSameName_isComparedByItsFingerprint() throws IOException {
    for (String file : new String[] {"13c-latest-published.json", "13d-latest.json"}) {
      JsonNode change = onlyChange("public-cases/" + file);
      assertEquals("v1 v2 slower", words(change), change.toString());
      assertEquals("catalog", change.path("suspects").path(0).path("name").textValue());
      assertEquals(40, change.path("change_ms").doubleValue(), 4);
    }
  }

  @Test
  void linesOfWhichMostAreOfNoKnownForm_endWith5_andAreToldByTheDoctor() throws IOException {
    Path strange = Files.writeString(folder.resolve("x.txt"), "hello\nworld\nagain\n");
    Cli cli = Cli.run("ingest", strange.toString(), "--function", "f", "--db", db(), "--strict");
    assertEquals(Failure.REJECTED, cli.exitCode());
    assertTrue(cli.err().contains("x.txt: no known form: looks like text"), cli.err());
    assertTrue(Cli.run("doctor", "--db", db()).out().contains("no known form: looks like text"));
  }

  private JsonNode onlyChange(String shared) throws IOException {
    Path store = folder.resolve(Path.of(shared).getFileName() + ".duckdb");
    String db = store.toString();
    Cli ingest = Cli.run("ingest", Cli.shared(shared), "--function", "demo", "--db", db);
    assertEquals(0, ingest.exitCode(), ingest.err());
    JsonNode changes = Cli.run("regressions", "--all", "--db", db, "-o", "json").json();
    assertEquals(1, changes.path("comparisons").size(), changes.toString());
    return changes.path("comparisons").path(0);
  }

  private static String words(JsonNode change) {
    return change.path("before").asText()
        + " "
        + change.path("after").asText()
        + " "
        + change.path("verdict").asText();
  }

  private String db() {
    return folder.resolve("s.duckdb").toString();
  }
}
