package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.statistics.Thresholds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  @Test
  void page_loadsNothingAndRunsNothing() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      String page = ReportPage.html(Fleet.report(store));
      for (String absent :
          List.of("<script", "http:", "https:", "url(", "@import", "<link", "<img", " style=")) {
        assertFalse(page.contains(absent), absent);
      }
      assertTrue(
          page.contains("default-src 'none'; style-src 'sha256-"),
          "its policy allows one style sheet");
    }
  }

  @Test
  void sections_comeInTheSameOrderEveryWeek() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      WeeklyReport report =
          Fleet.report(store, Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100));
      List<String> sections =
          Stream.of(Section.values())
              .filter(section -> !section.isEmpty(report))
              .map(Section::title)
              .toList();
      assertEquals(
          "Act on these, Slower without a change of code, Fleet trend, Money, Shared weight,"
              + " Coverage and data health, How this was judged",
          String.join(", ", sections));
      assertEquals(
          "Nothing this week: got faster, budgets, watch list, acknowledged.",
          Section.empty(report));
      assertEquals(sections, headings(ReportPage.html(report), "<h2 id=\"[a-z]+\">([^<]*)</h2>"));
      assertEquals(sections, headings(ReportText.markdown(report), "(?m)^## (.*)$"));
      assertEquals(sections, headings(ReportText.plain(report), "(?m)^(.*)\n-+$"));
    }
  }

  @Test
  void verdictLine_saysItInOneSentence() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      WeeklyReport report =
          Fleet.report(store, Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100));
      assertEquals("1 deployment made cold starts slower.", Phrase.verdict(report));
      assertEquals(
          "Requests waited 2.73 s in cold starts, 960 ms more than the week before; import timings"
              + " cover 17.6 % of them.",
          Phrase.waiting(report));
      assertTrue(
          ReportText.markdown(report)
              .startsWith("# ▲ Slower: 1 deployment made cold starts slower.\n"));
    }
  }

  @Test
  void emptyStore_givesAFriendlyReport() throws SQLException {
    try (Store store = Store.open(Path.of(":memory:"))) {
      assertTrue(WeeklyReport.latestWeek(store.connection()).isEmpty());
      WeeklyReport report =
          WeeklyReport.of(
              store.connection(), Fleet.WEEK, List.of(), Thresholds.DEFAULT, Policy.NONE);
      assertTrue(ReportPage.html(report).contains("No data: no cold starts in this week."));
      assertTrue(ReportText.markdown(report).contains("Take logs in with frostline ingest PATH"));
      assertFalse(ReportPage.html(report).contains("NaN"));
    }
  }

  @Test
  void pageOfALargeFleet_staysSmall() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      Fleet.run(
          store,
          "INSERT INTO cold_start BY NAME SELECT cold_start.* REPLACE ( 9000 + i AS cold_start_id,"
              + " 'a-function-with-a-rather-long-name-' || i AS function) FROM cold_start,"
              + " range(500) x(i) WHERE cold_start_id = 200");
      Comparison[] slower = new Comparison[500];
      for (int i = 0; i < slower.length; i++) {
        slower[i] =
            Fleet.comparison("a-function-with-a-rather-long-name-" + i, "2", Verdict.SLOWER, i);
      }
      int bytes =
          ReportPage.html(Fleet.report(store, slower)).getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes < 150_000, bytes + " bytes");
    }
  }

  @Test
  void sameStore_givesTheSameBytes() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      assertEquals(ReportPage.html(Fleet.report(store)), ReportPage.html(Fleet.report(store)));
    }
  }

  @Test
  void longMarkdown_isCutAtALineAndSaysSo() {
    String cut = ReportText.cut("# ä\n".repeat(30_000));
    assertTrue(cut.getBytes(StandardCharsets.UTF_8).length <= ReportText.MOST_BYTES);
    assertTrue(cut.endsWith("# ä\n\nCut here: the HTML report has the rest.\n"));
  }

  @Test
  void commands_quoteWhatAShellWouldRead() {
    assertEquals(
        "frostline explain f '$LATEST..2'",
        Shell.command("frostline", "explain", "f", "$LATEST..2"));
    assertEquals("a 'it'\\''s; rm -rf ~'", Shell.command("a", "it's; rm -rf ~"));
    assertEquals("a ''", Shell.command("a", ""));
  }

  private static List<String> headings(String text, String pattern) {
    return java.util.regex.Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
