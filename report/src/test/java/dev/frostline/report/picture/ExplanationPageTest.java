package dev.frostline.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.Asset;
import dev.frostline.report.Figure;
import dev.frostline.store.Store;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Noise;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Interval;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationPageTest {
  private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)");

  @Test
  void page_loadsNothingAndRunsOnlyItsOwnScript() throws IOException, SQLException {
    String page = page("orders", "pandas");
    for (String absent :
        List.of("http:", "https:", "url(", "@import", "<link", "<img", " style=")) {
      assertFalse(page.contains(absent), absent);
    }
    assertEquals(2, page.split("<script>", -1).length);
    assertTrue(page.contains("script-src 'sha256-" + Asset.PICTURE_SCRIPT.sha256() + "'"));
    assertFalse(page.contains("NaN"));
  }

  @Test
  void page_saysWithoutScriptWhatThePicturesShow() throws IOException, SQLException {
    String page = page("orders", "pandas");
    for (String said :
        List.of("+71.0 ms", "moved here", "Imported by", "imported by app", "110 ms")) {
      assertTrue(page.contains(said), said);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><style>*{display:none}</style>",
        "</desc></svg><script>alert(1)</script>",
        "<!-- --!> <b>x",
        "\u202egnp.exe\u2066",
        "line\nbreak\r\u0007\u001b[2J",
        "${7*7} {{7*7}} $unsafe{x}"
      })
  void hostileNames_areTextEverywhere(String name) throws IOException, SQLException {
    assertEquals(tags(page("orders", "pandas")), tags(page(name, name)));
  }

  @Test
  void partOfTheHosts_isSaidBesideThatOfTheCode_whereItIsOverTheFloor() {
    Suspect suspect =
        new Suspect("pandas", "python module", Change.NEW, 42, 71, List.of("app"), 1, 0.001);
    assertEquals("", Figure.measured(comparison("orders", suspect, 1.9)));
    assertEquals("", Figure.measured(comparison("orders", suspect, Double.NaN)));
    assertEquals(
        "measured +276 ms = code +60.0 ms + hosts +216 ms",
        Figure.measured(comparison("orders", suspect, 216)));
  }

  static String page(String function, String module) throws IOException, SQLException {
    Suspect suspect =
        new Suspect(
            module,
            "python module",
            Change.NEW,
            42,
            71,
            List.of(function.equals(module) ? module : "app"),
            1,
            0.001);
    try (Store store = Orders.renamed(function, module)) {
      return Explanation.read(store.connection(), comparison(function, suspect, 0)).html();
    }
  }

  /** A change of 60 ms by code, and so much more by the hosts. */
  private static Comparison comparison(String function, Suspect suspect, double hostMs) {
    return new Comparison(
        "123456789012",
        "eu-west-1",
        function,
        new Side("1", 110, 3, 3, 1, Instant.EPOCH),
        new Side("2", 170 + hostMs, 3, 3, 1, Instant.EPOCH),
        Verdict.SLOWER,
        new Interval(60, 50, 70),
        54.5,
        0.0001,
        0.0001,
        2,
        0,
        new Noise(5, 1, true),
        List.of(suspect),
        List.of(),
        0.5,
        hostMs,
        21,
        List.of("a note"),
        Kind.DEPLOYMENT,
        "published",
        null);
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page).results().map(tag -> tag.group(1)).toList();
  }
}
