package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every number of the explain page above the import tree is one that {@code explain -o json} or a
 * ready query gives, on real cold starts.
 */
final class ExplainNumbersTest {
  private static final String QUANTILES =
      "SELECT deployment, min(init_ms), max(init_ms), quantile_cont(init_ms, 0.25) AS p25,"
          + " median(init_ms) AS p50, quantile_cont(init_ms, 0.75) AS p75, quantile_cont(init_ms, 0.95) AS p95 FROM cold_starts GROUP BY ALL";

  @TempDir static Path folder = Path.of(".");
  private static String page = "";

  @BeforeAll
  static void writePage() throws IOException {
    List<String> ingest = new ArrayList<>(List.of("ingest", "--db", db()));
    for (String version : List.of("3", "4")) {
      ingest.add(Cli.shared("lambda-python/checkout-api/quiet/v" + version + ".ndjson.gz"));
    }
    assertEquals(0, Cli.run(ingest.toArray(new String[0])).exitCode());
    Path file = folder.resolve("explain.html");
    Cli explain =
        Cli.run(
            "explain",
            "checkout-api",
            "3..4",
            "-o",
            "html",
            "--out",
            file.toString(),
            "--db",
            db());
    assertEquals(0, explain.exitCode(), explain.err());
    page = Files.readString(file);
  }

  @Test
  void everyNumber_isOneTheCommandsGive() throws IOException {
    assertEquals(List.of(), unknown(page));
  }

  @Test
  void aWrongNumber_wouldBeFound() throws IOException {
    assertFalse(unknown(page.replace("<dd>34 → 34", "<dd>34 → 35")).isEmpty());
    assertFalse(unknown(page.replaceFirst("<td class=\"n\">[0-9.]+ ms", "<td>6.66 ms")).isEmpty());
  }

  private static List<String> unknown(String html) throws IOException {
    Set<String> known = known();
    String words =
        html.substring(
                html.indexOf("<header>"), html.indexOf("<section aria-labelledby=\"imports\""))
            .replaceAll("(?s)<svg.*?</svg>", " ");
    List<String> numbers = ReportNumbersTest.numbers(ReportNumbersTest.text(words));
    assertTrue(numbers.size() > 40, numbers.size() + " numbers are too few to be the whole page");
    return numbers.stream().filter(number -> !known.contains(number)).toList();
  }

  private static Set<String> known() throws IOException {
    Set<String> known = new HashSet<>(Set.of("99 %", "123456789012", "1"));
    JsonNode explained =
        Cli.run("explain", "checkout-api", "3..4", "-o", "json", "--db", db()).json();
    ReportNumbersTest.add(known, explained);
    JsonNode before = phases("3");
    JsonNode after = phases("4");
    ReportNumbersTest.add(known, before);
    ReportNumbersTest.add(known, after);
    known.add(after.path("memory_mb").asText());
    before
        .fieldNames()
        .forEachRemaining(
            name ->
                ReportNumbersTest.addForms(
                    known, after.path(name).doubleValue() - before.path(name).doubleValue()));
    ReportNumbersTest.add(known, sql(QUANTILES));
    return known;
  }

  private static JsonNode phases(String deployment) throws IOException {
    return sql("phases", "-p", "function=checkout-api", "-p", "deployment=" + deployment)
        .path("rows")
        .path(0);
  }

  private static JsonNode sql(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("sql"));
    command.addAll(List.of(words));
    command.addAll(List.of("-o", "json", "--db", db()));
    return Cli.run(command.toArray(new String[0])).json();
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
