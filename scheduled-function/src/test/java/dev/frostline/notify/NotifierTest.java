package dev.frostline.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.lake.Place;
import dev.frostline.lake.PolicyFile;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Policy;
import dev.frostline.verdict.Answer;
import dev.frostline.verdict.blame.Change;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Noise;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import dev.frostline.verdict.findings.FindingLife;
import dev.frostline.verdict.findings.Slowdown.State;
import dev.frostline.verdict.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {
  private static final Instant DEPLOYED = Made.MONDAY.minus(Duration.ofDays(2));
  private static final Policy POLICY =
      PolicyFile.parse(
          "frostline.toml",
          """
          [[owner]]
          function = "checkout-*"
          team = "payments"
          slack = "env:SLACK_PAYMENTS"

          [[owner]]
          function = "*"
          team = "platform"
          teams = "env:TEAMS_PLATFORM"
          hears = "everything"
          """);

  @TempDir Path folder = Path.of(".");

  @SuppressWarnings("NullAway.Init") // by start
  private Webhooks webhooks;

  @BeforeEach
  void start() throws IOException {
    webhooks = new Webhooks();
  }

  @AfterEach
  void stop() {
    webhooks.close();
  }

  @Test
  void finding_isToldToItsOwnerAndToWhoHearsEverything_once() throws IOException {
    Outcome first = tell(Made.MONDAY, open("checkout-api"), open("search"));
    assertEquals(2, first.events().size());
    assertEquals(List.of(), first.failures());
    assertEquals(2, webhooks.received.size(), webhooks.received.toString());
    assertTrue(webhooks.received.get(0).startsWith("/s3cret-slack {\"text\":\"▲ checkout-api +"));
    assertTrue(webhooks.received.get(1).startsWith("/s3cret-teams "));
    assertTrue(webhooks.received.get(1).contains("2 got slower."));
    assertFalse(webhooks.received.get(0).contains("search"), webhooks.received.get(0));
    assertEquals(List.of(), tell(later(1), open("checkout-api"), open("search")).told());
    Outcome over = tell(later(2), closed("checkout-api"), open("search"));
    assertEquals("checkout-api: rolled back to 41, payments", over.told().get(0).subject());
    assertEquals(4, webhooks.received.size());
  }

  @Test
  void channelThatFails_stopsNoOther_andHearsOfItLater() throws IOException {
    for (int i = 0; i < 5; i++) {
      webhooks.refusals.add(503);
    }
    Outcome first = tell(Made.MONDAY, open("checkout-api"));
    assertEquals(List.of("slack env:SLACK_PAYMENTS: 503 no_service"), first.failures());
    assertEquals(1, webhooks.received.size());
    Outcome next = tell(later(1), open("checkout-api"));
    assertEquals("slack env:SLACK_PAYMENTS", next.told().get(0).receiver());
    assertEquals(1, next.told().size());
    assertEquals(List.of(), tell(later(2), open("checkout-api")).told());
  }

  @Test
  void busyServer_isAskedAgain_aRefusalIsNot() throws IOException {
    webhooks.refusals.addAll(List.of(429, 500));
    assertEquals(List.of(), tell(Made.MONDAY, open("checkout-api")).failures());
    webhooks.refusals.add(404);
    Outcome refused = tell(later(1), open("checkout-api"), open("checkout-ui"));
    assertEquals(List.of("slack env:SLACK_PAYMENTS: 404 no_service"), refused.failures());
  }

  /** Whoever reads the log must not be able to write to the channel. */
  @Test
  void errors_neverNameTheAddress() throws IOException {
    webhooks.close();
    Outcome refused = tell(Made.MONDAY, open("checkout-api"));
    assertEquals(2, refused.failures().size());
    assertFalse(refused.failures().toString().contains("s3cret"), refused.failures().toString());
    Outcome unset =
        new Notifier(beside(), "memory.json", POLICY, Sending.of(Map.of()), outbox(Map.of()))
            .tell(answer(open("checkout-api")), List.of(), later(1), Instant.MAX);
    assertTrue(
        unset
            .failures()
            .get(0)
            .contains("cannot read env:SLACK_PAYMENTS: the variable is not set"));
  }

  @Test
  void noTimeLeft_leavesTheRestToTheNextRun() throws IOException {
    Outcome late =
        notifier().tell(answer(open("checkout-api")), List.of(), Made.MONDAY, Instant.MIN);
    assertEquals(2, late.failures().size());
    assertEquals(List.of(), webhooks.received);
    assertEquals(2, tell(later(1), open("checkout-api")).told().size());
  }

  @Test
  void storm_isOneMessageToEach() throws IOException {
    List<FindingLife> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(open("checkout-" + i));
    }
    tell(Made.MONDAY, many.toArray(new FindingLife[0]));
    assertEquals(2, webhooks.received.size());
    assertTrue(webhooks.received.get(0).contains("40 got slower"), webhooks.received.get(0));
  }

  @Test
  void oneDayAlone_isNoNews_norIsWhatWasAccepted() throws IOException {
    assertEquals(List.of(), tell(Made.MONDAY, life("checkout-api", 1, null)).events());
    Acknowledgement accepted =
        new Acknowledgement(
            "123456789012",
            "eu-west-1",
            "checkout-api",
            "41",
            "42",
            "wanted",
            "jo",
            Instant.EPOCH,
            LocalDate.of(2999, 1, 1));
    Outcome told =
        notifier().tell(answer(open("checkout-api")), List.of(accepted), Made.MONDAY, Instant.MAX);
    assertEquals(List.of(), told.events());
  }

  @Test
  void preview_sendsAndRemembersNothing() throws IOException {
    for (int i = 0; i < 2; i++) {
      Outcome preview = notifier().preview(answer(open("checkout-api")), List.of(), Made.MONDAY);
      assertEquals(2, preview.told().size());
    }
    assertEquals(List.of(), webhooks.received);
    assertFalse(Files.exists(folder.resolve("memory.json")));
  }

  @Test
  void secondRunAtOnce_doesNothing_andALockOfAKilledRunEnds() throws IOException {
    assertTrue(new ToldBeside(beside(), "memory.json").lock(Made.MONDAY));
    assertTrue(tell(later(0).plusSeconds(60), open("checkout-api")).isBusy());
    assertEquals(List.of(), webhooks.received);
    assertFalse(tell(later(1), open("checkout-api")).isBusy());
    assertFalse(Files.exists(folder.resolve("memory.json.lock")));
  }

  /** Killed behind the first message: that one comes again, none is lost. */
  @Test
  void runKilledInBetween_tellsTwiceRatherThanNever() throws IOException {
    Path memory = folder.resolve("memory.json");
    tell(Made.MONDAY, open("checkout-api"));
    JsonNode whole = new ObjectMapper().readTree(memory.toFile());
    assertEquals(1, whole.path("schema_version").asInt());
    String killed =
        whole
            .toPrettyString()
            .replaceFirst("\"waiting\" : \\[ ]", "\"waiting\" : [ \"slack env:SLACK_PAYMENTS\" ]");
    Files.writeString(memory, killed);
    tell(later(1), open("checkout-api"));
    assertEquals(3, webhooks.received.size());
    Files.writeString(memory, "{\"schema_version\": 7}");
    assertTrue(
        String.valueOf(assertThrows(IOException.class, () -> tell(later(2))).getMessage())
            .contains("memory.json is of another version"));
  }

  private Outcome tell(Instant now, FindingLife... lives) throws IOException {
    return notifier().tell(answer(lives), List.of(), now, Instant.MAX);
  }

  private Notifier notifier() {
    Map<String, String> environment =
        Map.of(
            "SLACK_PAYMENTS", webhooks.address("s3cret-slack"),
            "TEAMS_PLATFORM", webhooks.address("s3cret-teams"));
    return new Notifier(
        beside(), "memory.json", POLICY, Sending.of(environment), outbox(environment));
  }

  private static Outbox outbox(Map<String, String> environment) {
    return new Outbox(Sending.of(environment), Duration.ofMillis(1));
  }

  private Place beside() {
    return Place.at(folder.toString(), null);
  }

  private static Instant later(int days) {
    return Made.MONDAY.plus(Duration.ofDays(days));
  }

  private static Answer answer(FindingLife... lives) {
    List<FindingLife> all = List.of(lives);
    return new Answer(all.stream().map(FindingLife::opening).toList(), all, List.of(), DEPLOYED);
  }

  private static FindingLife open(String function) {
    return life(function, 3, null);
  }

  private static FindingLife closed(String function) {
    return life(function, 3, "41");
  }

  private static FindingLife life(String function, int days, @Nullable String closedBy) {
    Suspect pandas =
        new Suspect("pandas", "python module", Change.NEW, 20, 231, List.of(), 0.7, 0.001);
    Comparison opening =
        new Comparison(
            "123456789012",
            "eu-west-1",
            function,
            new Side("41", 300, 40, 40, 5, DEPLOYED.minus(Duration.ofDays(9))),
            new Side("42", 518, 40, 40, days, DEPLOYED),
            Verdict.SLOWER,
            Interval.of(218, 8),
            69,
            0.0001,
            0.0001,
            3,
            0,
            new Noise(5, 2, true),
            List.of(pandas),
            List.of(pandas),
            0,
            0,
            100,
            List.of(),
            Kind.DEPLOYMENT,
            "published",
            null);
    Instant last = DEPLOYED.plus(Duration.ofDays(days - 1));
    return new FindingLife(
        opening,
        true,
        Interval.of(218, 8),
        closedBy == null ? State.OPEN : State.ROLLED_BACK,
        closedBy == null ? "42" : closedBy,
        DEPLOYED,
        last,
        closedBy,
        closedBy == null ? null : last);
  }
}
