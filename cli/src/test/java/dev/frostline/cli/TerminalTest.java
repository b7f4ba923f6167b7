package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frostline.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of real cold starts on a terminal. */
class TerminalTest {
  private static final String HOSTILE = "evil\u001b[2J\u202e;touch x";
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() throws Exception {
    Cli ingest =
        Cli.run(
            "ingest",
            Cli.shared("lambda-python/checkout-api/quiet/v3.ndjson.gz"),
            Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz"),
            "--db",
            db());
    assertEquals(0, ingest.exitCode(), ingest.err());
    Files.copy(Path.of(db()), folder.resolve("hostile.duckdb"));
    try (Connection duckdb =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("hostile.duckdb"));
        Statement statement = duckdb.createStatement()) {
      statement.execute("UPDATE cold_start SET function = '" + HOSTILE + "'");
      statement.execute(
          "UPDATE import_timing SET name = '" + HOSTILE + "' || name WHERE depth < 2");
      statement.execute("INSERT INTO ingest_reject VALUES (1, '" + HOSTILE + "', 3)");
    }
  }

  @Test
  void explain_showsPhasesAndTheImportTree() {
    String out = Cli.run("explain", "checkout-api", "3..4", "--db", db()).out();
    for (String line :
        List.of(
            " PHASE \\(median, measured\\)  .*3 .*4 .*CHANGE",
            " imports  .*292 ms .*519 ms .*\\+227 ms  █+",
            " \\+ pandas  .*\\+230 ms  new",
            "   \\+ numpy .*new",
            " … \\d+ more below 5.00 ms")) {
      assertTrue(out.lines().anyMatch(text -> text.matches(line)), line + "\n" + out);
    }
    String here = out.replace(" --db " + db(), "");
    assertTrue(here.lines().noneMatch(text -> text.length() > 80), here);
  }

  @Test
  void explain_showsAsDeepAsAsked() {
    String flat = Cli.run("explain", "checkout-api", "--depth", "1", "--db", db()).out();
    assertFalse(flat.contains("numpy"), flat);
    String fine =
        Cli.run("explain", "checkout-api", "--depth", "9", "--min", "0.5", "--db", db()).out();
    assertTrue(fine.lines().count() > 3 * flat.lines().count(), fine);
  }

  @Test
  void explainPage_isOneFile() throws IOException {
    Path page = folder.resolve("page.html");
    Cli cli =
        Cli.run(
            "explain",
            "checkout-api",
            "3..4",
            "-o",
            "html",
            "--out",
            page.toString(),
            "--db",
            db());
    assertEquals(0, cli.exitCode(), cli.err());
    String html = Files.readString(page);
    assertTrue(html.contains("▲ pandas  +230 ms  NEW"));
    assertTrue(Files.size(page) < 1_000_000, Files.size(page) + " bytes");
  }

  @Test
  void compare_putsDeploymentsSideBySide() throws IOException {
    Cli cli = Cli.run("compare", "checkout-api", "3", "4", "-o", "json", "--db", db());
    assertEquals("slower", cli.json().path("verdict").textValue());
    String table = Cli.run("compare", "checkout-api", "3", "4", "--db", db()).out();
    assertTrue(
        table.lines().anyMatch(line -> line.matches(" init median +316 ms +542 ms +\\+226 ms *")),
        table);
    assertEquals(
        Failure.CANNOT_JUDGE,
        Cli.run("compare", "checkout-api", "3", "9", "--db", db()).exitCode());
  }

  @Test
  void imports_nameWhoPays() throws IOException {
    JsonNode rows = Cli.run("imports", "numpy", "-o", "json", "--db", db()).json().path("rows");
    assertEquals(1, rows.size());
    assertEquals("pandas", rows.path(0).path("imported_by").textValue());
    assertEquals(34, rows.path(0).path("cold_starts").intValue());
    Cli nobody = Cli.run("imports", "panda", "--db", db());
    assertEquals(Failure.CANNOT_JUDGE, nobody.exitCode());
    assertTrue(nobody.out().contains("No live deployment imports panda"), nobody.out());
    assertTrue(nobody.out().contains("Did you mean pandas"), nobody.out());
    JsonNode packages = Cli.run("imports", "-o", "json", "--db", db()).json().path("rows");
    assertEquals("pandas", packages.path(0).path("name").textValue());
    assertTrue(packages.path(0).path("modules").intValue() > 100, packages.path(0).toString());
  }

  @Test
  void rejects_giveReasonsAndNoText() {
    assertEquals("No line was refused.\n", Cli.run("rejects", "--db", db()).out());
    String out = Cli.run("rejects", "--last", "--db", hostile()).out();
    assertTrue(out.contains("evil\\u001b[2J\\u202e"), out);
  }

  @Test
  void version_saysWhatRuns() throws IOException {
    JsonNode version = Cli.run("version", "-o", "json").json();
    assertEquals("0.1.0", version.path("frostline").textValue());
    assertEquals(System.getProperty("java.version"), version.path("java").textValue());
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }

  private static String hostile() {
    return folder.resolve("hostile.duckdb").toString();
  }
}
