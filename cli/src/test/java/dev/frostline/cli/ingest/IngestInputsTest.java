package dev.frostline.cli.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.Cli;
import dev.frostline.cli.output.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands behind the paths of the command line, and what is told of it. */
final class IngestInputsTest {
  private static final String INIT =
      " INIT_START Runtime Version: python:3.13.v43\tRuntime Version ARN: arn:aws:lambda::r:1\n";
  private static final String STARTED = " START RequestId: 0a1b2c3d-1b53 Version: 7\n";
  private static final String REPORTED =
      " REPORT RequestId: 0a1b2c3d-1b53\tDuration: 12.34 ms\tBilled Duration: 313 ms\tMemory Size:"
          + " 512 MB\tMax Memory Used: 80 MB\tInit Duration: 300.12 ms\t\n";
  private static final String OTHER = " 2026/09/21/[7]00000000000000000000000000000002";
  private static final String STREAM = " 2026/09/21/[7]00000000000000000000000000000001";

  @TempDir Path folder = Path.of(".");

  @Test
  void linksToFolders_areRead_andACircleEnds() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Path real = Files.createDirectory(folder.resolve("real"));
    write(real.resolve("a.log"));
    Files.createSymbolicLink(logs.resolve("link"), real);
    Files.createSymbolicLink(real.resolve("circle"), real);
    assertEquals(1, ingest(logs).path("files").intValue());
    assertEquals(1, ingest(logs.resolve("link")).path("files").intValue());
  }

  @Test
  void brokenLink_costsItselfOnly() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    write(logs.resolve("a.log"));
    Files.createSymbolicLink(logs.resolve("b.log"), folder.resolve("nowhere"));
    Cli cli = run(logs.toString());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().contains("b.log: "), cli.err());
    assertTrue(cli.out().contains("cold starts  1 new"), cli.out());
  }

  @Test
  void badFileAmongOthers_costsItselfOnly_andOneTwiceIsKnown() throws IOException {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    write(logs.resolve("a.log"));
    Files.writeString(logs.resolve("b.log"), at(0, OTHER + INIT) + at(2, OTHER + REPORTED));
    byte[] whole = gzip(logs.resolve("b.log"));
    Files.write(logs.resolve("b.log"), Arrays.copyOf(whole, whole.length - 4));
    Files.copy(logs.resolve("a.log"), logs.resolve("c.log"));
    Files.writeString(logs.resolve("d.log"), at(0, OTHER + INIT) + at(2, OTHER + REPORTED));
    JsonNode answer = ingest(logs);
    assertTrue(answer.path("failed_files").toString().contains("b.log"), answer.toString());
    assertEquals(3, answer.path("files").intValue());
    assertEquals(2, answer.path("cold_starts").path("new").intValue());
    String ledger =
        Cli.run(
                "sql",
                "SELECT split(source, '/')[-1] || stored || already_stored FROM ingest_ledger",
                "--db",
                db(),
                "-o",
                "csv")
            .out();
    assertTrue(ledger.contains("a.log20") && ledger.contains("c.log02"), ledger);
    assertTrue(ledger.contains("d.log20") && !ledger.contains("b.log"), ledger);
  }

  /** Where this is root, who may read everything, the rights of another user are those it has. */
  @Test
  void unreadableFolder_costsItselfOnly() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    write(logs.resolve("a.log"));
    Path closed = Files.createDirectory(logs.resolve("closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    boolean isRoot = Files.isReadable(closed);
    List<String> command = new ArrayList<>();
    if (isRoot) {
      command.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.frostline.cli.Frostline"));
    command.addAll(List.of(arguments(List.of(logs))));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(Failure.COULD_NOT, process.waitFor(), said);
    assertTrue(said.contains("closed: it may not be read"), said);
    assertTrue(said.contains("cold starts  1 new"), said);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void devicesAndNamedPipes_areRefusedWithAReason() throws Exception {
    Cli device = run("/dev/null");
    assertEquals(Failure.COULD_NOT, device.exitCode());
    assertTrue(device.err().contains("/dev/null: a device"), device.err());
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(made.waitFor() == 0, "there are no named pipes here");
    assertTrue(run(pipe.toString()).err().contains("pipe: a named pipe"));
    write(folder.resolve("a.log"));
    Cli beside = run(folder.toString());
    assertEquals(0, beside.exitCode(), beside.err());
    assertTrue(beside.err().contains("a named pipe"), beside.err());
    assertTrue(beside.err().contains("passed over"), beside.err());
  }

  @Test
  void storeAmongTheFiles_isPassedOver_andStaysAsItIs() throws IOException {
    write(folder.resolve("a.log"));
    run(folder.resolve("a.log").toString());
    Path copy = Files.copy(Path.of(db()), folder.resolve("other.db"));
    byte[] before = Files.readAllBytes(copy);
    JsonNode answer = ingest(folder);
    assertEquals(0, answer.path("failed_files").size(), answer.toString());
    assertTrue(answer.path("passed_over_files").toString().contains("other.db"), answer.toString());
    assertTrue(Arrays.equals(before, Files.readAllBytes(copy)));
  }

  @Test
  void overlappingPages_areOneStream() throws IOException {
    Path first = Files.writeString(folder.resolve("b1"), at(1, STARTED) + at(2, REPORTED));
    Path second =
        Files.writeString(folder.resolve("b2"), at(0, INIT) + at(1, STARTED) + at(2, REPORTED));
    Path third = Files.writeString(folder.resolve("b3"), at(2, REPORTED));
    for (List<Path> order :
        List.of(
            List.of(first, second, third),
            List.of(third, second, first),
            List.of(second, first, third))) {
      Files.deleteIfExists(Path.of(db()));
      for (Path page : order) {
        ingest(page);
      }
      JsonNode again = ingest(first, second, third);
      assertEquals(6, again.path("lines").path("already_stored").intValue(), again.toString());
      assertEquals("1", starts());
    }
  }

  @Test
  void publicPages_giveOneColdStart() throws IOException {
    JsonNode answer = ingest(Path.of(Cli.shared("public-cases/35-pages")));
    assertEquals(1, answer.path("cold_starts").path("new").intValue(), answer.toString());
  }

  @Test
  void eventsReadBeforeWithoutTheirStream_areTold() throws IOException {
    Path unnamed =
        Files.writeString(folder.resolve("short"), at(0, INIT) + at(1, STARTED) + at(2, REPORTED));
    Path named =
        Files.writeString(
            folder.resolve("detailed"),
            at(0, STREAM + INIT) + at(1, STREAM + STARTED) + at(2, STREAM + REPORTED));
    assertFalse(run(unnamed.toString()).err().contains("count twice"));
    Cli again = run(named.toString());
    assertTrue(again.err().contains("read before from a file without their stream"), again.err());
    Files.delete(Path.of(db()));
    assertFalse(run(named.toString()).err().contains("count twice"));
    assertTrue(run(unnamed.toString()).err().contains("stored already under their stream"));
  }

  @Test
  void fileOfNoKnownForm_isTold_refusedWhenStrict_andRemembered() throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.txt"), "<!DOCTYPE html>\n<html>\n<p>START\n</html>\n");
    Cli cli = run(page.toString());
    assertEquals(0, cli.exitCode());
    assertTrue(cli.err().contains("page.txt: no known form: looks like a web page"), cli.err());
    Cli strict = Cli.run("ingest", page.toString(), "-f", "demo", "--db", db(), "--strict");
    assertEquals(Failure.REJECTED, strict.exitCode());
    String doctor = Cli.run("doctor", "--db", db()).out();
    assertTrue(doctor.contains("page.txt"), doctor);
    assertTrue(doctor.contains("looks like a web page"), doctor);
  }

  private static String at(int second, String message) {
    return "2026-09-21T10:00:0" + second + "+00:00" + message;
  }

  private static void write(Path file) throws IOException {
    Files.writeString(file, at(0, STREAM + INIT) + at(2, STREAM + REPORTED));
  }

  private static byte[] gzip(Path file) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      Files.copy(file, out);
    }
    return packed.toByteArray();
  }

  private String starts() {
    return Cli.run("sql", "SELECT count(*) AS n FROM cold_starts", "--db", db(), "-o", "csv")
        .out()
        .replaceAll("\\D", "");
  }

  private JsonNode ingest(Path... paths) throws IOException {
    return Cli.run(arguments(List.of(paths), "-o", "json")).json();
  }

  private Cli run(String path) {
    return Cli.run(arguments(List.of(Path.of(path))));
  }

  private String[] arguments(List<Path> paths, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ingest", "-f", "demo", "--db", db()));
    paths.forEach(path -> arguments.add(path.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  private String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
