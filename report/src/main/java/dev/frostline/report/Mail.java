package dev.frostline.report;

import dev.frostline.report.Message.Item;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message as a mail. A week without findings is three lines.
 *
 * @param subject the result, without a line break
 * @param text the same as the page, for readers and channels that show text alone
 * @param html one table of 600 px, its styles within its elements, as mail readers need it
 */
public record Mail(String subject, String text, String html) {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder();

  /** What there is to tell, as a mail. */
  public static Mail of(Message message) {
    return new Mail(
        message.subject(), text(message), Page.html("mail.jte", Map.of("message", message)));
  }

  /** The subject for a channel that takes ASCII alone, at most so many characters. */
  public String asciiSubject(int most) {
    String ascii = subject.replace('−', '-').replace("…", "...").replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= most ? ascii : ascii.substring(0, most);
  }

  /**
   * The mail as it goes over the wire (RFC 5322): text and page side by side.
   *
   * @param from address of the sender
   * @param to addresses of the receivers
   */
  public byte[] message(String from, List<String> to) {
    return (head(from, to)
            + "Content-Type: multipart/alternative; boundary=\"either\"\r\n"
            + either())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The same with the whole report as a file.
   *
   * @param name file name of the report
   * @param page the report
   */
  public byte[] message(String from, List<String> to, String name, String page) {
    String body =
        "Content-Type: multipart/mixed; boundary=\"whole\"\r\n"
            + "\r\n--whole\r\nContent-Type: multipart/alternative; boundary=\"either\"\r\n"
            + either()
            + part(
                "whole",
                "text/html; charset=utf-8",
                "Content-Disposition: attachment; filename=\"" + name + "\"\r\n",
                page)
            + "\r\n--whole--\r\n";
    return (head(from, to) + body).getBytes(StandardCharsets.US_ASCII);
  }

  private String either() {
    return part("either", "text/plain; charset=utf-8", "", text)
        + part("either", "text/html; charset=utf-8", "", html)
        + "\r\n--either--\r\n";
  }

  private String head(String from, List<String> to) {
    return "From: "
        + address(from)
        + "\r\nTo: "
        + String.join(", ", to.stream().map(Mail::address).toList())
        + "\r\nSubject: "
        + encoded(subject)
        + "\r\nMIME-Version: 1.0\r\n";
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

  private static String text(Message message) {
    StringBuilder text = new StringBuilder();
    text.append(message.tone().sign()).append(' ').append(message.heading()).append('\n');
    text.append(message.summary().isEmpty() ? "" : message.summary() + "\n");
    int number = 1;
    for (Item item : message.items()) {
      text.append(String.format(Locale.ROOT, "%n%d. %s%n", number++, line(item)));
      for (String more : List.of(item.cause(), item.details(), item.link(), item.commits())) {
        text.append(more.isEmpty() ? "" : "   " + Inert.line(more) + "\n");
      }
    }
    text.append(message.notes().isEmpty() ? "" : "\n" + String.join("\n", message.notes()) + "\n");
    text.append(
        message.link().isEmpty() ? "" : "\n" + message.linkText() + ": " + message.link() + "\n");
    return Inert.page(text.toString());
  }

  /** "checkout-api 41 → 42: +218 ms (+69.0 %), payments". */
  private static String line(Item item) {
    return Inert.line(
        item.title()
            + ": "
            + item.figure()
            + (item.share().isEmpty() ? "" : " (" + item.share() + ")")
            + (item.owner().isEmpty() ? "" : ", " + item.owner()));
  }
}
