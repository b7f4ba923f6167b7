package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {
  @TempDir Path folder = Path.of(".");

  @BeforeEach
  void ingest() throws IOException {
    Files.writeString(
        folder.resolve("frostline.toml"),
        """
        [[owner]]
        function = "still-*"
        team = "payments"
        slack = "env:FROSTLINE_TEST_NOT_SET"
        repo = "https://github.com/acme/shop"

        [[owner]]
        function = "*"
        team = "platform"
        mail = "platform@example.com"
        hears = "everything"
        """);
    Cli ingest =
        Cli.run(
            "ingest",
            "--db",
            db(),
            Cli.shared("timelines/still-slow.ndjson.gz"),
            Cli.shared("timelines/rollback.ndjson.gz"));
    assertEquals(0, ingest.exitCode(), ingest.err());
  }

  @Test
  void dryRun_saysWhoWouldGetWhat_andRemembersNothing() throws IOException {
    String first = run("--dry-run", "--page", "https://page.example").out();
    List<String> lines = first.lines().toList();
    assertEquals(
        "Would tell slack env:FROSTLINE_TEST_NOT_SET: still-slow +50.7 ms (babel), payments",
        lines.get(0));
    assertEquals("  ▲ still-slow got slower.", lines.get(1));
    assertTrue(first.contains("     new import babel +50.7 ms\n"), first);
    assertTrue(first.contains("https://page.example/f/123456789012/unknown/still-slow/41..42"));
    assertTrue(first.contains("Would tell mail platform@example.com: "), first);
    assertEquals(first, run("--dry-run", "--page", "https://page.example").out());
    assertFalse(Files.exists(folder.resolve("t.duckdb.notifications.json")));
  }

  @Test
  void json_isAsItsSchemasSay() throws IOException {
    JsonNode answer = run("--dry-run", "-o", "json").json();
    JsonSchemasTest.assertValid("notify", answer);
    assertEquals(1, answer.path("events").size(), answer.toString());
    JsonSchemasTest.assertValid("finding-event", answer.path("events").get(0));
  }

  /** Neither channel is there: both are told, and both are tried again. */
  @Test
  void whoIsNotReached_isToldWithTheExitCode_andTriedAgain() {
    for (int i = 0; i < 2; i++) {
      Cli cli = run("--smtp", "smtp://127.0.0.1:1", "--mail-from", "f@example.com");
      assertEquals(Failure.COULD_NOT, cli.exitCode());
      assertTrue(
          cli.err()
              .contains(
                  "frostline: not told: slack env:FROSTLINE_TEST_NOT_SET: cannot read"
                      + " env:FROSTLINE_TEST_NOT_SET: the variable is not set"),
          cli.err());
      assertTrue(cli.err().contains("frostline: not told: mail platform@example.com: "), cli.err());
    }
    assertTrue(Files.exists(folder.resolve("t.duckdb.notifications.json")));
  }

  @Test
  void week_goesToEachOwnerInPart() {
    Cli cli = run("--week", "2026-W46", "--dry-run");
    assertEquals(0, cli.exitCode(), cli.err());
    String[] parts = cli.out().split("Would tell ", -1);
    assertEquals(3, parts.length, cli.out());
    assertTrue(parts[1].startsWith("slack env:FROSTLINE_TEST_NOT_SET: 1 still open: still-slow +"));
    assertTrue(parts[1].contains("open for 12 days · still +50.2 ms under 43"), parts[1]);
    assertTrue(parts[2].startsWith("mail platform@example.com: "), parts[2]);
  }

  @Test
  void nobodyToTell_isAUsageError_andAnAddressInTheFileIsRefused() throws IOException {
    Path file = folder.resolve("frostline.toml");
    Files.writeString(file, "");
    Cli nobody = run("--dry-run");
    assertEquals(Failure.USAGE, nobody.exitCode());
    assertTrue(nobody.err().startsWith("frostline: Nobody is to be told. Give an [[owner]]"));
    Files.writeString(
        file,
        """
        [[owner]]
        function = "*"
        team = "a"
        slack = "https://hooks.slack.com/services/T/B/s3cret"
        """);
    Cli refused = run("--dry-run");
    assertEquals(Failure.USAGE, refused.exitCode());
    assertTrue(refused.err().contains("slack says where the webhook's address is kept"));
    assertFalse(refused.err().contains("s3cret"), refused.err());
  }

  private Cli run(String... arguments) {
    List<String> words = new ArrayList<>(List.of("notify"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--db", db(), "--config", folder.resolve("frostline.toml").toString()));
    return Cli.run(words.toArray(new String[0]));
  }

  private String db() {
    return folder.resolve("t.duckdb").toString();
  }
}
