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
      Mail mail = Mail.of(Fleet.report(store, policy, hostile), new Links(null, policy), "");
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
      return Mail.of(report, links, links.week(report.week()));
    }
  }
}
