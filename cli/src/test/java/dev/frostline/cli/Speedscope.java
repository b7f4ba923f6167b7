package dev.frostline.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The viewer of speedscope's npm package, opened as its own command opens a file. */
final class Speedscope {
  private static final String PACKAGE = "speedscope/node_modules/speedscope/dist/release";

  /**
   * A line of its sandwich view.
   *
   * @param total as it is shown: {@code 20.73ms (4.2%)}
   */
  record Row(String total, String self, String name) {}

  private Speedscope() {}

  /** A file of the package; without it tests are skipped, but never in CI. */
  static Path file(String name) {
    String configured = System.getenv("FROSTLINE_TEST_RUNTIMES");
    Path tools =
        configured == null
            ? Path.of(System.getProperty("user.home"), ".cache", "frostline-tests")
            : Path.of(configured);
    Path file = tools.resolve(PACKAGE).resolve(name);
    assumeTrue(
        Files.exists(file) || System.getenv("CI") != null,
        "No speedscope: run wrapper-layer/src/test/tools/fetch_runtimes");
    return file;
  }

  /** What it shows of a profile: every frame that fits its window, the heaviest first. */
  static List<Row> open(Path profile, Chromium chromium) throws IOException {
    Path script = Files.createTempFile("profile", ".js");
    Files.writeString(
        script,
        "speedscope.loadFileFromBase64('"
            + profile.getFileName()
            + "', '"
            + Base64.getEncoder().encodeToString(Files.readAllBytes(profile))
            + "')");
    chromium.open("about:blank");
    chromium.open(file("index.html").toUri() + "#localProfilePath=" + script);
    for (int i = 0; i < 400 && chromium.all("td").isEmpty(); i++) {
      chromium.press("3");
      Chromium.pause();
    }
    Files.delete(script);
    Object shown =
        chromium.driver.executeScript(
            "return [...document.querySelectorAll('tr')].filter(tr => tr.cells.length === 3 && tr.querySelector('td'))"
                + ".map(tr => [...tr.cells].map(cell => cell.textContent))");
    List<Row> rows = new ArrayList<>();
    for (Object row : (List<?>) Objects.requireNonNull(shown)) {
      List<?> cells = (List<?>) row;
      rows.add(
          new Row(
              String.valueOf(cells.get(0)),
              String.valueOf(cells.get(1)),
              String.valueOf(cells.get(2))));
    }
    return rows;
  }
}
