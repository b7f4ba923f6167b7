package dev.frostline.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.report.Message;
import dev.frostline.servers.Tool;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages against the models that Slack and Microsoft publish in their own SDKs. */
class MessageFormsTest {
  private static final Sending SENDING =
      Sending.of(Map.of("FROSTLINE_PAGE", "https://page.example/"));
  private static final Message ONE =
      FindingMessage.of(List.of(Made.event("opened", "checkout-api", "42", Made.MONDAY)), SENDING);

  @TempDir Path folder = Path.of(".");

  @Test
  void finding_saysWhatWhoseSinceWhen_andLeadsThere() {
    assertEquals("checkout-api +218 ms (pandas), payments", ONE.subject());
    Message.Item item = ONE.items().get(0);
    assertEquals("checkout-api 41 → 42", item.title());
    assertEquals("new import pandas +231 ms", item.cause());
    assertEquals("payments", item.owner());
    assertEquals(
        "eu-west-1 · 99 % interval +210 ms to +226 ms · deployed 23 Nov 2026 06:00 UTC",
        item.details());
    assertEquals("https://page.example/f/123456789012/eu-west-1/checkout-api/41..42", item.link());
    assertEquals("https://page.example/changes", ONE.link());
  }

  @Test
  void storm_isOneMessage_thatSaysWhatItHasInCommon() {
    List<FindingEvent> events =
        IntStream.range(0, 37)
            .mapToObj(i -> Made.event("platform", "f" + i, "42", Made.MONDAY, "patch", null))
            .toList();
    Message storm = FindingMessage.of(events, SENDING);
    assertEquals("37 slower by AWS's doing: f0 +218 ms (pandas)", storm.subject());
    assertEquals("Most of it: 37 × new import pandas +231 ms.", storm.summary());
    assertEquals(FindingMessage.MOST, storm.items().size());
    assertEquals(List.of("32 more: frostline sql findings"), storm.notes());
    assertEquals(1, BusEvents.of(events).size());
    assertEquals(2, BusEvents.of(events.subList(0, 2)).size());
  }

  @Test
  void whatIsOver_saysByWhom() {
    FindingEvent over =
        Made.event("taken_back", "checkout-api", "42", Made.MONDAY, "deployment", "44");
    Message message = FindingMessage.of(List.of(over), SENDING);
    assertEquals("checkout-api: taken back by 44, payments", message.subject());
    assertEquals("The slowdown of checkout-api was taken back.", message.heading());
    assertEquals(Message.Tone.FASTER, message.tone());
  }

  @Test
  void slack_takesIt() throws Exception {
    assertEquals(
        "header section context actions\n", checked("slack_sdk", "slack", SlackMessage.of(ONE)));
    String hostile = checked("slack_sdk", "slack", SlackMessage.of(Made.hostile(60)));
    assertTrue(hostile.startsWith("header section section"), hostile);
  }

  @Test
  void teams_takesIt() throws Exception {
    String types = checked("microsoft-teams-cards", "teams", TeamsMessage.of(ONE));
    assertTrue(types.startsWith("AdaptiveCard RichTextBlock TextRun"), types);
    assertTrue(types.endsWith("Action.OpenUrl\n"), types);
    checked("microsoft-teams-cards", "teams", TeamsMessage.of(Made.hostile(60)));
  }

  private String checked(String tool, String channel, String message) throws Exception {
    Path script = folder.resolve("check.py");
    try (InputStream text =
        Objects.requireNonNull(
            MessageFormsTest.class.getResourceAsStream("check_" + channel + ".py"))) {
      Files.write(script, text.readAllBytes());
    }
    Path python = Tool.fetched(tool + "/bin/python").folder().resolve("python");
    Process process =
        new ProcessBuilder(python.toString(), script.toString()).redirectErrorStream(true).start();
    process.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
