package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The files people mail each other, the report and the page of explain, opened from disk. */
final class ReportInBrowserTest {
  private static final int PAPER_WIDTH = 794;
  private static final String KINDS =
      "return [...new Set([...document.querySelectorAll('*')].map(element =>"
          + " element.localName + ' ' + element.getAttributeNames().sort()))];";
  @TempDir static Path folder = Path.of(".");
  private static final Map<String, String> PAGES = new TreeMap<>();
  private static @Nullable Chromium chromium;

  @BeforeAll
  static void writePages() throws IOException {
    chromium = new Chromium(folder.resolve("profile"));
    String store = folder.resolve("s.duckdb").toString();
    List<String> ingest =
        new ArrayList<>(List.of("ingest", "--region", "eu-west-1", "--db", store));
    for (String function : List.of("checkout-api", "thumbnail-worker", "webhook-stdlib")) {
      for (int version = 3; version <= 6; version++) {
        ingest.add(Cli.shared("lambda-python/" + function + "/quiet/v" + version + ".ndjson.gz"));
      }
    }
    run(ingest.toArray(new String[0]));
    Path settings =
        Files.writeString(
            folder.resolve("frostline.toml"),
            """
            [[budget]]
            function = "*"
            limits = ["init_p50 < 300ms", "import pandas < 1ms"]

            [[owner]]
            function = "checkout-*"
            team = "payments"
            """);
    run(
        "report",
        "--week",
        "2026-W38",
        "--db",
        store,
        "--out",
        folder.toString(),
        "--config",
        settings.toString());
    PAGES.put("report", address("frostline-2026-W38.html"));
    Path explained = folder.resolve("explain.html");
    run(
        "explain",
        "checkout-api",
        "3..4",
        "-o",
        "html",
        "--out",
        explained.toString(),
        "--db",
        store);
    PAGES.put("explain", address("explain.html"));
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void plainWindow() {
    browser().size(1280, 900);
    browser().dark(false);
    browser().complaints();
  }

  @Test
  @Tag("long")
  void everyPage_isReadable_inBothThemes_wideAndNarrow() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      for (boolean dark : List.of(false, true)) {
        for (int width : List.of(1280, 400)) {
          String name = page.getKey() + "-" + width + (dark ? "-dark" : "-light");
          browser().size(width, 900);
          browser().dark(dark);
          browser().open(page.getValue());
          browser().screenshot(name);
          browser().unreadable().forEach(finding -> findings.add(name + ": " + finding));
        }
      }
    }
    findings.addAll(browser().complaints());
    assertEquals("", String.join("\n", findings));
  }

  @Test
  @Tag("long")
  void printed_thePageIsLightAndWhole() throws IOException {
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      browser().size(PAPER_WIDTH, 1123);
      browser().dark(true);
      browser().open(page.getValue());
      browser().paper();
      browser().screenshot(page.getKey() + "-paper");
      assertEquals(List.of(), browser().unreadable(), page.getKey());
      assertEquals(
          "rgba(255, 255, 255, 1)", browser().find("body").getCssValue("background-color"));
      for (WebElement table : browser().all("table:not(details:not([open]) table)")) {
        assertTrue(table.isDisplayed(), page.getKey() + " " + table.getText());
      }
      assertTrue(browser().pdf(page.getKey()).startsWith("%PDF-"));
    }
  }

  @Test
  void keyboardAlone_reachesAndOpensEverything() {
    for (String page : PAGES.values()) {
      browser().open(page);
      assertEquals(List.of(), browser().unreachable(), page);
      for (WebElement summary : browser().all("details > summary")) {
        if (summary.isDisplayed()) {
          WebElement details = summary.findElement(org.openqa.selenium.By.xpath(".."));
          String before = String.valueOf(details.getDomProperty("open"));
          summary.sendKeys(Keys.ENTER);
          assertNotEquals(before, String.valueOf(details.getDomProperty("open")), page);
        }
      }
    }
  }

  @Test
  void withoutScripts_theTablesAreThere() {
    browser().scripts(false);
    try {
      browser().open(page("report"));
      assertTrue(browser().find("#trend").isDisplayed());
      assertTrue(browser().find("section[aria-labelledby=trend] table").isDisplayed());
      browser().open(page("explain"));
      for (String table : List.of("suspects", "tree")) {
        assertTrue(browser().find("table." + table).getText().contains("pandas"), table);
      }
      assertTrue(browser().find("svg.boxes").isDisplayed());
    } finally {
      browser().scripts(true);
    }
  }

  @Test
  void hostileNames_changeNeitherTitleNorStructure() throws IOException, SQLException {
    List<String> plain =
        IntStream.range(0, HostileStore.NAMES.size()).mapToObj(i -> "name-" + i).toList();
    Path tame = HostileStore.with(plain, folder.resolve("tame.duckdb"));
    Path store = HostileStore.with(HostileStore.NAMES, folder.resolve("hostile.duckdb"));
    Set<String> report = kindsOfReport(tame);
    assertEquals(report, kindsOfReport(store));
    assertEquals("Cold starts 2026-W41 – Frostline", browser().driver.getTitle());
    Set<String> explained = kindsOfExplanation(tame, plain.get(0));
    for (String name : HostileStore.NAMES) {
      assertEquals(explained, kindsOfExplanation(store, name), name);
      String title = String.valueOf(browser().driver.getTitle());
      assertTrue(title.endsWith("– Frostline") && title.contains("A → "), title);
    }
    assertEquals(List.of(), browser().complaints());
  }

  private static Set<String> kindsOfReport(Path store) {
    run("report", "--week", "2026-W41", "--db", store.toString(), "--out", folder.toString());
    return kinds(address("frostline-2026-W41.html"));
  }

  private static Set<String> kindsOfExplanation(Path store, String name) {
    String file = folder.resolve("one.html").toString();
    run("explain", "--db", store.toString(), "-o", "html", "--out", file, "--", name, "A.." + name);
    return kinds(address("one.html"));
  }

  /** Every kind of element on a page, with the attributes it has. */
  private static Set<String> kinds(String address) {
    browser().open(address);
    Set<String> kinds = new TreeSet<>();
    ((List<?>) Objects.requireNonNull(browser().driver.executeScript(KINDS)))
        .forEach(kind -> kinds.add(String.valueOf(kind)));
    assertFalse(kinds.isEmpty());
    return kinds;
  }

  private static void run(String... arguments) {
    Cli cli = Cli.run(arguments);
    assertEquals(0, cli.exitCode(), cli.err());
  }

  private static String page(String name) {
    return Objects.requireNonNull(PAGES.get(name));
  }

  private static String address(String file) {
    return folder.resolve(file).toAbsolutePath().toUri().toString();
  }

  private static Chromium browser() {
    return Objects.requireNonNull(chromium);
  }
}
