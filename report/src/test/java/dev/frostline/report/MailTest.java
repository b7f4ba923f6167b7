package dev.frostline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {
  private static final Policy POLICY =
      new Policy(
          List.of(),
          List.of(
              new Owner(
                  new FunctionPattern("checkout-*"), "payments", "https://github.com/acme/shop")));
  private static final Links LINKS = new Links("https://page.example", POLICY);

  @Test
  void subject_saysTheResult() throws IOException, SQLException {
    Mail mail = mail(slower(), LINKS);
    assertEquals("1 slower: checkout-api +100 ms (pandas), payments", mail.subject());
    assertEquals("Nothing got slower in 2026-W41", mail(null, LINKS).subject());
  }

  @Test
  void weekWithoutFindings_isThreeLines() throws IOException, SQLException {
    List<String> lines = mail(null, LINKS).text().lines().filter(line -> !line.isEmpty()).toList();
    assertEquals(3, lines.size(), lines.toString());
    assertTrue(lines.get(2).startsWith("The whole report: https://page.example/changes?week="));
  }

  @Test
  void finding_leadsToThePage_inBothForms() throws IOException, SQLException {
    Mail mail = mail(slower(), LINKS);
    String link = "https://page.example/f/123456789012/eu-west-1/checkout-api/before..2";
    assertTrue(mail.text().contains(link), mail.text());
    assertTrue(mail.html().contains("href=\"" + link + "\""), mail.html());
    assertTrue(mail.html().contains("prefers-color-scheme: dark"));
    assertFalse(mail.html().contains("<script") || mail.html().contains("<link"));
    assertFalse(mail(slower(), new Links(null, POLICY)).html().contains("href=\"\""));
  }

  /** The order says what it is by, and what is gone stands apart. */
  @Test
  void report_saysItsOrder_itsHosts_andWhatIsEmptyInOneLine() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      WeeklyReport report = Fleet.report(store, POLICY, slower());
      String text = ReportText.plain(report);
      assertTrue(text.contains(Phrase.ORDER), text);
      assertTrue(text.contains("Nothing this week: "), text);
      assertTrue(text.contains("got faster, "), text);
      assertFalse(text.contains("Nothing made cold starts faster"), text);
      String html = ReportPage.html(report, LINKS);
      assertFalse(html.contains("id=\"faster\""), html);
      assertTrue(html.contains("Init costs under a dollar a month ("), html);
      assertFalse(html.contains("<dt>Billed init"), html);
      assertTrue(html.contains("frostline advise -f checkout-api"), html);
    }
  }

  @Test
  void hosts_areSaidBesideTheMedians() throws IOException, SQLException {
    Comparison seen = Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 60);
    Comparison hosts =
        new Comparison(
            seen.account(),
            seen.region(),
            seen.function(),
            seen.before(),
            seen.after(),
            seen.verdict(),
            seen.changeMs(),
            seen.changePct(),
            seen.p(),
            seen.q(),
            seen.floorMs(),
            seen.needed(),
            seen.noise(),
            seen.suspects(),
            seen.packages(),
            seen.unexplainedMs(),
            39,
            seen.startsPerWeek(),
            seen.notes(),
            seen.kind(),
            seen.track(),
            seen.configuration());
    try (Store store = Fleet.store()) {
      String text = ReportText.plain(Fleet.report(store, POLICY, hosts));
      assertTrue(text.contains("median 100 ms → 200 ms, host +39.0 ms of it"), text);
    }
  }

  /** An owner hears of its own, however small beside the fleet. */
  @Test
  void partOfATeam_holdsWhatIsItsOwn() throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      WeeklyReport report = Fleet.report(store, POLICY, slower());
      Message part = Message.ofTeams(report, Set.of("payments"), LINKS, "", false);
      assertEquals(1, part.items().size());
      assertTrue(part.eyebrow().endsWith(" · payments"), part.eyebrow());
      assertTrue(part.summary().startsWith("The whole fleet: "), part.summary());
    }
  }

  @Test
  void message_isReadAsAMailLibraryReadsIt(@TempDir Path folder) throws Exception {
    Mail mail = mail(slower(), LINKS);
    Path file = folder.resolve("mail.eml");
    Files.write(
        file, mail.message("a@example.com", List.of("b@example.com"), "r.html", "<p>ä</p>"));
    String program =
        """
        import email, email.policy, sys
        mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
        sys.stdout.reconfigure(encoding='utf-8')
        print(mail['subject'], mail['from'], mail['to'], len(mail.defects), sep='|')
        print(mail.get_body(('plain',)).get_content().strip() == open(sys.argv[2], encoding='utf-8').read().strip())
        print(mail.get_body(('html',)).get_content().strip() == open(sys.argv[3], encoding='utf-8').read().strip())
        for part in mail.iter_attachments():
            print(part.get_filename(), part.get_content().strip())
        """;
    Path text = Files.writeString(folder.resolve("text"), mail.text());
    Path html = Files.writeString(folder.resolve("html"), mail.html());
    Process python =
        new ProcessBuilder(
                "python3", "-c", program, file.toString(), text.toString(), html.toString())
            .redirectErrorStream(true)
            .start();
    String read = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        mail.subject() + "|a@example.com|b@example.com|0\nTrue\nTrue\nr.html <p>ä</p>\n", read);
  }

  @Test
  void hostileNames_addNoHeaders() throws IOException, SQLException {
    Comparison hostile =
        Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100, List.of(), List.of());
    Policy policy =
        new Policy(
            List.of(),
            List.of(new Owner(new FunctionPattern("*"), "a\r\nBcc: x@evil.example\n\n<b>", "")));
    try (Store store = Fleet.store()) {
      Mail mail =
          Mail.of(
              Message.of(Fleet.report(store, policy, hostile), new Links(null, policy), "", true));
      String head =
          new String(
                  mail.message("a@example.com", List.of("b@example.com"), "r.html", ""),
                  StandardCharsets.US_ASCII)
              .split("\r\n\r\n", 2)[0];
      assertFalse(head.contains("Bcc"), head);
      assertFalse(mail.asciiSubject(99).contains("\n"));
      assertTrue(mail.asciiSubject(99).length() <= 99);
      assertFalse(mail.html().contains("<b>\""), mail.html());
      assertThrows(
          IllegalArgumentException.class,
          () -> mail.message("a@b.c\r\nBcc: x@y.z", List.of("b@example.com"), "r.html", ""));
    }
  }

  private static Comparison slower() {
    return Fleet.comparison("checkout-api", "2", Verdict.SLOWER, 100);
  }

  private static Mail mail(@Nullable Comparison comparison, Links links)
      throws IOException, SQLException {
    try (Store store = Fleet.store()) {
      WeeklyReport report =
          comparison == null
              ? Fleet.report(store, POLICY)
              : Fleet.report(store, POLICY, comparison);
      return Mail.of(Message.of(report, links, links.week(report.week()), true));
    }
  }
}
