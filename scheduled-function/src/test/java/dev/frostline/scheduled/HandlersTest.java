package dev.frostline.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.lake.AcceptedBeside;
import dev.frostline.lake.Logs;
import dev.frostline.lake.Place;
import dev.frostline.lake.PromisesBeside;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Promise;
import dev.frostline.servers.LambdaProcess;
import dev.frostline.servers.S3Server;
import dev.frostline.verdict.statistics.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both functions under AWS's own runtime interface client, on a real S3-compatible server. */
final class HandlersTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String ROOT = "s3://" + S3Server.BUCKET + "/p";

  private static final String POLICY =
      """
      db = "somewhere.duckdb"

      [[budget]]
      function = "*"
      limits = ["init_p50 < 1ms"]

      [[owner]]
      function = "webhook-*"
      team = "hooks"
      mail = "hooks@example.com"
      """;
  private static final Acknowledgement ACCEPTED =
      new Acknowledgement(
          "123456789012",
          "unknown",
          "webhook-stdlib",
          "6",
          "7",
          "wanted",
          "jo",
          Instant.EPOCH,
          LocalDate.of(2999, 1, 1));

  private static final Promise PROMISED =
      new Promise(
          0,
          "123456789012",
          "eu-west-1",
          "webhook-stdlib",
          "json deferred",
          "8",
          new Interval(-5, -6, -4),
          1,
          Double.NaN,
          "jo",
          Instant.EPOCH);

  @TempDir Path folder = Path.of("");

  @Test
  void landedBatches_reachLakeAndReport() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      System.setProperty("aws.accessKeyId", "frostline");
      System.setProperty("aws.secretAccessKey", "not-a-secret");
      System.setProperty("aws.region", "eu-west-1");
      try (Place landing = Place.at(ROOT, server.endpoint())) {
        Logs.land(landing);
      }
      assertSynced(server);
      assertReported(server);
      assertObjectsThatCannotBeReadAreTold(server);
    }
  }

  private void assertSynced(S3Server server) throws Exception {
    try (LambdaProcess function = function("SyncHandler", server.environment())) {
      JsonNode first = answer(function, "{}");
      assertEquals(34, first.path("cold_starts").intValue(), first.toString());
      assertEquals(0, first.path("objects_left").intValue());
      int days = first.path("days_written").intValue();
      assertTrue(days > 0);
      assertEquals(
          3L * days, server.keys("p/lake/").stream().filter(HandlersTest::isTable).count());
      JsonNode second = answer(function, "{}");
      assertEquals(0, second.path("received").intValue(), second.toString());
      assertEquals(0, second.path("days_written").intValue());
    }
    assertEquals(List.of(), server.keys("p/frostline.duckdb"));
  }

  private static boolean isTable(String key) {
    return key.matches("p/lake/(cold_start|import_timing|log_stream)/dt=[0-9-]+/data\\.parquet");
  }

  private void assertObjectsThatCannotBeReadAreTold(S3Server server) throws Exception {
    String landed = server.keys("p/landing/").get(0).substring("p/".length());
    String broken = landed.substring(0, landed.lastIndexOf('/') + 1) + "broken";
    try (Place landing = Place.at(ROOT, server.endpoint());
        LambdaProcess function = function("SyncHandler", server.environment())) {
      landing.create(broken, new byte[] {1, 2, 3});
      LambdaProcess.Answer answer = function.invoke("{\"all\": true}", TIMEOUT);
      assertFalse(answer.succeeded(), answer.body());
      assertTrue(answer.body().contains("1 landing objects cannot be read"), answer.body());
      assertTrue(answer.body().contains(broken), answer.body());
      landing.delete(broken);
      assertTrue(function.invoke("{}", TIMEOUT).succeeded());
    }
  }

  private void assertReported(S3Server server) throws Exception {
    BlockingQueue<String> published = new LinkedBlockingQueue<>();
    HttpServer topics = topics(published);
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:" + topics.getAddress().getPort());
    environment.put("AWS_ENDPOINT_URL_SES", environment.get("AWS_ENDPOINT_URL_SNS"));
    environment.put("FROSTLINE_TOPIC", "arn:aws:sns:eu-west-1:123456789012:frostline");
    environment.put("FROSTLINE_MAIL_FROM", "frostline@example.com");
    environment.put("FROSTLINE_MAIL_TO", "lead@example.com, team@example.com");
    try (Place beside = Place.at(ROOT, server.endpoint())) {
      beside.create("frostline.toml", POLICY.getBytes(StandardCharsets.UTF_8));
      new AcceptedBeside(beside).add(ACCEPTED);
      new PromisesBeside(beside).add(PROMISED);
    }
    try (LambdaProcess function = function("ReportHandler", environment)) {
      JsonNode answer = answer(function, "{\"week\":\"2026-W40\"}");
      assertEquals(
          "[\"topic arn:aws:sns:eu-west-1:123456789012:frostline\",\"mail lead@example.com\","
              + "\"mail team@example.com\",\"mail hooks@example.com\"]",
          answer.path("told").toString());
      assertEquals(
          List.of("p/reports/frostline-2026-W40.html", "p/reports/frostline-2026-W40.md"),
          server.keys("p/reports"));
      String told = String.valueOf(published.poll(10, TimeUnit.SECONDS));
      assertTrue(told.contains("Subject=Nothing got slower in 2026-W40"), told);
      assertTrue(told.contains("/reports/frostline-2026-W40.html?X-Amz-Algorithm="), told);
      for (String to : List.of("lead", "team", "hooks")) {
        String mail = String.valueOf(published.poll(10, TimeUnit.SECONDS));
        assertTrue(mail.startsWith("Action=SendRawEmail"), mail);
        assertTrue(mail.contains("Destinations.member.1=" + to + "@example.com"), mail);
      }
      try (Place reports = Place.at(ROOT + "/reports", server.endpoint());
          InputStream page = reports.open("frostline-2026-W40.html")) {
        String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(html.contains("init_p50 &lt; 1ms"), html);
        assertTrue(html.contains(">hooks</th>"), html);
        assertTrue(html.contains("json deferred"), html);
      }
    } finally {
      topics.stop(0);
    }
  }

  /** What a sync finds is told to the owner, once; and two weeks later, once, that it is over. */
  @Test
  void newFinding_isToldBehindTheSync_once_andItsEnd() throws Exception {
    BlockingQueue<String> published = new LinkedBlockingQueue<>();
    HttpServer topics = topics(published);
    try (S3Server server = S3Server.start(folder)) {
      System.setProperty("aws.accessKeyId", "frostline");
      System.setProperty("aws.secretAccessKey", "not-a-secret");
      System.setProperty("aws.region", "eu-west-1");
      try (Place beside = Place.at(ROOT, server.endpoint())) {
        Logs.land(beside, Logs.batches("timelines/still-slow.ndjson.gz"));
        String owner =
            "[[owner]]\nfunction = \"still-*\"\nteam = \"a\"\nmail = \"a@example.com\"\n";
        beside.create("frostline.toml", owner.getBytes(StandardCharsets.UTF_8));
      }
      Map<String, String> environment = new HashMap<>(server.environment());
      environment.put("AWS_ENDPOINT_URL_SES", "http://127.0.0.1:" + topics.getAddress().getPort());
      environment.put("FROSTLINE_MAIL_FROM", "frostline@example.com");
      try (LambdaProcess function = function("SyncHandler", environment)) {
        assertEquals(1, answer(function, "{}").path("findings_told").intValue());
        assertEquals(0, answer(function, "{}").path("findings_told").intValue());
        List<String> back =
            Logs.batches("timelines/still-slow.ndjson.gz").stream()
                .filter(batch -> batch.contains("[41]"))
                .toList();
        try (Place beside = Place.at(ROOT, server.endpoint())) {
          Logs.land(beside, Logs.later(back, 14));
        }
        assertEquals(1, answer(function, "{\"all\": true}").path("findings_told").intValue());
        assertEquals(0, answer(function, "{\"all\": true}").path("findings_told").intValue());
      }
      assertEquals(2, published.size());
      assertTrue(published.remove().contains("Destinations.member.1=a@example.com"));
      assertEquals(List.of("p/notifications.json"), server.keys("p/notifications"));
    } finally {
      topics.stop(0);
    }
  }

  private static JsonNode answer(LambdaProcess function, String event) throws Exception {
    LambdaProcess.Answer answer = function.invoke(event, TIMEOUT);
    assertTrue(answer.succeeded(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  private LambdaProcess function(String handler, Map<String, String> environment)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("FROSTLINE_LANDING", ROOT);
    all.put("FROSTLINE_STORE", ROOT + "/frostline.duckdb"); // of an earlier version: there is none
    all.put("FROSTLINE_LAKE", ROOT + "/lake");
    all.put("FROSTLINE_REPORTS", ROOT + "/reports");
    return new LambdaProcess(
        Path.of(System.getProperty("java.class.path")),
        "dev.frostline.scheduled." + handler + "::handleRequest",
        all,
        folder);
  }

  /** The query protocol of SNS and SES, as far as Publish and SendRawEmail go. */
  private static HttpServer topics(BlockingQueue<String> published) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request =
              URLDecoder.decode(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  StandardCharsets.UTF_8);
          published.add(request);
          String action = request.startsWith("Action=Publish") ? "Publish" : "SendRawEmail";
          byte[] body =
              "<%1$sResponse><%1$sResult><MessageId>1</MessageId></%1$sResult></%1$sResponse>"
                  .formatted(action)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
