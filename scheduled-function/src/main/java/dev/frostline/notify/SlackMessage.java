package dev.frostline.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.report.Inert;
import dev.frostline.report.Message;
import dev.frostline.report.Message.Item;

/**
 * A message as blocks of Slack's Block Kit, for an incoming webhook: at most 50 blocks, 150
 * characters in a header, 3,000 in a section.
 */
final class SlackMessage {
  private static final int ITEMS = 10;
  private static final int HEADER = 150;

  /** What one escaped text may be so that its block holds it: an escape takes five characters. */
  private static final int TEXT = 600;

  private static final int PART = 180;
  private static final int LINK = 500;

  private SlackMessage() {}

  static String of(Message message) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("text", escaped(message.tone().sign() + " " + message.subject()));
    ArrayNode blocks = whole.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    header
        .putObject("text")
        .put("type", "plain_text")
        .put("text", cut(message.tone().sign() + " " + Inert.line(message.heading()), HEADER))
        .put("emoji", false);
    if (!message.summary().isEmpty()) {
      section(blocks, escaped(message.summary()));
    }
    message.items().stream().limit(ITEMS).forEach(item -> section(blocks, text(item)));
    int more = message.items().size() - ITEMS;
    message.notes().forEach(note -> context(blocks, escaped(note)));
    if (more > 0) {
      context(blocks, more + " more");
    }
    context(blocks, "Frostline · " + escaped(message.eyebrow()));
    if (!message.link().isEmpty()) {
      ObjectNode button = blocks.addObject().put("type", "actions");
      ObjectNode open = button.putArray("elements").addObject().put("type", "button");
      open.putObject("text")
          .put("type", "plain_text")
          .put("text", message.linkText())
          .put("emoji", false);
      open.put("url", message.link());
    }
    return whole.toString();
  }

  private static String text(Item item) {
    String title = escaped(item.title(), PART);
    String link =
        item.link().length() > LINK ? "" : item.link().replace("|", "%7C").replace(">", "%3E");
    String details = Message.joined(item.owner(), item.details());
    return "*"
        + (link.isEmpty() ? title : "<" + link + "|" + title + ">")
        + "* "
        + item.tone().sign()
        + " "
        + item.figure()
        + (item.share().isEmpty() ? "" : " (" + item.share() + ")")
        + "\n"
        + escaped(item.cause(), PART)
        + (details.isEmpty() ? "" : "\n" + escaped(details, PART))
        + (item.commits().isEmpty() ? "" : " · <" + item.commits() + "|commits>");
  }

  private static void section(ArrayNode blocks, String text) {
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", text);
  }

  private static void context(ArrayNode blocks, String text) {
    blocks
        .addObject()
        .put("type", "context")
        .putArray("elements")
        .addObject()
        .put("type", "mrkdwn")
        .put("text", text);
  }

  /** Three characters have a meaning of their own; nothing of them can call anybody. */
  private static String escaped(String text) {
    return escaped(text, TEXT);
  }

  private static String escaped(String text, int most) {
    return cut(Inert.line(text), most)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
