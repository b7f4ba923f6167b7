package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Budget;
import dev.frostline.policy.FunctionPattern;
import dev.frostline.policy.Limit;
import dev.frostline.policy.Owner;
import dev.frostline.policy.Policy;
import dev.frostline.store.Store;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a finding to the import, the commits, the owner, the money and the log stream. */
final class ServeLinksTest {
  private static final String PLACE = "/f/123456789012/eu-west-1/";
  private static final String BEFORE = "9f3c2ab";
  private static final String AFTER = "41d0e77";
  private static final String HEAVY = PLACE + "heavy/" + BEFORE + ".." + AFTER;
  @TempDir static Path folder = Path.of(".");
  private static @Nullable ServedStore server;

  @BeforeAll
  static void serve() throws Exception {
    Path file = new MadeFleet(folder).file;
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          "UPDATE cold_start SET deployment = if(version = '1', '9f3c2ab', '41d0e77') WHERE"
              + " function = 'heavy'");
      new Acknowledgements(store.connection())
          .add(
              new Acknowledgement(
                  "123456789012",
                  "eu-west-1",
                  "sized",
                  "1",
                  "2",
                  "cheaper",
                  "jo",
                  Instant.EPOCH,
                  LocalDate.of(2999, 12, 31)));
    }
    FunctionPattern heavy = new FunctionPattern("heavy");
    Policy policy =
        new Policy(
            List.of(new Budget(heavy, Limit.parse("init_p50 < 10ms"), Budget.Level.ERROR)),
            List.of(
                new Owner(heavy, "payments & co", "https://github.com/acme/heavy"),
                new Owner(new FunctionPattern("*"), "platform", "")));
    server = new ServedStore(file, policy, true);
  }

  @AfterAll
  static void close() {
    served().close();
  }

  @Test
  void changes_leadOnToEverything() {
    served().get("/changes?week=2026-W02");
    served().awaitVerdicts();
    String page = page("/changes?week=2026-W02");
    for (String link :
        List.of(
            HEAVY,
            PLACE + "heavy",
            "/i/python/pkg3.m77",
            "/?owner=payments%20%26%20co",
            "https://github.com/acme/heavy/compare/9f3c2ab...41d0e77")) {
      assertTrue(page.contains("href=\"" + link.replace("&", "&amp;") + "\""), link + page);
    }
    List<String> links =
        Pattern.compile("href=\"(/[^\"#]*)\"")
            .matcher(page)
            .results()
            .map(found -> found.group(1).replace("&amp;", "&"))
            .distinct()
            .toList();
    for (String link : links) {
      assertEquals(200, served().get(link).statusCode(), link);
    }
  }

  @Test
  void comparison_saysWhoseItIs_whatItCosts_andWhereTheCommitsAre() {
    String page = page(HEAVY);
    for (String part :
        List.of(
            "Live since</dt><dd class=\"\">9 Jan 2026",
            ">payments &amp; co</a>",
            "compare/9f3c2ab...41d0e77\" rel=\"noreferrer\">9f3c2ab → 41d0e77</a>",
            "still open: ",
            "▲ over: ",
            " a month</small>",
            "<a href=\"/i/python/pkg3.m77\">")) {
      assertTrue(page.contains(part), part + page);
    }
    assertTrue(page(PLACE + "sized/1..2").contains("until 31 Dec 2999 by jo: cheaper"));
  }

  @Test
  void anyTwoDeployments_arePicked_withoutAScript() {
    HttpResponse<String> picked = served().get(PLACE + "heavy?from=9f3c2ab&to=41d0e77");
    assertEquals(303, picked.statusCode());
    assertEquals(HEAVY, picked.headers().firstValue("Location").orElse(""));
    assertTrue(page(HEAVY).contains("<option value=\"9f3c2ab\" selected>"), page(HEAVY));
  }

  @Test
  void tilesAndOwners_filterTheFleet() {
    assertTrue(page("/").contains("href=\"/?verdict=slower\""));
    String owned = page("/?owner=payments%20%26%20co");
    assertTrue(owned.contains(">heavy</a>"), owned);
    assertFalse(owned.contains(">steady</a>"), owned);
  }

  @Test
  void periodAfterTheChange_showsNoneOfIt() {
    String page = page("/?since=2026-01-10");
    assertTrue(page.contains("no change in this time"), page);
    assertFalse(page.contains("▲ +"), page);
    assertTrue(page("/?since=2026-01-08").contains("▲ +"));
  }

  @Test
  void periodWithoutColdStarts_saysSo_andLeadsToAllOfThem() {
    String page = page("/?since=2999-01-01");
    assertTrue(
        page.contains("that fit: choose a longer period or fewer filters. <a href=\"/\">Show all"),
        page);
    assertFalse(page.contains("<dl class=\"figures\">"), "five times zero says nothing");
  }

  @Test
  void functionWithoutVersions_hasItsChangeInThePicture_andTheMedianOfWhatIsLive()
      throws Exception {
    String page = page(PLACE + "unnamed");
    assertTrue(
        page.contains("<a class=\"mark slower\" href=\"" + PLACE + "unnamed/$LATEST@"), page);
    assertTrue(page.contains("since 9 Jan 2026"), page);
    assertTrue(page.contains("before and since 9 Jan 2026"), page);
    JsonNode twin = new ObjectMapper().readTree(page(PLACE + "unnamed.json"));
    double live = twin.path("live").path(0).path("init_p50_ms").doubleValue();
    double all = twin.path("deployments").path(0).path("init_p50_ms").doubleValue();
    assertNotEquals(all, live);
    JsonNode fleet = new ObjectMapper().readTree(page("/fleet.json")).path("fleet");
    for (JsonNode row : fleet) {
      if (row.path("function").asText().equals("unnamed")) {
        assertEquals(live, row.path("init_p50_ms").doubleValue());
      }
    }
  }

  @Test
  void coldStart_opensItsLogStream_inTheConsoleOfItsRegion() {
    String start =
        page(PLACE + "heavy.csv?table=starts")
            .lines()
            .skip(1)
            .findFirst()
            .orElse("")
            .split(",", 2)[0];
    String page = page("/c/" + start);
    assertTrue(
        page.contains(
            "href=\"https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
                + "#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fheavy/log-events/s\""),
        page);
  }

  @Test
  void oneDeployment_saysWhereItsTimeGoes() throws Exception {
    String page = page(PLACE + "heavy/" + AFTER);
    assertTrue(page.contains(">What it changed</a>"), page);
    assertTrue(page.contains("href=\"" + HEAVY + "\""), page);
    assertTrue(page.contains("<title>pkg3: "), page);
    assertTrue(page(PLACE + "heavy").contains("href=\"" + PLACE + "heavy/" + AFTER + "\""));
    assertEquals(404, served().get(PLACE + "heavy/none").statusCode());
  }

  @Test
  void header_saysHowOldTheNewestDataIs() {
    assertTrue(page("/").contains("<p class=\"asof old\">Data until 16 Jan 2026"), page("/"));
  }

  /** Two clicks: the finding in the fleet, then the link. */
  @Test
  void fleet_leadsInTwoClicks_toCommitsOwnerAndLog() {
    try (Chromium chromium = new Chromium(folder.resolve("profile"))) {
      chromium.open(served().address());
      chromium.await("#functions a[href='" + HEAVY + "']").click();
      String commits = chromium.await(".facts a[href*='/compare/']").getAttribute("href");
      assertEquals("https://github.com/acme/heavy/compare/9f3c2ab...41d0e77", commits);
      String log = chromium.find(".facts a[href*='#logsV2:']").getAttribute("href");
      assertTrue(String.valueOf(log).startsWith("https://eu-west-1.console.aws.amazon.com/"), log);
      chromium.find(".facts a[href*='owner=']").click();
      assertTrue(chromium.await("#functions tbody").getText().contains("heavy"));
      assertEquals(
          served().origin + "/?owner=payments%20%26%20co", chromium.driver.getCurrentUrl());
      assertEquals(List.of(), chromium.complaints());
    }
  }

  private static String page(String path) {
    HttpResponse<String> answer = served().get(path);
    assertEquals(200, answer.statusCode(), path + answer.body());
    return answer.body();
  }

  private static ServedStore served() {
    return Objects.requireNonNull(server);
  }
}
