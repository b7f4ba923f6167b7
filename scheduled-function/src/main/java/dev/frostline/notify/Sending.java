package dev.frostline.notify;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How messages go out, beside the channels of each {@code [[owner]]}.
 *
 * @param page address of {@code frostline serve}; empty for none
 * @param mailFrom who sends mails; empty for none
 * @param mailTo who gets everything by mail
 * @param smtp {@code smtp://USER@HOST:587} or {@code smtps://…}; empty for SES
 * @param eventBus name or ARN of a bus of EventBridge that gets every event; empty for none
 * @param topic ARN of a topic of SNS that gets every message as text; empty for none
 * @param environment where {@code env:NAME} and the password of the mail server are
 */
public record Sending(
    String page,
    String mailFrom,
    List<String> mailTo,
    String smtp,
    String eventBus,
    String topic,
    Map<String, String> environment) {
  public Sending {
    page = page.replaceFirst("/+$", "");
    mailTo = List.copyOf(mailTo);
    environment = Map.copyOf(environment);
  }

  /** As the functions of the stack are told. */
  public static Sending of(Map<String, String> environment) {
    return new Sending(
        named(environment, "FROSTLINE_PAGE"),
        named(environment, "FROSTLINE_MAIL_FROM"),
        addresses(named(environment, "FROSTLINE_MAIL_TO")),
        named(environment, "FROSTLINE_SMTP"),
        named(environment, "FROSTLINE_EVENT_BUS"),
        named(environment, "FROSTLINE_TOPIC"),
        environment);
  }

  /** Addresses between commas or spaces. */
  public static List<String> addresses(String text) {
    return Stream.of(text.split("[\\s,]+", -1)).filter(one -> !one.isEmpty()).toList();
  }

  private static String named(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
