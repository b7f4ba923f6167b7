package dev.frostline.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.report.Inert;
import dev.frostline.report.Message;
import dev.frostline.report.Message.Item;

/**
 * A message as an Adaptive Card for a webhook of Teams' Workflows ("When a Teams webhook request is
 * received"): at most 28 kB. Names stand in text runs, which know no Markdown.
 */
final class TeamsMessage {
  private static final int ITEMS = 10;
  private static final int TEXT = 500;

  private TeamsMessage() {}

  static String of(Message message) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode().put("type", "message");
    ObjectNode attachment = whole.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    card.put("fallbackText", shown(message.subject()));
    card.putObject("msteams").put("width", "full");
    ArrayNode body = card.putArray("body");
    line(body, "Frostline · " + message.eyebrow()).put("isSubtle", true).put("size", "Small");
    line(body, message.tone().sign() + " " + message.heading())
        .put("size", "Large")
        .put("weight", "Bolder");
    if (!message.summary().isEmpty()) {
      line(body, message.summary());
    }
    message.items().stream().limit(ITEMS).forEach(item -> item(body, item));
    int more = message.items().size() - ITEMS;
    message.notes().forEach(note -> line(body, note).put("isSubtle", true));
    if (more > 0) {
      line(body, more + " more").put("isSubtle", true);
    }
    if (!message.link().isEmpty()) {
      ArrayNode actions = card.putArray("actions");
      open(actions.addObject(), message.link()).put("title", message.linkText());
    }
    return whole.toString();
  }

  private static void item(ArrayNode body, Item item) {
    ObjectNode container = body.addObject().put("type", "Container");
    container.put("separator", true).put("spacing", "Medium");
    ArrayNode items = container.putArray("items");
    String share = item.share().isEmpty() ? "" : " (" + item.share() + ")";
    ObjectNode title =
        line(items, item.title() + " " + item.tone().sign() + " " + item.figure() + share);
    title.put("weight", "Bolder");
    if (!item.link().isEmpty()) {
      open(title.putObject("selectAction"), item.link());
    }
    line(items, item.cause());
    String details = Message.joined(item.owner(), item.details());
    if (!details.isEmpty()) {
      line(items, details).put("isSubtle", true);
    }
    if (!item.commits().isEmpty()) {
      open(line(items, "commits").putObject("selectAction"), item.commits());
    }
  }

  /** One run of text on a line of its own; what it is to look like is set on the answer. */
  private static ObjectNode line(ArrayNode items, String text) {
    ObjectNode block = items.addObject().put("type", "RichTextBlock");
    return block.putArray("inlines").addObject().put("type", "TextRun").put("text", shown(text));
  }

  private static ObjectNode open(ObjectNode action, String link) {
    return action.put("type", "Action.OpenUrl").put("url", link);
  }

  private static String shown(String text) {
    String line = Inert.line(text);
    return line.length() <= TEXT ? line : line.substring(0, TEXT - 1) + "…";
  }
}
