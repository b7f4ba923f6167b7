package dev.frostline.account;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Tells people, through an SNS topic, of what needs them. */
public final class Notice {
  private static final int MOST_LINES = 200;
  private final Connection connection;
  private final String topic;

  /**
   * Opens nothing yet.
   *
   * @param topic ARN, or "" to tell nobody
   */
  public Notice(Connection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
  }

  /** Publishes the lines, if there are any. */
  public void send(String subject, List<String> lines) {
    if (topic.isEmpty() || lines.isEmpty()) {
      return;
    }
    List<String> shown = lines.subList(0, Math.min(lines.size(), MOST_LINES));
    String more = lines.size() > MOST_LINES ? "\n… and " + (lines.size() - MOST_LINES) : "";
    try (SnsClient sns = connection.client(SnsClient.builder())) {
      sns.publish(
          message ->
              message.topicArn(topic).subject(subject).message(String.join("\n", shown) + more));
    } catch (SdkException e) {
      throw new AccountException("publish to " + topic, e);
    }
  }
}
