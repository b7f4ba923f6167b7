package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.output.Failure;
import dev.frostline.ingest.Landing;
import dev.frostline.servers.S3Server;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landing objects of a real S3-compatible server into the store, by real processes. */
final class SyncCommandTest {
  private static final Path LOGS =
      Path.of(Cli.shared("lambda-python/webhook-stdlib/quiet/v7.ndjson.gz"));
  private static final String PLACE = "s3://" + S3Server.BUCKET + "/p";

  @TempDir static Path folder = Path.of(".");

  @SuppressWarnings("NullAway.Init") // by landEverything
  private static S3Server server;

  @BeforeAll
  static void landEverything() throws Exception {
    server = S3Server.start(folder);
    LandedBatches.land(LOGS, Landing.at(PLACE, server.environment()));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  @Tag("long")
  void severalSyncsAtOnce_killedAtAnyMoment_loseAndDoubleNothing() throws Exception {
    Path store = folder.resolve("killed.duckdb");
    for (int millis : new int[] {500, 1500, 2500}) {
      Process victim = sync(store);
      Process other = sync(store);
      Thread.sleep(millis);
      victim.destroyForcibly().waitFor();
      assertEquals(0, other.waitFor());
    }
    assertEquals(0, sync(store).waitFor());
    Path direct = folder.resolve("direct.duckdb");
    Cli.run("ingest", LOGS.toString(), "--region", "eu-west-1", "--db", direct.toString());
    for (String table : List.of("log_stream", "cold_start", "import_timing")) {
      assertEquals(digest(direct, table), digest(store, table), table);
    }
  }

  @Test
  void compactedLake_isWrittenToTheServer_once() throws Exception {
    Path store = folder.resolve("compacted.duckdb");
    assertEquals(0, sync(store).waitFor());
    List<String> compact = List.of("compact", "--lake", PLACE + "/lake");
    assertEquals(0, start(store, compact).waitFor());
    List<String> written = server.keys("p/lake");
    assertTrue(
        written.get(0).matches("p/lake/cold_start/dt=\\d{4}-\\d\\d-\\d\\d/data\\.parquet"),
        written.toString());
    assertEquals(0, start(store, compact).waitFor());
    assertEquals(written, server.keys("p/lake"));
  }

  /** A team has no store but the lake: whoever reads it sees what its writer sees. */
  @Test
  @Tag("long")
  void everyReadingCommand_readsTheLake_asItReadsTheStore() throws Exception {
    Path store = folder.resolve("written.duckdb");
    assertEquals(0, sync(store).waitFor());
    assertEquals(0, start(store, List.of("compact", "--lake", PLACE + "/team")).waitFor());
    for (List<String> question :
        List.of(
            List.of("functions", "-o", "json"),
            List.of("regressions", "--all", "-o", "json"),
            List.of("imports", "-o", "csv"),
            List.of("sql", "SELECT * FROM imports ORDER BY ALL", "-o", "csv"))) {
      String ofStore = output(question, store.toString());
      assertTrue(ofStore.length() > 100, ofStore);
      assertEquals(ofStore, output(question, PLACE + "/team"), question.toString());
    }
    String refused = output(List.of("ingest", LOGS.toString()), PLACE + "/team");
    assertTrue(refused.contains("is a lake, which ingest does not write"), refused);
    String none = output(List.of("functions"), PLACE + "/nobody");
    assertTrue(none.startsWith("frostline: Cannot read the lake: There is no lake at s3:"), none);
  }

  /** Into a lake and with no store at all, and thinned out there. */
  @Test
  @Tag("long")
  void lakeWithoutAStore_isWritten_read_andPruned() throws Exception {
    Path store = folder.resolve("beside.duckdb");
    assertEquals(0, sync(store).waitFor());
    String lake = PLACE + "/own";
    output(List.of("sync", PLACE), lake);
    List<String> functions = List.of("functions", "-o", "json");
    String ofStore = output(functions, store.toString());
    assertEquals(ofStore, output(functions, lake));
    List<String> prune = List.of("prune", "--raw-days", "7", "--daily-starts", "5", "-o", "json");
    List<String> plan = new ArrayList<>(prune);
    plan.add("--dry-run");
    ObjectMapper json = new ObjectMapper();
    JsonNode planned = json.readTree(output(plan, lake));
    JsonNode pruned = json.readTree(output(prune, lake));
    assertTrue(pruned.path("import_timings").longValue() > 0, pruned.toString());
    assertEquals(planned.path("import_timings"), pruned.path("import_timings"));
    assertEquals(0, json.readTree(output(prune, lake)).path("days").intValue());
    assertEquals(ofStore, output(functions, lake));
    assertEquals(0, start(store, List.of("compact", "--lake", PLACE + "/fed")).waitFor());
    String refused = output(prune, PLACE + "/fed");
    assertTrue(refused.contains("prune the store that it was written from"), refused);
  }

  private static String output(List<String> question, String db) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Frostline.class.getName()));
    command.addAll(question);
    command.addAll(List.of("--db", db));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(server.environment());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("caches").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.replaceAll("SLF4J.*\n", "");
  }

  @Test
  void damagedObject_isNamed_andTheRestIsStored() throws IOException {
    Path landing = folder.resolve("landing-of-one");
    Path object = landing.resolve("landing/dt=2026-09-19/06/00ff");
    Files.createDirectories(object.resolveSibling(""));
    Files.writeString(object, "damaged");
    Cli cli = Cli.run("sync", landing.toString(), "--db", folder.resolve("d.duckdb").toString());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertEquals(
        "frostline: landing/dt=2026-09-19/06/00ff: a landing object cut short; nothing of it was"
            + " stored\n",
        cli.err());
  }

  @Test
  void placeThatIsNone_isAUsageError_andAMissingFolderIsTold() {
    assertEquals(Failure.USAGE, Cli.run("sync", "s3://").exitCode());
    Cli missing = Cli.run("sync", folder.resolve("none").toString());
    assertEquals(Failure.COULD_NOT, missing.exitCode());
    assertTrue(missing.err().contains("There is no landing folder"), missing.err());
  }

  @Test
  void replay_countsItsRecords() throws IOException {
    Path failures = Files.createDirectories(folder.resolve("failures"));
    Files.writeString(failures.resolve("a"), "{}");
    Cli cli =
        Cli.run(
            "replay",
            failures.toString(),
            "--landing",
            folder.resolve("replayed").toString(),
            "-o",
            "json");
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    JsonNode answer = cli.json();
    JsonSchemasTest.assertValid("landing", answer);
    assertEquals(1, answer.path("records").intValue());
    assertEquals(1, answer.path("failed").intValue());
  }

  private static Process sync(Path store) throws IOException {
    return start(store, List.of("sync", PLACE));
  }

  private static Process start(Path store, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Frostline.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of("--endpoint-url", server.endpoint(), "--db", store.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(server.environment());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String digest(Path file, String table) throws Exception {
    try (Store store = Store.openReadOnly(file);
        Statement sql = store.connection().createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT count(*) || ' ' || md5(string_agg(md5(CAST(t AS VARCHAR)) ORDER BY"
                    + " md5(CAST(t AS VARCHAR)))) FROM "
                    + table
                    + " t")) {
      row.next();
      return row.getString(1);
    }
  }
}
