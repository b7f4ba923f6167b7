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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the command on real cold starts with known truth. */
final class AnswersTest {
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void ingest() {
    List<String> arguments = new ArrayList<>(List.of("ingest", "--db", db()));
    for (String file :
        List.of(
            "checkout-api/quiet/v1",
            "checkout-api/quiet/v2",
            "checkout-api/quiet/v3",
            "checkout-api/quiet/v4",
            "vector-search/quiet/v1",
            "vector-search/quiet/v2",
            "thumbnail-worker/quiet/v4",
            "thumbnail-worker/quiet/v5")) {
      arguments.add(Cli.shared("lambda-python/" + file + ".ndjson.gz"));
    }
    assertEquals(0, Cli.run(arguments.toArray(new String[0])).exitCode());
  }

  @Test
  void addedPandas_isSlower_andNamedFirst() throws IOException {
    JsonNode comparison = comparison("checkout-api", "3", "4");
    assertEquals("slower", comparison.path("verdict").textValue());
    assertEquals("pandas", comparison.path("suspects").path(0).path("name").textValue());
    assertEquals("new", comparison.path("suspects").path(0).path("change").textValue());
    assertEquals(
        315.57, comparison.path("init_ms").path("before").path("median").doubleValue(), 0.01);
    assertEquals(34, comparison.path("init_ms").path("after").path("n").intValue());
    assertTrue(comparison.path("ci_ms").path(0).doubleValue() > 150);
    assertTrue(comparison.path("q").doubleValue() < 0.001);
  }

  @Test
  void changedScikitLearn_isSlower_andNamedFirst() throws IOException {
    JsonNode comparison = comparison("vector-search", "1", "2");
    assertEquals("slower", comparison.path("verdict").textValue());
    assertEquals("sklearn", comparison.path("suspects").path(0).path("name").textValue());
  }

  @Test
  void missingPyc_isASlowdownOfEverything() throws IOException {
    JsonNode comparison = comparison("thumbnail-worker", "4", "5");
    assertEquals("slower", comparison.path("verdict").textValue());
    assertTrue(
        comparison.path("notes").toString().contains("everything got slower"),
        comparison.path("notes").toString());
  }

  @Test
  void redeployOfTheSameCode_isUnchanged_andListedOnRequest() throws IOException {
    assertEquals("unchanged", comparison("checkout-api", "1", "2").path("verdict").textValue());
    Cli table = Cli.run("regressions", "--db", db());
    assertFalse(table.out().contains("1 → 2       303"), table.out());
    assertTrue(table.out().contains("no difference shown"), table.out());
  }

  @Test
  void explain_saysWhatWhyAndHowSure() {
    Cli cli = Cli.run("explain", "checkout-api", "3..4", "--db", db());
    assertEquals(0, cli.exitCode());
    assertTrue(cli.out().startsWith("checkout-api  3 → 4   SLOWER"), cli.out());
    assertTrue(cli.out().contains("pandas (package)  new"), cli.out());
    assertTrue(cli.out().contains("not explained by any of them"), cli.out());
  }

  @Test
  void explain_ofOneDeployment_saysWhereItsTimeGoes() throws IOException {
    Cli cli = Cli.run("explain", "checkout-api", "4", "--db", db());
    assertEquals(0, cli.exitCode(), cli.err());
    assertTrue(cli.out().contains("pandas"), cli.out());
    JsonNode json = Cli.run("explain", "checkout-api", "4", "--db", db(), "-o", "json").json();
    assertEquals(1, json.path("schema_version").intValue());
  }

  @Test
  void explain_ofWhatIsNotThere_saysWhatToDo() {
    assertEquals(Failure.CANNOT_JUDGE, Cli.run("explain", "nobody", "--db", db()).exitCode());
    assertEquals(Failure.USAGE, Cli.run("explain", "checkout-api", "..3", "--db", db()).exitCode());
    Cli noStore = Cli.run("regressions", "--db", folder.resolve("none.duckdb").toString());
    assertEquals(Failure.COULD_NOT, noStore.exitCode());
    assertTrue(noStore.err().contains("frostline ingest PATH --db"), noStore.err());
  }

