package dev.frostline.report;

import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.FoundChange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Monday's mail: what got slower, whose it is and where to look, for those who open nothing else. A
 * week without findings is three lines.
 *
 * @param subject the result of the week, without a line break
 * @param text the same as the page, for readers and channels that show text alone
 * @param html one table of 600 px, its styles within its elements, as mail readers need it
 */
public record Mail(String subject, String text, String html) {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder();
  private static final int SUBJECT_SHOWN = 150;

  /**
   * The mail of a week.
   *
   * @param whole where the whole report is; empty where nobody can open it
   */
  public static Mail of(WeeklyReport report, Links links, String whole) {
    return new Mail(
        cut(Phrase.subject(report)),
        text(report, links, whole),
        Page.html("mail.jte", Map.of("report", report, "links", links, "whole", whole)));
  }

  /** The subject for a channel that takes ASCII alone, at most so many characters. */
  public String asciiSubject(int most) {
    String ascii = subject.replace('−', '-').replace("…", "...").replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= most ? ascii : ascii.substring(0, most);
  }

  /**
   * The mail as it goes over the wire (RFC 5322): text and page side by side, and the whole report
   * as a file.
   *
   * @param from address of the sender
   * @param to addresses of the receivers
   * @param name file name of the report
   * @param page the report
   */
  public byte[] message(String from, List<String> to, String name, String page) {
    String head =
        "From: "
            + address(from)
            + "\r\nTo: "
            + String.join(", ", to.stream().map(Mail::address).toList())
            + "\r\nSubject: "
            + encoded(subject)
            + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"whole\"\r\n";
    String body =
        "\r\n--whole\r\nContent-Type: multipart/alternative; boundary=\"either\"\r\n"
            + part("either", "text/plain; charset=utf-8", "", text)
            + part("either", "text/html; charset=utf-8", "", html)
            + "\r\n--either--\r\n"
            + part(
                "whole",
                "text/html; charset=utf-8",
                "Content-Disposition: attachment; filename=\"" + name + "\"\r\n",
                page)
            + "\r\n--whole--\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static String part(String boundary, String type, String more, String content) {
    return "\r\n--"
        + boundary
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Transfer-Encoding: base64\r\n"
        + more
        + "\r\n"
        + LINES.encodeToString(content.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** Words of a header in encoded words of at most 75 characters (RFC 2047). */
  private static String encoded(String words) {
    StringBuilder header = new StringBuilder();
    StringBuilder word = new StringBuilder();
    int[] points = words.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      word.appendCodePoint(points[i]);
      boolean isFull = word.toString().getBytes(StandardCharsets.UTF_8).length > 38;
      if (isFull || i == points.length - 1) {
        header
            .append(header.isEmpty() ? "" : "\r\n ")
            .append("=?utf-8?B?")
            .append(
                Base64.getEncoder()
                    .encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)))
            .append("?=");
        word.setLength(0);
      }
    }
    return header.toString();
  }

  private static String address(String address) {
    if (!address.matches("[\\x21-\\x7e]+@[A-Za-z0-9.-]+")) {
      throw new IllegalArgumentException("No mail address: " + Inert.line(address));
    }
    return address;
  }

  private static String cut(String subject) {
    return subject.length() <= SUBJECT_SHOWN ? subject : subject.substring(0, SUBJECT_SHOWN) + "…";
  }

  private static String text(WeeklyReport report, Links links, String whole) {
    StringBuilder text = new StringBuilder();
    text.append(Phrase.symbol(report))
        .append(' ')
        .append(Phrase.word(report))
        .append(": ")
        .append(Phrase.verdict(report))
        .append('\n')
        .append(Phrase.waiting(report))
        .append('\n');
    int number = 1;
    for (FoundChange change : report.changes().actOn().shown()) {
      text.append(String.format(Locale.ROOT, "%n%d. %s%n", number++, line(change)));
      text.append("   ").append(cause(change)).append('\n');
      for (String link : List.of(links.comparison(change, report.week()), links.commits(change))) {
        text.append(link.isEmpty() ? "" : "   " + link + "\n");
      }
    }
    if (report.changes().actOn().more() > 0) {
      text.append("\n").append(Figure.count(report.changes().actOn().more())).append(" more.\n");
    }
    text.append(whole.isEmpty() ? "" : "\nThe whole report: " + whole + "\n");
    return Inert.page(text.toString());
  }

  /** "checkout-api 41 → 42: +218 ms (+69.0 %), payments". */
  private static String line(FoundChange change) {
    return Inert.line(Figure.name(change.function().name()))
        + " "
        + Inert.line(Phrase.pair(change))
        + ": "
        + Figure.change(change.changeMs().estimate())
        + " ("
        + Figure.changePct(change.changePct())
        + ")"
        + (change.owner().isEmpty() ? "" : ", " + Inert.line(Figure.name(change.owner())));
  }

  private static String cause(FoundChange change) {
    Cause cause = change.cause();
    return Inert.line(
        Phrase.cause(change)
            + (cause == null
                ? ""
                : " " + Figure.name(cause.name()) + " " + Figure.change(cause.changeMs()))
            + "; "
            + Figure.addedDuration(change.addedWaitMs())
            + " of waiting over "
            + Figure.counted(change.coldStartsHit(), "cold start"));
  }
}
