package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.policy.Promises;
import dev.frostline.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises about the made fleet, whose {@code heavy 1 -> 2} is 40 ms slower. */
final class PromisesCommandTest {
  @TempDir Path folder = Path.of(".");
  private MadeFleet fleet;

  @BeforeEach
  void makeFleet() throws Exception {
    fleet = new MadeFleet(folder);
  }

  @Test
  void advice_isHeldAgainstTheDeploymentThatCarriesIt() throws Exception {
    String added = add(advice("helps", 42, 36, 48), "heavy", "--deployment", "2");
    assertTrue(added.startsWith("Promised for heavy: pandas deferred, init +42"), added);
    assertTrue(fleet.run("promises").contains("kept"), fleet.run("promises"));
    JsonNode promise = answer().path("promises").path(0);
    assertEquals("kept", promise.path("state").asText());
    assertEquals(40, promise.path("delivered_ms").asDouble(), 8);
    assertEquals(
        "1 2", promise.path("before").asText() + " " + promise.path("deployment").asText());
    add(advice("helps", -216, -221, -211), "heavy", "--deployment", "2");
    assertEquals("fell_short", answer().path("promises").path(1).path("state").asText());
    assertTrue(fleet.run("sql", "promises", "-p", "function=heavy").contains("pandas deferred"));
  }

  @Test
  void withoutADeploymentAfterIt_itIsNotDeployed_andMayBeStruckOut() throws Exception {
    add(advice("helps", -216, -221, -211), "steady");
    assertTrue(fleet.run("promises").contains("not deployed"), fleet.run("promises"));
    assertTrue(fleet.run("promises", "-f", "heavy").contains("Nothing was promised"));
    assertTrue(fleet.run("promises", "--remove", "1").endsWith("exit 0"));
    assertTrue(fleet.run("promises", "--remove", "1").endsWith("exit 2"));
    assertTrue(fleet.run("promises").contains("Nothing was promised"));
  }

  /** The same answers as of the store, for whoever reads the lake, and in its weekly report. */
  @Test
  void promisesOfALake_areThoseOfAStore_andLieBesideIt() throws Exception {
    String lake = folder.resolve("shared/lake").toString();
    String store = folder.resolve("slow.duckdb").toString();
    Cli.run("ingest", Cli.shared("timelines/still-slow.ndjson.gz"), "--db", store);
    assertEquals(0, Cli.run("compact", "--lake", lake, "--db", store).exitCode());
    String fine = advice("helps", 50, 40, 60).toString();
    for (String db : List.of(store, lake)) {
      for (String deployment : List.of("42", "41", "99")) {
        Cli added =
            Cli.run(
                "promises",
                "--add",
                fine,
                "-f",
                "still-slow",
                "--deployment",
                deployment,
                "--db",
                db);
        assertEquals(0, added.exitCode(), added.err());
      }
      assertEquals(0, Cli.run("promises", "--remove", "2", "--db", db).exitCode());
      assertEquals(2, Cli.run("promises", "--remove", "2", "--db", db).exitCode());
    }
    assertTrue(Files.exists(folder.resolve("shared/promises/0000000003.json")));
    String ofLake = Cli.run("promises", "-o", "csv", "--db", lake).out();
    assertTrue(ofLake.contains("kept"), ofLake);
    assertEquals(Cli.run("promises", "-o", "csv", "--db", store).out(), ofLake);
    Path first = folder.resolve("shared/promises/0000000001.json");
    String given = "\"given_at\":\"2026-11-01T00:00:00Z";
    Files.writeString(first, Files.readString(first).replaceFirst("\"given_at\":\"[^\"]*", given));
    Cli report = Cli.run("report", "--week", "2026-W45", "-o", "text", "--db", lake, "--out", "-");
    assertTrue(report.out().contains("pandas deferred"), report.out() + report.err());
    Files.writeString(folder.resolve("shared/promises/x.json"), "{}");
    String told = Cli.run("promises", "--db", lake).err();
    assertTrue(told.contains("promises/x.json is no promise"), told);
  }

  @Test
  void reportTellsIt_inEveryForm() throws Exception {
    add(advice("helps", 42, 36, 48), "heavy", "--deployment", "2");
    try (Store store = Store.open(fleet.file)) {
      assertEquals(1, new Promises(store.connection()).all().size());
      store
          .connection()
          .createStatement()
          .execute("UPDATE promise SET given_at = TIMESTAMP '2026-01-08'");
    }
    String text = fleet.run("report", "--week", "2026-W02", "-o", "text", "--out", "-");
    assertTrue(text.contains("pandas deferred"), text);
    assertTrue(text.contains("kept"), text);
    fleet.run("report", "--week", "2026-W02", "-o", "html", "--out", folder.toString());
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      Path page = files.filter(one -> one.toString().endsWith(".html")).findFirst().orElseThrow();
      assertTrue(Files.readString(page).contains("Advice that was taken"));
    }
    Cli report =
        Cli.run(
            "report",
            "--week",
            "2026-W02",
            "-o",
            "json",
            "--db",
            fleet.file.toString(),
            "--out",
            "-");
    assertEquals(
        "kept", report.json().path("report").path("promised").path(0).path("state").asText());
  }

  @Test
  void whatProposesNothing_orIsNoAnswer_isRefused() throws Exception {
    String none = add(advice("needed", -216, -221, -211), "heavy");
    assertTrue(none.contains("proposes nothing"), none);
    assertTrue(none.endsWith("exit 2"), none);
    Path other = Files.writeString(folder.resolve("other.json"), "{\"rows\": []}");
    assertTrue(
        fleet
            .run("promises", "--add", other.toString(), "-f", "heavy")
            .contains("is no answer of advise -o json or what-if -o json"));
    Path fine = advice("helps", -216, -221, -211);
    assertTrue(fleet.run("promises", "--add", fine.toString()).contains("Say of which function"));
    assertFalse(fleet.run("promises").contains("pandas"));
    assertEquals(2, Cli.run("advise", "--promise", "--", "python3", "app.py").exitCode());
  }

  private String add(Path advice, String function, String... options) {
    List<String> words =
        new java.util.ArrayList<>(List.of("promises", "--add", advice.toString(), "-f", function));
    words.addAll(List.of(options));
    return fleet.run(words.toArray(String[]::new));
  }

  private JsonNode answer() throws Exception {
    Cli cli = Cli.run("promises", "-o", "json", "--db", fleet.file.toString());
    JsonSchemasTest.assertValid("promises", cli.json());
    return cli.json();
  }

  private Path advice(String outcome, double ms, double low, double high) throws Exception {
    return Files.writeString(
        folder.resolve("advice.json"),
        """
        {"trial": {"change": "defer", "modules": ["pandas"], "outcome": "OUTCOME", "init_change_ms": MS,
         "init_ci_ms": [LOW, HIGH], "code_before_ms": null}}
        """
            .replace("OUTCOME", outcome)
            .replace("MS", String.valueOf(ms))
            .replace("LOW", String.valueOf(low))
            .replace("HIGH", String.valueOf(high)));
  }
}
