package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestCommandTest {
  private static final String LOGS = Cli.shared("lambda-python/webhook-stdlib/quiet/v1.ndjson.gz");

  @TempDir Path folder = Path.of(".");

  @Test
  void jsonAnswer_holdsTheContract() throws IOException {
    JsonNode answer = Cli.run("ingest", LOGS, "--db", db(), "-o", "json").json();
    assertEquals(1, answer.path("schema_version").intValue());
    assertEquals(1, answer.path("files").intValue());
    JsonNode lines = answer.path("lines");
    long sum = 0;
    for (String part : new String[] {"stored", "already_stored", "not_ours", "rejected"}) {
      sum += lines.path(part).longValue();
    }
    assertEquals(lines.path("received").longValue(), sum);
    assertEquals(0, answer.path("rejects").size());
    assertEquals(34, answer.path("cold_starts").path("new").intValue());
    assertEquals(34, answer.path("cold_starts").path("by_runtime").path("python3.7").intValue());
  }

  @Test
  void storeOfAnOlderFrostline_isBroughtUpToDateAsTheMessageSays() throws IOException {
    assertEquals(2, Cli.run("ingest", "--db", db()).exitCode());
    Path form = Path.of("../analytics-core/src/test/resources/dev/frostline/store/forms");
    try (InputStream packed = Files.newInputStream(form.resolve("008.duckdb.gz"));
        InputStream store = new GZIPInputStream(packed)) {
      Files.copy(store, Path.of(db()));
    }
    String refused = Cli.run("functions", "--db", db()).err().strip();
    String command = refused.substring(refused.indexOf("frostline ingest"));
    Cli brought = Cli.run(command.substring("frostline ".length()).split(" ", -1));
    assertEquals(db() + " is up to date.", brought.out().strip(), brought.err());
    assertEquals(0, Cli.run("functions", "--db", db()).exitCode());
  }

  @Test
  void secondRun_storesNothing() throws IOException {
    Cli.run("ingest", LOGS, "--db", db());
    JsonNode again = Cli.run("ingest", LOGS, "--db", db(), "-o", "json").json();
    assertEquals(0, again.path("lines").path("stored").longValue());
    assertEquals(0, again.path("cold_starts").path("new").longValue());
    assertTrue(again.path("lines").path("already_stored").longValue() > 6000);
  }

  @Test
  void damagedFiles_areNamed_andTheRestIsStored() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(LOGS));
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
    byte[] wrong = whole.clone();
    wrong[wrong.length - 8] ^= 1;
    Path wrongCrc = Files.write(folder.resolve("crc.gz"), wrong);
    Path noJson = Files.writeString(folder.resolve("no.json"), "{\"messageType\": oops\n}");
    Cli cli =
        Cli.run(
            "ingest",
            cut.toString(),
            wrongCrc.toString(),
            noJson.toString(),
            "none.gz",
            LOGS,
            "--region",
            "eu-west-1",
            "--db",
            db());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertEquals(4, cli.err().lines().count());
    assertTrue(
        cli.err().contains("cut.gz: gzip data is cut off; nothing of it was stored"), cli.err());
    assertTrue(
        cli.err().contains("crc.gz: gzip data has a wrong CRC; nothing of it was stored"),
        cli.err());
    assertTrue(cli.err().contains("none.gz: there is no such file"), cli.err());
    assertTrue(cli.out().contains("cold starts  34 new"), cli.out());
  }

  @Test
  void logsWithoutARegion_areTold_onceItIsNamedNoMore() {
    Cli unsaid = Cli.run("ingest", LOGS, "--db", db(), "--region", "unknown");
    assertEquals(0, unsaid.exitCode());
    assertTrue(unsaid.err().contains("Name it with --region"), unsaid.err());
    Cli again = Cli.run("ingest", LOGS, "--db", db(), "--region", "unknown");
    assertEquals("", again.err());
    Cli said = Cli.run("ingest", LOGS, "--db", folder.resolve("n.duckdb") + "", "-r", "eu-west-1");
    assertEquals("", said.err());
  }

  @Test
  void whatIsNotThere_isSaidOnce_andMakesNoStore() {
    Cli cli = Cli.run("ingest", folder.resolve("nosuchdir").toString(), "--db", db());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertEquals("", cli.out());
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertTrue(cli.err().contains("there is no such file"), cli.err());
    assertTrue(Files.notExists(Path.of(db())));
  }

  @Test
  void textThatIsNoLog_isAnsweredWithWhatIsRead() throws IOException {
    Path text = Files.writeString(folder.resolve("README.md"), "# A shop\n\nIt sells things.\n");
    Cli cli = Cli.run("ingest", text.toString(), "--db", db());
    assertEquals(0, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains("see frostline ingest --help"), cli.err());
  }

  @Test
  void sameLogs_underAnotherRegion_areRefusedWithWhatToDo() {
    Cli.run("ingest", LOGS, "--db", db(), "--region", "unknown");
    Cli learnt = Cli.run("ingest", LOGS, "--db", db(), "--region", "eu-west-1");
    assertTrue(learnt.out().contains(" 0 stored + 6,"), learnt.out());
    Cli unsaid = Cli.run("ingest", LOGS, "--db", db(), "--region", "unknown");
    assertTrue(unsaid.out().contains(" 0 stored + 6,"), unsaid.out());
    String count = "SELECT region, count(*) AS n FROM cold_starts GROUP BY region";
    assertEquals(
        "region,n\r\neu-west-1,34\r\n", Cli.run("sql", count, "--db", db(), "-o", "csv").out());
    Cli wrong = Cli.run("ingest", LOGS, "--db", db(), "--region", "us-east-1", "--strict");
    assertEquals(Failure.REJECTED, wrong.exitCode());
    assertTrue(
        wrong
            .out()
            .contains(
                ": the same log stream is stored under Region eu-west-1: take it in there, or make"
                    + " the store anew if us-east-1 is right"),
        wrong.out());
    assertEquals(
        "region,n\r\neu-west-1,34\r\n", Cli.run("sql", count, "--db", db(), "-o", "csv").out());
  }

  @Test
  void pagesWithoutNames_underAnotherRegion_areKnownAgain() throws IOException {
    String init =
        "{\"timestamp\":1790000000000,\"message\":\"INIT_START Runtime Version:"
            + " python:3.13.v43\"},";
    String report =
        "{\"timestamp\":1790000000300,\"message\":\"REPORT RequestId: a1 Duration: 12.34 ms Init"
            + " Duration: 290.11 ms\"}";
    Path one = Files.writeString(folder.resolve("1.json"), "{\"events\":[" + init + report + "]}");
    Path two = Files.writeString(folder.resolve("2.json"), "{\"events\":[" + report + "]}");
    Cli.run("ingest", one.toString(), "-f", "demo", "--db", db(), "--region", "unknown");
    Cli.run("ingest", two.toString(), "-f", "demo", "--db", db(), "--region", "eu-west-1");
    String count = "SELECT region, count(*) AS n FROM cold_starts GROUP BY region";
    assertEquals(
        "region,n\r\neu-west-1,1\r\n", Cli.run("sql", count, "--db", db(), "-o", "csv").out());
  }

  @Test
  void rejectedLines_failOnlyWhenStrict() throws IOException {
    Path trace =
        Files.writeString(
            folder.resolve("trace.txt"), "import time: 1 | 2 | a\nimport time: 1 | x\n");
    String[] ingest = {"ingest", trace.toString(), "-f", "a", "--db", db()};
    Cli cli = Cli.run(ingest);
    assertEquals(0, cli.exitCode());
    assertTrue(cli.out().contains("1 rejected"), cli.out());
    String[] strict = Arrays.copyOf(ingest, ingest.length + 1);
    strict[ingest.length] = "--strict";
    assertEquals(Failure.REJECTED, Cli.run(strict).exitCode());
  }

  @Test
  void namesThatMoveTheCursor_areShownAsCodes() throws IOException {
    Path trace = Files.writeString(folder.resolve("bad\u001b[2Jname.gz"), "");
    Files.write(trace, new byte[] {0x1f, (byte) 0x8b, 1});
    Cli cli = Cli.run("ingest", trace.toString(), "--db", db());
    assertTrue(cli.err().contains("bad\\u001b[2Jname.gz"), cli.err());
  }

  private String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
