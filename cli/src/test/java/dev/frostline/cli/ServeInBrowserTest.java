package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.picture.Icicle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page as its reader sees it, in a real browser on real cold starts. */
final class ServeInBrowserTest {
  private static final int PAPER_WIDTH = 794;
  private static final String FUNCTION = "/f/123456789012/eu-west-1/checkout-api";
  @TempDir static Path folder = Path.of(".");
  private static @Nullable ServedStore served;
  private static @Nullable Chromium chromium;

  @BeforeAll
  static void open() throws IOException {
    chromium = new Chromium(folder.resolve("profile"));
    String store = folder.resolve("s.duckdb").toString();
    List<String> ingest =
        new ArrayList<>(List.of("ingest", "--region", "eu-west-1", "--db", store));
    for (String deployment :
        List.of(
            "checkout-api/quiet/v3",
            "checkout-api/quiet/v4",
            "checkout-api/quiet/v5",
            "inject-leaf/quiet/v1",
            "inject-leaf/quiet/v7",
            "webhook-stdlib/quiet/v5",
            "webhook-stdlib/quiet/v6")) {
      ingest.add(Cli.shared("lambda-python/" + deployment + ".ndjson.gz"));
    }
    Cli cli = Cli.run(ingest.toArray(new String[0]));
    assertEquals(0, cli.exitCode(), cli.err());
    promise(store);
    Cli accepted =
        Cli.run(
            "ack",
            "inject-leaf",
            "1..7",
            "--reason",
            "wanted",
            "--until",
            "2999-12-31",
            "--db",
            store);
    assertEquals(0, accepted.exitCode(), accepted.err());
    served = new ServedStore(Path.of(store));
    chromium.open(served.address());
    chromium.await("#functions");
  }

  private static void promise(String store) throws IOException {
    Path advice =
        Files.writeString(
            folder.resolve("advice.json"),
            """
            {"trial": {"change": "defer", "modules": ["pandas"], "outcome": "helps", "init_change_ms": -200,
             "init_ci_ms": [-210, -190], "code_before_ms": null}}
            """);
    Cli promised =
        Cli.run(
            "promises",
            "--add",
            advice.toString(),
            "-f",
            "checkout-api",
            "--deployment",
            "5",
            "--db",
            store);
    assertEquals(0, promised.exitCode(), promised.err());
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    if (served != null) {
      served.close();
    }
  }

  @BeforeEach
  void plainWindow() {
    browser().size(1280, 900);
    browser().dark(false);
    browser().complaints();
  }

  private static Map<String, String> views() {
    String starts = served().get(FUNCTION + ".csv?table=starts").body();
    String start = starts.lines().skip(1).findFirst().orElse("").split(",", 2)[0];
    Map<String, String> views = new LinkedHashMap<>();
    views.put("fleet", "/");
    views.put("function", FUNCTION);
    views.put("deployment", FUNCTION + "/4");
    views.put("compare", FUNCTION + "/3..4");
    views.put("compare-promised", FUNCTION + "/4..5");
    views.put("compare-accepted", FUNCTION.replace("checkout-api", "inject-leaf") + "/1..7");
    views.put("compare-tree", FUNCTION + "/3..4?view=tree");
    views.put("compare-sandwich", FUNCTION + "/3..4?view=sandwich");
    views.put("cold-start", "/c/" + start);
    views.put("import", "/i/python/pandas");
    views.put("changes", "/changes?week=2026-W39");
    views.put("sql", "/sql");
    views.put("health", "/health");
    views.put("not-there", "/f/1/2/3");
    return views;
  }

