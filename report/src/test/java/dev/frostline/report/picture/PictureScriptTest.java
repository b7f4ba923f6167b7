package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, under its own content security policy. */
class PictureScriptTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void page_isUsedByKeyboardAlone() throws Exception {
    assertEquals(
        List.of(
            "first view: icicle",
            "key 2: tree #view=tree",
            "key 3: sandwich",
            "down: app",
            "down: pandas",
            "zoomed: 0% 100% #focus=pandas",
            "outside: none",
            "escape: #focus=app",
            "reset: , shown again: true",
            "found: 1 place, 17.0 ms, 1 marked"),
        seen(ExplanationPageTest.page("orders", "pandas")));
  }

  @Test
  void hostileNames_runNothing() throws Exception {
    String name =
        "</script><img src=x onerror=\"document.title='taken'\"><svg onload=\"document.title='taken'\">";
    String dom = dom(ExplanationPageTest.page(name, name));
    assertTrue(dom.contains("– Frostline</title>"), "the title is the page's own");
    assertTrue(dom.contains("role=\"tablist\""), "its own script ran");
  }

  private List<String> seen(String page) throws Exception {
    String driver = driver();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(driver.getBytes(StandardCharsets.UTF_8)));
    String dom =
        dom(
            page.replace("script-src '", "script-src 'sha256-" + hash + "' '")
                .replace("</body>", "<script>" + driver + "</script></body>"));
    String mark = "<pre id=\"seen\">";
    assertTrue(dom.contains(mark), "the driver ran to its end");
    int from = dom.indexOf(mark) + mark.length();
    return dom.substring(from, dom.indexOf("</pre>", from)).lines().toList();
  }

  private String dom(String page) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("page.html"), page);
    Process browser =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                file.toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(browser.waitFor(2, TimeUnit.MINUTES), "the browser ends");
    return dom;
  }

  private static String driver() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PictureScriptTest.class.getResourceAsStream("drive.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
