package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.output.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens, a command ends with a sentence and an exit code, never a stack trace. */
class UnexpectedTest {
  private static final String LOG = Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz");
  @TempDir Path folder = Path.of(".");

  @Test
  @Tag("long")
  void memoryThatIsTooSmall_isASentence() throws Exception {
    Path many = folder.resolve("many.txt");
    Files.writeString(many, "import time: 1 | 1 | m\n".repeat(1_500_000));
    ProcessBuilder ingest = CliProcess.of(folder, "ingest", many.toString(), "-f", "x");
    ingest.command().add(1, "-Xmx32m");
    Cli cli = CliProcess.run(ingest, Map.of());
    assertEquals(Failure.COULD_NOT, cli.exitCode(), cli.err());
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertTrue(cli.err().contains(" MB of memory that Java may use"), cli.err());
  }

  @Test
  void stackThatIsTooSmall_isASentenceThatSaysWhere() throws Exception {
    java.io.StringWriter err = new java.io.StringWriter();
    int exit = 0;
    try {
      deeper(0);
    } catch (StackOverflowError e) {
      exit = Unexpected.say(e, new java.io.PrintWriter(err, true));
    }
    assertEquals(Failure.COULD_NOT, exit);
    assertTrue(
        err.toString()
            .startsWith(
                "frostline: something unexpected happened, a fault of Frostline: StackOverflowError"
                    + " at dev.frostline.cli.UnexpectedTest.deeper:"),
        err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  private static int deeper(int depth) {
    return depth < 0 ? 0 : 1 + deeper(depth + 1);
  }

  @Test
  void reportOfAYearFarAhead_isAReport() {
    String db = folder.resolve("s.duckdb").toString();
    Cli.run("ingest", LOG, "--db", db);
    Cli report = Cli.run("report", "--week", "9949-W10", "-o", "text", "--out", "-", "--db", db);
    assertEquals(0, report.exitCode(), report.err());
    assertTrue(report.out().contains("9949"), report.out());
  }

  @Test
  void fullDeviceBehindStandardOutput_isNoSuccess() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    String command = String.join(" ", CliProcess.of(folder, "help").command());
    Cli cli =
        CliProcess.run(
            new ProcessBuilder("sh", "-c", command + " > /dev/full").directory(folder.toFile()),
            Map.of());
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().startsWith("frostline: Cannot write to standard output"), cli.err());
  }

  @Test
  void outputThatCannotBeWritten_leavesWhatWasThere() throws Exception {
    String db = folder.resolve("s.duckdb").toString();
    Cli.run("ingest", LOG, "--db", db);
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    for (String format : List.of("otlp", "pprof", "csv")) {
      Cli cli =
          Cli.run("export", "checkout-api", "--format", format, "--out", "/dev/full", "--db", db);
      assertEquals(Failure.COULD_NOT, cli.exitCode(), format + cli.out() + cli.err());
      assertEquals(1, cli.err().lines().count(), cli.err());
    }
  }
}