  @Tag("long")
  @Test
  void everyView_isReadable_inBothThemes_wideAndNarrow() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Map.Entry<String, String> view : views().entrySet()) {
      for (boolean dark : List.of(false, true)) {
        for (int width : dark ? List.of(1280) : List.of(1280, 400)) { // no colour hangs on it
          String name = view.getKey() + "-" + width + (dark ? "-dark" : "-light");
          browser().size(width, 900);
          browser().dark(dark);
          browser().open(served().origin + view.getValue());
          browser().screenshot(name);
          browser().unreadable().forEach(finding -> findings.add(name + ": " + finding));
        }
      }
    }
    findings.addAll(browser().complaints());
    assertEquals("", String.join("\n", findings));
  }

  @Tag("long")
  @Test
  void everyView_printsBlackOnWhite_withoutWhatOnlyAScreenHas() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Map.Entry<String, String> view : views().entrySet()) {
      String name = view.getKey() + "-paper";
      browser().size(PAPER_WIDTH, 1123);
      browser().dark(true);
      openJudged(view.getValue());
      String controls =
          "nav[aria-label=Views], .tools button, form button, figcaption button, .chart, .overview";
      assertNotEquals(List.of(), browser().elements(controls, true), name);
      browser().paper();
      browser().screenshot(name);
      browser().unreadable().forEach(finding -> findings.add(name + ": " + finding));
      assertEquals(
          "rgba(255, 255, 255, 1)", browser().find("body").getCssValue("background-color"), name);
      String tables = "table:not(details:not([open]) table, .u-legend)";
      assertEquals(List.of(), browser().elements(tables, false), name);
      assertEquals(List.of(), browser().elements(controls, true), name);
      assertTrue(browser().pdf(name).startsWith("%PDF-"), name);
    }
    assertEquals("", String.join("\n", findings));
    browser().open(served().origin + FUNCTION);
    assertTrue(browser().find("figure.trend > svg").isDisplayed());
  }

  @Tag("long")
  @Test
  void tabKey_reachesEveryControlOfEveryView() {
    for (Map.Entry<String, String> view : views().entrySet()) {
      if (view.getKey().equals("function") || view.getKey().equals("health")) {
        continue; // a hundred rows of links, which the other views have too
      }
      openJudged(view.getValue());
      assertEquals(List.of(), browser().unreachable(), view.getKey());
    }
  }

  @Tag("long")
  @Test
  void chartOverTime_saysWhatIsUnderThePointer_zooms_andBackUndoesIt() {
    browser().open(served().origin + FUNCTION);
    WebElement area = browser().await("figure.trend .u-over");
    assertFalse(browser().find("figure.trend > svg").isDisplayed());
    assertEquals(
        List.of("3", "4", "5"),
        browser().all(".chart .mark").stream().map(WebElement::getText).toList());
    new Actions(browser().driver).moveToElement(area).perform();
    assertTrue(
        browser().find(".u-legend").getText().replace('\n', ' ').matches(".*p50 ?[0-9.]+ ms .*"),
        browser().find(".u-legend").getText());
    assertFalse(browser().find("figure.trend button").isDisplayed());
    new Actions(browser().driver)
        .moveToElement(area, -300, 0)
        .clickAndHold()
        .moveByOffset(200, 0)
        .release()
        .perform();
    assertTrue(url().contains("#zoom="), url());
    assertTrue(browser().find("figure.trend button").isDisplayed());
    assertTrue(browser().all(".chart .mark:not([hidden])").size() < 3);
    String zoomed = url();
    browser().driver.navigate().back();
    assertFalse(url().contains("#zoom="), url());
    assertEquals(3, browser().all(".chart .mark:not([hidden])").size());
    browser().open(served().origin + "/");
    browser().open(zoomed);
    browser().await("figure.trend button:not([hidden])").click();
    assertEquals(3, browser().all(".chart .mark:not([hidden])").size());
    browser().find(".chart .mark.slower").click();
    assertEquals("checkout-api 3 → 4 – Frostline", browser().driver.getTitle());
    assertEquals(List.of(), browser().complaints());
  }

  @Tag("long")
  @Test
  void answerOverTime_isDrawn_andOneOfNamesIsNot() {
    for (String along : List.of("started_at::DATE", "import_count", "function")) {
      browser().open(served().origin + "/sql");
      browser()
          .find("#q")
          .sendKeys(
              Keys.chord(Keys.CONTROL, "a"),
              "SELECT " + along + " AS a, count(*) AS n FROM cold_starts GROUP BY 1 ORDER BY 1",
              Keys.chord(Keys.CONTROL, Keys.ENTER));
      browser().await("#answer tbody");
      assertEquals(along.equals("function") ? 0 : 1, browser().all(".answer canvas").size(), along);
    }
    assertEquals(List.of(), browser().complaints());
  }

  @Tag("long")
  @Test
  void zoomedTree_hasTheWholeOneAboveIt_whereAClickLeadsElsewhere() {
    browser().open(served().origin + FUNCTION + "/4");
    browser().await("svg.box[data-name='numpy']").click();
    WebElement map = browser().await("svg.overview:not(.off)");
    assertTrue(map.isDisplayed());
    WebElement frame = browser().find(".overview .frame");
    String shown = String.valueOf(frame.getAttribute("width"));
    assertTrue(Double.parseDouble(shown.replace("%", "")) < 50, shown);
    new Actions(browser().driver)
        .moveToElement(map, 1 - map.getSize().width / 2, 6 - map.getSize().height / 2)
        .click()
        .perform();
    assertFalse(url().contains("focus=numpy"), url());
    browser().driver.navigate().back();
    assertTrue(url().contains("focus=numpy"), url());
    browser().press("r");
    assertEquals(List.of(), browser().all("svg.overview:not(.off)"));
    assertEquals(List.of(), browser().complaints());
  }

  @Test
  void clicksLead_fromFleetToTheStatementBehindAPicture() {
    browser().open(served().origin + "/");
    browser().follow("checkout-api");
    browser().follow("3 → 4");
    assertEquals("checkout-api 3 → 4 – Frostline", browser().driver.getTitle());
    assertTrue(browser().find("#suspects").getText().contains("pandas"));
    browser().find("footer summary").click();
    browser().find(".asked a").click();
    WebElement statement = browser().await("#q");
    assertTrue(String.valueOf(statement.getDomProperty("value")).startsWith("-- "));
    assertEquals(List.of(), browser().all("#answer"));
    browser().find("button.primary").click();
    assertTrue(browser().await("#answer").getText().length() > 100);
    browser().driver.navigate().back();
    browser().driver.navigate().back();
    assertEquals("checkout-api 3 → 4 – Frostline", browser().driver.getTitle());
    assertEquals(List.of(), browser().complaints());
  }

  @Tag("long")
  @Test
  void tree_saysWhatIsUnderThePointer_sumsASearch_andBackUndoesAZoom() {
    browser().open(served().origin + FUNCTION + "/4");
    WebElement pandas = browser().await("svg.box[data-name='pandas']");
    new Actions(browser().driver)
        .moveToElement(pandas) // scrolls, and what scrolls away takes its words with it
        .pause(Duration.ofMillis(500))
        .moveByOffset(4, 1)
        .perform();
    assertTrue(
        browser().find(".tip").getText().startsWith("pandas: with what it imports "),
        browser().find(".tip").getText());
    browser().find(".tools input").sendKeys("pandas");
    String found = browser().find(".tools output").getText();
    assertTrue(found.matches("[0-9]+ places, [0-9.]+ ms"), found);
    assertTrue(url().endsWith("#find=pandas"), url());
    pandas.click();
    assertTrue(url().contains("focus=pandas"), url());
    browser().driver.navigate().back();
    assertFalse(url().contains("focus="), url());
    assertEquals("checkout-api 4 – Frostline", browser().driver.getTitle());
    browser().open(served().origin + "/");
    browser().open(served().origin + FUNCTION + "/4#find=numpy");
    assertTrue(browser().await(".tools output").getText().contains(" places, "));
    assertEquals(List.of(), browser().complaints());
  }

  @Tag("long")
  @Test
  void sandwich_showsWhoImportsAbove_andWhatIsImportedBelow_byClickAndKey() {
    browser().open(served().origin + FUNCTION + "/4?view=sandwich#of=numpy");
    WebElement chosen = browser().await("figure.between .box.chosen");
    assertTrue(String.valueOf(chosen.getAttribute("aria-label")).startsWith("numpy: "));
    int at = row(chosen);
    assertTrue(names(box -> row(box) == at - 1).contains("pandas"));
    assertTrue(names(box -> row(box) == at + 1).contains("numpy.lib"));
    browser().find("figure.between .box[aria-label^='pandas: ']").click();
    assertTrue(url().contains("of=pandas"), url());
    assertTrue(browser().find("figure.between figcaption").getText().contains("pandas"));
    browser().driver.navigate().back();
    assertTrue(browser().find("figure.between figcaption").getText().contains("numpy"));
    WebElement name = browser().find("table.sandwich tbody th button.name");
    name.click();
    assertTrue(browser().find("figure.between figcaption").getText().contains(name.getText()));
    browser().open(served().origin + "/");
    browser().open(served().origin + FUNCTION + "/4");
    browser().await("svg.box[data-name='pandas']").click();
    browser().press("s");
    assertTrue(browser().await("figure.between figcaption").getText().contains("pandas"));
    assertEquals(List.of(), browser().complaints());
  }

  @Tag("long")
  @Test
  void importOfEarlierDeploymentsAlone_saysSo() {
    String page = served().get("/i/python/pandas").body();
    assertTrue(page.contains("Nothing that is live imports it; earlier deployments did."), page);
  }

  private static int row(WebElement box) {
    return Integer.parseInt(String.valueOf(box.getAttribute("y"))) / Icicle.ROW_HEIGHT;
  }

  private static List<String> names(Predicate<WebElement> of) {
    return browser().all("figure.between .box").stream()
        .filter(of)
        .map(box -> String.valueOf(box.getAttribute("aria-label")).replaceFirst(": .*", ""))
        .toList();
  }

  @Tag("long")
  @Test
  void tap_saysWhatIsUnderTheFinger() {
    browser().touch(true);
    try {
      browser().open(served().origin + FUNCTION + "/4");
      browser().tap(browser().await("svg.box[data-name='pandas']"));
      assertTrue(browser().await(".tip:not([hidden])").getText().startsWith("pandas: "));
      assertTrue(url().contains("focus=pandas"), url());
    } finally {
      browser().touch(false);
    }
  }

  @Tag("long")
  @Test
  void narrowFleet_showsTheChange_withoutScrolling() {
    browser().size(400, 900);
    browser().open(served().origin + "/");
    WebElement change = browser().await("#functions td.slower a");
    int right = change.getRect().getX() + change.getRect().getWidth();
    assertTrue(right <= 400, "the change ends at " + right + " px");
  }

  /** A view whose verdicts are there: it does not load again by itself. */
  private static void openJudged(String path) {
    browser().open(served().origin + path);
    while (!browser().all("[data-judging]").isEmpty()) {
      Chromium.pause();
    }
  }

  private static String url() {
    return String.valueOf(browser().driver.getCurrentUrl());
  }

  @Test
  void keyboardAlone_isEnough() {
    browser().open(served().origin + "/");
    browser().press("/");
    browser().press("checkout");
    assertEquals(
        List.of("checkout-api"),
        browser().all("#functions tbody tr:not([hidden]) td:first-child").stream()
            .map(WebElement::getText)
            .toList());
    browser().tabTo("checkout-api");
    browser().press(Keys.ENTER);
    browser().await("#changes");
    browser().tabTo("3 → 4");
    browser().press(Keys.ENTER);
    browser().await("#suspects");
    browser().tabTo("SQL");
    browser().press(Keys.ENTER);
    browser()
        .await("#q")
        .sendKeys(
            Keys.chord(Keys.CONTROL, "a"),
            "SELECT 6 * 7 AS n",
            Keys.chord(Keys.CONTROL, Keys.ENTER));
    assertTrue(browser().await("#answer tbody").getText().contains("42"));
  }

  @Tag("long")
  @Test
  void runningStatement_isCancelled_andThePageGoesOn() {
    browser().open(served().origin + "/sql?q=SELECT+max(range*3)+FROM+range(1000000000000)");
    browser()
        .driver
        .executeScript(
            "document.querySelector('button.primary').click();"
                + "setTimeout(() => document.querySelector('[data-cancel]').click(), 1500)");
    assertEquals("Cancelled.", browser().await(".problem").getText());
  }

  @Test
  void withoutScripts_theTablesAreThere() {
    browser().scripts(false);
    try {
      for (Map.Entry<String, String> view : views().entrySet()) {
        browser().open(served().origin + view.getValue());
        boolean hasNone = view.getKey().equals("sql") || view.getKey().equals("not-there");
        assertEquals(hasNone, browser().all("table").isEmpty(), view.getKey());
      }
    } finally {
      browser().scripts(true);
    }
  }

  @Tag("long")
  @Test
  void largeFleet_isThereAtOnce_andItsVerdictsFollow() throws Exception {
    Path many = new MadeFleet(folder, "made_fleet.sql", "many_functions.sql").file;
    try (ServedStore large = new ServedStore(many, false)) {
      browser().open(large.address());
      assertTrue(browser().await("[data-judging]").getText().contains("follow by themselves"));
      assertTrue(browser().find("#functions").getText().contains("judging …"));
      assertTrue(browser().await("#functions .slower").getText().startsWith("▲"));
      assertEquals(List.of(), browser().all("[data-judging]"));
    } finally {
      browser().open(served().address());
      browser().await("#functions");
    }
  }

  @Tag("long")
  @Test
  void copiedLink_isTheAddress_withoutTheToken() {
    browser().open(served().origin + "/?verdict=slower#t=" + served().token);
    browser().await("#functions");
    assertFalse(String.valueOf(browser().driver.getCurrentUrl()).contains("#t="));
    browser()
        .driver
        .executeScript(
            "navigator.clipboard.writeText = text => { document.title = text; return"
                + " Promise.resolve(); }");
    browser().find("[data-copy-link]").click();
    assertEquals(served().origin + "/?verdict=slower", browser().driver.getTitle());
    browser().find("[data-copy]").click();
    assertEquals("frostline regressions --all", browser().driver.getTitle());
  }

  private static ServedStore served() {
    return Objects.requireNonNull(served);
  }

  private static Chromium browser() {
    return Objects.requireNonNull(chromium);
  }
}
