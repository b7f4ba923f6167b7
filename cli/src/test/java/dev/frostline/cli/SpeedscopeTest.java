package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real viewer reads the exports: its own format, folded stacks, pprof and the Trace Event Format.
 */
@Tag("long")
final class SpeedscopeTest {
  @TempDir static Path folder = Path.of(".");
  private static final Map<String, Double> SELF_MS = new HashMap<>();
  private static @Nullable Chromium chromium;

  @BeforeAll
  static void open() throws IOException, SQLException {
    Speedscope.file("index.html");
    String db = folder.resolve("store.duckdb").toString();
    Cli.run("ingest", Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz"), "--db", db);
    Cli tree =
        Cli.run(
            "sql",
            "import_tree",
            "-p",
            "function=checkout-api",
            "-p",
            "deployment=4",
            "-o",
            "json",
            "--db",
            db);
    for (JsonNode row : tree.json().path("rows")) {
      SELF_MS.merge(row.path("name").textValue(), row.path("self_ms").doubleValue(), Double::sum);
    }
    HostileStore.in(folder);
    chromium = new Chromium(folder.resolve("profile"));
    chromium.size(1280, 1200);
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "speedscope, checkout-api 4, 1",
    "folded, real.folded, 1000",
    "pprof, real.pb.gz, 1",
    "chrome-trace, 'checkout-api (pid 1), checkout-api 4 (tid 1)', 1"
  })
  void profile_hasItsTitleNamesAndTimes(String format, String title, double unitsPerMs)
      throws IOException {
    List<Speedscope.Row> rows = open("store", "real", "checkout-api", "4", format);
    assertTrue(rows.size() > 50, rows.toString());
    assertEquals("pandas.core.indexes.accessors", rows.get(0).name());
    for (Speedscope.Row row : rows) {
      double ms = SELF_MS.getOrDefault(row.name(), -1.0);
      assertEquals(ms * unitsPerMs, number(row.self()), 0.006 * unitsPerMs, row.toString());
    }
    double all = SELF_MS.values().stream().mapToDouble(Double::doubleValue).sum();
    assertEquals(all * unitsPerMs, whole(rows, "pandas.core.frame"), 0.03 * all * unitsPerMs);
    String page = browser().find("body").getText();
    assertTrue(page.contains(title), page);
  }

  @ParameterizedTest
  @CsvSource({"speedscope", "folded", "pprof", "chrome-trace"})
  void names_areWhatWasImported(String format) throws IOException {
    String name = HostileStore.NAMES.get(0);
    List<Speedscope.Row> rows = open("hostile", "hostile", name, name, format);
    Set<String> expected = new HashSet<>(HostileStore.NAMES);
    if (format.equals("folded")) {
      expected.clear();
      HostileStore.NAMES.forEach(one -> expected.add(one.replaceAll("[;\\s\\p{Cntrl}]", "_")));
    }
    Set<String> shown = new HashSet<>();
    rows.forEach(row -> shown.add(row.name()));
    assertEquals(expected, shown);
    assertEquals(HostileStore.NAMES.size(), rows.size());
    assertTrue(String.valueOf(browser().driver.getTitle()).endsWith(" - speedscope"));
  }

  /** What the share of a row makes of the whole. */
  private static double whole(List<Speedscope.Row> rows, String name) {
    for (Speedscope.Row row : rows) {
      if (row.name().equals(name)) {
        return number(row.total()) / number(row.total().replaceFirst(".*\\(", "")) * 100;
      }
    }
    throw new AssertionError(name + " is not among " + rows);
  }

  private static double number(String shown) {
    return Double.parseDouble(shown.replaceFirst("(ms)?( \\(.*|%\\))", "").replace(",", ""));
  }

  private static List<Speedscope.Row> open(
      String store, String file, String function, String deployment, String format)
      throws IOException {
    String ending = format.equals("pprof") ? "pb.gz" : format;
    Path out = folder.resolve(file + "." + ending);
    Cli export =
        Cli.run(
            "export",
            function,
            deployment,
            "--format",
            format,
            "--out",
            out.toString(),
            "--db",
            folder.resolve(store + ".duckdb").toString());
    assertEquals(0, export.exitCode(), export.err());
    return Speedscope.open(out, browser());
  }

  private static Chromium browser() {
    return Objects.requireNonNull(chromium);
  }
}
