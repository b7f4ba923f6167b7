package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real interpreters under the real layer, from a program's start to the store. */
final class TraceCommandTest {
  private static final String NOTHING = "nothing was stored";
  @TempDir Path folder = Path.of(".");

  @Test
  void javaProgram_isStoredWithItsClasses() throws IOException {
    Path source = folder.resolve("Slow.java");
    Files.writeString(
        source,
        "class Slow { static int n; static { for (int i = 0; i < 3000; i++)"
            + " n += java.util.regex.Pattern.compile(\"a{\" + i + \"}\").flags(); }"
            + " public static void main(String[] a) { System.out.println(n); } }");
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Cli traced = trace("v+1 é", "2", java, "-cp", folder.toString(), "Slow");
    assertEquals(0, traced.exitCode(), traced.err());
    assertTrue(traced.out().startsWith("shop v+1 é: 2 cold starts, init median "), traced.out());
    assertEquals(
        "deployment,name,n\nv+1 é,Slow,2\n",
        sql(
            "FROM cold_start JOIN import_timing USING (cold_start_id) SELECT deployment, name,"
                + " count(*) n GROUP BY ALL"));
  }

  @Test
  void javaProgramOfQuickClasses_isStoredAllTheSame() throws IOException {
    Path source = folder.resolve("Quick.java");
    Files.writeString(source, "class Quick { public static void main(String[] a) {} }");
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Cli traced = trace("v1", "2", java, "-cp", folder.toString(), "Quick");
    assertEquals(0, traced.exitCode(), traced.err());
    assertTrue(traced.err().contains("v1 has no import timings"), traced.err());
    assertEquals("n\n2\n", sql("SELECT count(*) n FROM cold_start WHERE init_ms > 0"));
  }

  @Test
  void tracedAgain_theDeploymentHasMoreStarts() throws IOException {
    Path app = Files.writeString(folder.resolve("app.py"), "import json\n");
    for (int time = 0; time < 2; time++) {
      JsonNode stored = trace("main", "2", "-o", "json", "python3", app.toString()).json();
      assertEquals(2, stored.path("cold_starts").intValue());
      assertTrue(stored.path("init_median_ms").doubleValue() > 0, stored.toString());
    }
    assertEquals("n\n4\n", sql("SELECT count(*) n FROM cold_start"));
  }

  @Test
  void whatCannotBeTraced_isSaidAndNothingIsStored() throws IOException {
    Path fails =
        Files.writeString(
            folder.resolve("fails.py"), "import json, sys\nsys.exit('no \u001b[31m database')\n");
    Cli failed = trace("main", "2", "python3", fails.toString());
    assertFailed(failed, "ended with exit code 1: " + NOTHING);
    assertTrue(failed.err().contains("  | no \\u001b[31m database"), failed.err());
    assertFailed(trace("main", "2", "/no/such/python3"), "there is no such command");
    assertFailed(trace("main", "2", "sh", "-c", "exit 0"), "logged no import timings: " + NOTHING);
    Path waits = Files.writeString(folder.resolve("waits.py"), "import time\ntime.sleep(60)\n");
    assertFailed(
        trace("main", "2", "--timeout-s", "1", "python3", waits.toString()),
        "was still running after 1 s: " + NOTHING);
    assertEquals(2, trace("main", "0", "python3", fails.toString()).exitCode());
    assertFalse(Files.exists(folder.resolve("frostline.duckdb")));
  }

  private static void assertFailed(Cli traced, String why) {
    assertEquals(4, traced.exitCode(), traced.err());
    assertTrue(traced.err().contains(why), traced.err());
  }

  /** Traces with the options that stand before the program. */
  private Cli trace(String deployment, String runs, String... optionsAndCommand) {
    List<String> arguments = new ArrayList<>(List.of("trace", "-f", "shop", "--db", db()));
    arguments.addAll(List.of("--deployment", deployment, "--runs", runs));
    int command = 0;
    while (optionsAndCommand[command].startsWith("-")) {
      arguments.addAll(List.of(optionsAndCommand[command], optionsAndCommand[command + 1]));
      command += 2;
    }
    arguments.add("--");
    arguments.addAll(List.of(optionsAndCommand).subList(command, optionsAndCommand.length));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private String sql(String query) {
    return Cli.run("sql", query, "-o", "csv", "--db", db()).out().replace("\r", "");
  }

  private String db() {
    return folder.resolve("frostline.duckdb").toString();
  }
}
