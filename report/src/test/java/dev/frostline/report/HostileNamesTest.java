package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Budget;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names come from logs: whatever they hold, they are text in every format. */
class HostileNamesTest {
  private static final Map<String, WeeklyReport> REPORTS = new HashMap<>();
  private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9]*)");

  static List<String> names() {
    return List.of(
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><style>*{display:none}</style>",
        "</style><svg/onload=alert(1)>",
        "<!-- --!> <b>x",
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "![x](http://example.invalid/x.png)",
        "=HYPERLINK(\"http://example.invalid\",\"x\")",
        "a|b|c `code` ``` \\`x",
        "@everyone <@U123> #1",
        "\u202egnp.exe\u2066",
        "line\nbreak\r\n## heading\u0007\u001b[2J",
        "${7*7} {{7*7}} $unsafe{x}",
        "x".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void page_hasTheSameTagsAsWithAnyOtherName(String name) throws IOException, SQLException {
    String page = ReportPage.html(report(name));
    assertEquals(tags(ReportPage.html(plain())), tags(page));
    assertEquals("Cold starts 2026-W41 – Frostline", between(page, "<title>", "</title>"));
    assertFalse(Pattern.compile("\\b(href|src|on\\w+|style)\\s*=").matcher(markup(page)).find());
    assertTrue(page.chars().allMatch(c -> c == '\n' || !Inert.isUnsafe((char) c)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void markdown_keepsItsLinesAndHoldsNoMarkupOutsideCode(String name)
      throws IOException, SQLException {
    String text = ReportText.markdown(report(name));
    assertEquals(ReportText.markdown(plain()).lines().count(), text.lines().count());
    String outside = text.replaceAll("`[^`\n]*`", "").replaceAll("\\\\.", "");
    for (String evil : List.of("`", "<", "@", "](")) {
      assertFalse(outside.contains(evil), evil + " outside code");
    }
    assertEquals(List.of(), unevenRows(text));
    assertTrue(text.chars().allMatch(c -> c == '\n' || !Inert.isUnsafe((char) c)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void plainText_keepsItsLines(String name) throws IOException, SQLException {
    String text = ReportText.plain(report(name));
    assertEquals(ReportText.plain(plain()).lines().count(), text.lines().count());
    assertTrue(text.chars().allMatch(c -> c == '\n' || !Inert.isUnsafe((char) c)));
  }

  private static WeeklyReport plain() throws IOException, SQLException {
    return report("plain");
  }

  private static WeeklyReport report(String name) throws IOException, SQLException {
    WeeklyReport known = REPORTS.get(name);
    WeeklyReport report = known == null ? made(name) : known;
    REPORTS.put(name, report);
    return report;
  }

  private static WeeklyReport made(String name) throws IOException, SQLException {
    Suspect suspect =
        new Suspect(name, "python module", Change.NEW, 20, 70, List.of(), 0.7, 0.0025);
    try (Store store = Fleet.renamed(name, name)) {
      LocalDate until = Fleet.WEEK.nextMonday();
      new Acknowledgements(store.connection())
          .add(
              new Acknowledgement(
                  "123456789012",
                  "eu-west-1",
                  "bursty",
                  "before",
                  "1",
                  name,
                  name,
                  Instant.EPOCH,
                  until));
      FunctionPattern all = new FunctionPattern("*");
      Limit limit = new Limit(name, Limit.Measure.IMPORT, name, false, 1);
      Policy policy =
          new Policy(
              List.of(new Budget(all, limit, Budget.Level.WARN)),
              List.of(new Owner(all, name, "")));
      return Fleet.report(
          store,
          policy,
          Fleet.comparison(name, "2", Verdict.SLOWER, 100, List.of(suspect), List.of(name)),
          Fleet.comparison("worker", "1", Verdict.CONFIGURATION, 50, List.of(), List.of(name)),
          Fleet.comparison("new-one", "1", Verdict.FASTER, -50, List.of(suspect), List.of()),
          Fleet.comparison("bursty", "1", Verdict.MOVED, 0, List.of(suspect), List.of(name)));
    }
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page).results().map(tag -> tag.group(1)).toList();
  }

  /** The tags themselves, with the values of their attributes taken out. */
  private static String markup(String page) {
    StringBuilder tags = new StringBuilder();
    Pattern.compile("<[a-zA-Z][^>]*>")
        .matcher(page)
        .results()
        .forEach(tag -> tags.append(tag.group()).append('\n'));
    return tags.toString().replaceAll("\"[^\"]*\"", "\"\"");
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  /** Rows of a table with more or fewer cells than its head. */
  private static List<String> unevenRows(String text) {
    List<String> uneven = new ArrayList<>();
    long cells = 0;
    for (String line : text.lines().toList()) {
      boolean row = line.startsWith("|");
      cells = row && cells == 0 ? cells(line) : row ? cells : 0;
      if (row && cells(line) != cells) {
        uneven.add(line);
      }
    }
    return uneven;
  }

  private static long cells(String row) {
    return row.replace("\\|", "").chars().filter(c -> c == '|').count();
  }
}
