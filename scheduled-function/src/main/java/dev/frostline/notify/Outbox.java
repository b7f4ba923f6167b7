package dev.frostline.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.report.Mail;
import dev.frostline.report.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Sends to receivers, each in the form it takes. */
final class Outbox {
  /** SNS takes a subject of fewer than 100 ASCII characters. */
  private static final int LONGEST_SUBJECT = 99;

  /** EventBridge takes ten events at once. */
  private static final int EVENTS_AT_ONCE = 10;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sending sending;
  private final Posting posting;
  private final AwsRequests aws;
  private final Secrets secrets;

  Outbox(Sending sending) {
    this(sending, PAUSE);
  }

  Outbox(Sending sending, Duration pause) {
    this.sending = sending;
    posting = new Posting(pause);
    aws = new AwsRequests(posting);
    secrets = new Secrets(sending.environment(), aws);
  }

  /** A file that goes with a mail. */
  record Attachment(String name, String page) {}

  /**
   * A message to people.
   *
   * @throws IOException with the reason, and nothing secret
   */
  void send(Receiver receiver, Message message, @Nullable Attachment file) throws IOException {
    switch (receiver.way()) {
      case SLACK -> posting.json(secrets.of(receiver.where()), SlackMessage.of(message));
      case TEAMS -> posting.json(secrets.of(receiver.where()), TeamsMessage.of(message));
      case MAIL -> mail(receiver.where(), Mail.of(message), file);
      case TOPIC -> publish(receiver.where(), Mail.of(message));
      case EVENTS -> throw new IllegalArgumentException("A bus takes events, no messages");
    }
  }

  private void mail(String to, Mail mail, @Nullable Attachment file) throws IOException {
    String from = sending.mailFrom();
    if (from.isEmpty()) {
      throw new IOException("nobody sends mails: set FROSTLINE_MAIL_FROM to an address");
    }
    List<String> receivers = List.of(to);
    server()
        .send(
            from,
            receivers,
            file == null
                ? mail.message(from, receivers)
                : mail.message(from, receivers, file.name(), file.page()));
  }

  private MailServer server() throws IOException {
    if (sending.smtp().isEmpty()) {
      return MailServer.ses();
    }
    try {
      return new SmtpServer(sending.smtp(), this::password);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The password, or where it is kept. */
  private String password() throws IOException {
    String given = secrets.of("env:FROSTLINE_SMTP_PASSWORD");
    return given.matches("(env|ssm|secretsmanager):\\S+") ? secrets.of(given) : given;
  }

  private static void publish(String topic, Mail mail) throws IOException {
    try (SnsClient client = SnsClient.create()) {
      client.publish(
          publish ->
              publish
                  .topicArn(topic)
                  .subject(mail.asciiSubject(LONGEST_SUBJECT))
                  .message(mail.text()));
    } catch (SdkException e) {
      throw new IOException("SNS: " + e.getMessage(), e);
    }
  }

  /**
   * Events for programs.
   *
   * @param type detail-type of each
   */
  record Event(String type, Object detail) {}

  void put(Receiver bus, List<Event> events) throws IOException {
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      ObjectNode input = JSON.createObjectNode();
      ArrayNode entries = input.putArray("Entries");
      int to = Math.min(events.size(), from + EVENTS_AT_ONCE);
      for (Event event : events.subList(from, to)) {
        entries
            .addObject()
            .put("Source", "frostline")
            .put("DetailType", event.type())
            .put("Detail", JSON.writeValueAsString(event.detail()))
            .put("EventBusName", bus.where());
      }
      JsonNode answer = aws.ask("events", "AWSEvents.PutEvents", input);
      if (answer.path("FailedEntryCount").asInt() > 0) {
        throw new IOException(
            answer.path("FailedEntryCount").asInt()
                + " events were refused: "
                + answer.path("Entries").findValuesAsText("ErrorCode"));
      }
    }
  }
}
