package dev.frostline.servers.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SNS: keeps what was published. */
public final class FakeSns {
  public final List<String> messages = new ArrayList<>();

  static String operation(byte[] body) {
    return form(body).getOrDefault("Action", "?");
  }

  byte[] answer(byte[] body) {
    String message = form(body).getOrDefault("Message", "");
    String subject = form(body).getOrDefault("Subject", "");
    if (subject.length() > 100 || message.isEmpty() || message.length() > 262_144) {
      throw new Refusal(400, "InvalidParameter", "Invalid parameter: Subject or Message");
    }
    messages.add(subject + "\n" + message);
    return ("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
            + "<MessageId>1</MessageId></PublishResult></PublishResponse>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}
