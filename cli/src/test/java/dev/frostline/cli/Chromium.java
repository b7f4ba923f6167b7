package dev.frostline.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, with a profile of its own. */
final class Chromium implements AutoCloseable {
  private static final File BROWSER = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  final ChromeDriver driver;

  Chromium(Path profile) {
    boolean isThere = BROWSER.exists() && DRIVER.exists();
    assumeTrue(
        isThere || System.getenv("CI") != null,
        "No " + BROWSER + " with " + DRIVER + ": apt-get install chromium chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Shows the page as its printed style has it, in the theme chosen before. */
  void paper() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  void scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** Whether it has a screen that is touched. */
  void touch(boolean touched) {
    driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", touched));
  }

  /** A finger that comes and goes in the middle of an element. */
  void tap(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    Map<?, ?> place =
        (Map<?, ?>)
            Objects.requireNonNull(
                driver.executeScript(
                    "const {x, y, width, height} = arguments[0].getBoundingClientRect();"
                        + "return {x: x + width / 2, y: y + height / 2}",
                    element));
    driver.executeCdpCommand(
        "Input.dispatchTouchEvent", Map.of("type", "touchStart", "touchPoints", List.of(place)));
    driver.executeCdpCommand(
        "Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
  }

  void open(String address) {
    driver.get(address);
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Waits until there is such an element. */
  WebElement await(String css) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (all(css).isEmpty() && System.nanoTime() < end) {
      pause();
    }
    return find(css);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void follow(String text) {
    driver.findElement(By.linkText(text)).click();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until the element with that text has the focus. */
  void tabTo(String text) {
    for (int i = 0; i < 100; i++) {
      press(Keys.TAB);
      if (driver.switchTo().activeElement().getText().strip().equals(text)) {
        return;
      }
    }
    throw new AssertionError("No key press reaches " + text);
  }

  /** The whole page, kept in target/screenshots. */
  void screenshot(String name) throws IOException {
    Map<String, Object> shot =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  /** The page as a printer gets it, kept in target/screenshots. */
  String pdf(String name) throws IOException {
    Map<String, Object> printed =
        driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", true));
    byte[] pdf = Base64.getDecoder().decode(String.valueOf(printed.get("data")));
    Files.write(SCREENSHOTS.resolve(name + ".pdf"), pdf);
    return new String(pdf, StandardCharsets.ISO_8859_1);
  }

  /** Controls in sight that the Tab key does not come to. */
  List<String> unreachable() {
    driver.executeScript(
        """
        window.left = new Set([...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
          .filter(element => element.tabIndex >= 0 && element.checkVisibility()));
        document.addEventListener('focusin', event => window.left.delete(event.target));
        """);
    long most = (Long) Objects.requireNonNull(driver.executeScript("return window.left.size"));
    for (int i = 0; i < most + 10; i++) { // a date has stops of its own
      press(Keys.TAB);
    }
    List<String> left = new ArrayList<>();
    ((List<?>)
            Objects.requireNonNull(
                driver.executeScript("return [...window.left].map(element => element.outerHTML)")))
        .forEach(element -> left.add(String.valueOf(element)));
    return left;
  }

  /** The elements of a selector that can be seen, or those that cannot: the beginning of each. */
  List<String> elements(String css, boolean visible) {
    Object found =
        driver.executeScript(
            """
            return [...document.querySelectorAll(arguments[0])]
              .filter(one => one.checkVisibility({visibilityProperty: true}) === arguments[1])
              .map(one => one.outerHTML.slice(0, 300));
            """,
            css,
            visible);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  /** What the browser complained about since it was last asked: blocked content, failed scripts. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      boolean isStatus = entry.getMessage().contains("Failed to load resource");
      if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !isStatus) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  /**
   * Serious and critical findings of axe, and whether a reader would have to scroll the page
   * sideways.
   */
  List<String> unreadable() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
      driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            const root = document.documentElement;
            const tooWide = root.scrollWidth > root.clientWidth ? ['wider than the window: ' + root.scrollWidth] : [];
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(tooWide.concat(violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .map(one => one.id + ' ' + one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | ')))));
            """);
    List<String> findings = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(found))
        .forEach(finding -> findings.add(String.valueOf(finding)));
    return findings;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