  @Test
  void report_isOnePageAndMarkdown() throws IOException {
    Path out = folder.resolve("report");
    Cli cli = Cli.run("report", "--week", "2026-W38", "--out", out.toString(), "--db", db());
    assertEquals(0, cli.exitCode(), cli.err());
    assertTrue(Files.readString(out.resolve("frostline-2026-W38.html")).contains("sqlalchemy"));
    assertTrue(Files.readString(out.resolve("frostline-2026-W38.md")).contains("checkout-api"));
    assertEquals(Failure.USAGE, Cli.run("report", "--week", "2026-W60", "--db", db()).exitCode());
  }

  @Test
  void functions_showTheHealthOfTheirData() throws IOException {
    JsonNode rows = Cli.run("functions", "--db", db(), "-o", "json").json().path("rows");
    assertEquals(3, rows.size());
    assertEquals("checkout-api", rows.path(0).path("function").textValue());
    assertEquals(136, rows.path(0).path("cold_starts").intValue());
    assertEquals(100.0, rows.path(0).path("traced_pct").doubleValue());
  }

  @Test
  void sql_canNeitherWriteNorLeaveTheStore() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.csv"), "a\n1\n");
    Path written = folder.resolve("written.csv");
    for (String attack :
        List.of(
            "SELECT * FROM read_text('" + outside + "')",
            "FROM '" + outside + "'",
            "SELECT * FROM glob('/*')",
            "COPY (SELECT 1) TO '" + written + "'",
            "EXPORT DATABASE '" + folder.resolve("exported") + "'",
            "ATTACH '" + folder.resolve("other.duckdb") + "'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
            "SET memory_limit = '1MB'",
            "DROP TABLE cold_start",
            "INSERT INTO schema_step VALUES ('x')",
            "SELECT 1; DROP VIEW cold_starts")) {
      Cli cli = Cli.run("sql", attack, "--db", db());
      assertEquals(Failure.COULD_NOT, cli.exitCode(), attack + cli.out());
    }
    assertFalse(Files.exists(written));
    assertEquals(
        272,
        Cli.run("sql", "SELECT count(*) AS n FROM cold_starts", "--db", db(), "-o", "json")
            .json()
            .path("rows")
            .path(0)
            .path("n")
            .intValue());
  }

  @Test
  void readyQueries_takeParametersAndEveryFormat() {
    assertTrue(Cli.run("sql", "--list").out().contains("slowest_imports"));
    Cli csv =
        Cli.run("sql", "deployments", "-p", "function=vector-search", "-o", "csv", "--db", db());
    assertEquals(3, csv.out().lines().count(), csv.out());
    assertTrue(csv.out().startsWith("function,deployment,"), csv.out());
    assertTrue(
        Cli.run("sql", "functions", "-o", "markdown", "--db", db())
            .out()
            .startsWith("| function |"));
    assertEquals(Failure.USAGE, Cli.run("sql", "no_such_query", "--db", db()).exitCode());
  }

  @Test
  void initAccounting_addsUpToInit() throws IOException {
    JsonNode rows = rows("init_accounting");
    assertEquals(8, rows.size());
    for (JsonNode row : rows) {
      double sum =
          row.path("runtime_bootstrap_ms").doubleValue()
              + row.path("imports_ms").doubleValue()
              + row.path("unattributed_ms").doubleValue();
      assertEquals(row.path("init_ms").doubleValue(), sum, 0.02, row.toString());
    }
  }

  @Test
  void slowestImports_areOfTheNewestDeployment() throws IOException {
    for (JsonNode row : rows("slowest_imports")) {
      String function = row.path("function").textValue();
      assertEquals(
          function.equals("checkout-api") ? "4" : function.equals("vector-search") ? "2" : "5",
          row.path("deployment").textValue());
      assertTrue(row.path("cold_starts").intValue() <= 34, row.toString());
    }
  }

  private static JsonNode rows(String query) throws IOException {
    return Cli.run("sql", query, "--db", db(), "-o", "json").json().path("rows");
  }

  private static JsonNode comparison(String function, String before, String after)
      throws IOException {
    JsonNode comparisons =
        Cli.run("regressions", "--function", function, "-o", "json", "--db", db())
            .json()
            .path("comparisons");
    for (JsonNode comparison : comparisons) {
      if (comparison.path("before").textValue().equals(before)
          && comparison.path("after").textValue().equals(after)) {
        return comparison;
      }
    }
    throw new AssertionError("no comparison " + before + " to " + after + " in " + comparisons);
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
