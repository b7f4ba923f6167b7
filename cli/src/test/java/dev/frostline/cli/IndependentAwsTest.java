package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.ingest.Landing;
import dev.frostline.servers.MotoServer;
import dev.frostline.servers.S3Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an account against a double of AWS that is not ours. */
@Tag("long")
class IndependentAwsTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:";
  private static final String INGEST = ARN + "function:frostline-ingest:live";

  @TempDir static Path folder = Path.of(".");

  @SuppressWarnings("NullAway.Init") // by makeAccount
  private static MotoServer aws;

  @BeforeAll
  static void makeAccount() throws Exception {
    aws = MotoServer.start();
    aws.run(Path.of("src/test/resources/moto/account.py"));
    System.setProperty("aws.endpointUrl", aws.endpoint());
    System.setProperty("aws.region", "eu-west-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterAll
  static void close() {
    System.clearProperty("aws.endpointUrl");
    System.clearProperty("aws.region");
    aws.close();
  }

  /** This double names no log group of a function. */
  @Test
  void functions_areWrappedSubscribedExaminedAndLeft() {
    String wrap = file("wrap.json");
    Cli wrapped =
        Cli.run(
            "wrap",
            "plan",
            "--layer",
            ARN + "layer:frostline:1",
            "-f",
            "shop",
            "-f",
            "search",
            "--out",
            wrap);
    assertTrue(wrapped.out().contains("2 to add, 0 to update"), wrapped.out() + wrapped.err());
    assertEquals("  ✓ search  done\n  ✓ shop  done\n2 done, 0 not done\n", apply("wrap", wrap));
    String subscribe = file("subscribe.json");
    Cli plan = Cli.run("subscribe", "plan", "--destination", INGEST, "--out", subscribe);
    assertTrue(
        plan.out().startsWith("3 functions in eu-west-1, 2 of them meant\n"),
        plan.out() + plan.err());
    assertTrue(
        plan.out()
            .contains(
                " ?  /aws/lambda/search            AWS names no log group of it, and there is none"
                    + " of the default name yet"),
        plan.out());
    assertTrue(plan.out().contains("0 cannot, 1 unnamed, 0 already right"), plan.out());
    assertTrue(
        apply("subscribe", subscribe).contains("  ✓ /aws/lambda/shop  filter put\n"), plan.out());
    Cli doctor = Cli.run("doctor", "--destination", INGEST);
    assertTrue(doctor.out().contains("✓ shop  /aws/lambda/shop: subscribed\n"), doctor.out());
    assertTrue(doctor.out().contains("✗ search  AWS names no log group of it"), doctor.out());
    Cli undone = Cli.run("subscribe", "remove", "--plan", subscribe);
    assertEquals(0, undone.exitCode(), undone.out() + undone.err());
    assertEquals(0, Cli.run("wrap", "remove", "--plan", wrap).exitCode());
    assertTrue(
        Cli.run("subscribe", "status", "--destination", INGEST)
            .out()
            .startsWith("3 functions in eu-west-1, 0 of them meant\n"));
  }

  private static String apply(String command, String plan) {
    Cli apply = Cli.run(command, "apply", plan);
    assertEquals(0, apply.exitCode(), apply.out() + apply.err());
    return apply.out();
  }

  @Test
  void landing_isSynced_andTheLakeWritten() throws Exception {
    String logs = Cli.shared("lambda-python/webhook-stdlib/quiet/v7.ndjson.gz");
    String direct = file("direct.duckdb");
    Cli.run("ingest", logs, "--region", "eu-west-1", "--db", direct);
    LandedBatches.land(
        Path.of(logs), Landing.at("s3://landing/p", S3Server.environment(aws.endpoint())));
    String db = file("synced.duckdb");
    Cli sync = Cli.run("sync", "s3://landing/p", "--endpoint-url", aws.endpoint(), "--db", db);
    assertEquals(0, sync.exitCode(), sync.err());
    String rows = "SELECT count(*) AS n, sum(init_ms) AS ms FROM cold_starts";
    assertEquals(
        Cli.run("sql", rows, "--db", direct, "-o", "csv").out(),
        Cli.run("sql", rows, "--db", db, "-o", "csv").out());
    String[] compact = {
      "compact", "--lake", "s3://landing/lake", "--endpoint-url", aws.endpoint(), "--db", db
    };
    assertTrue(Cli.run(compact).out().contains(" written · 0 removed"));
    assertEquals("  days         0 written · 0 removed\n", Cli.run(compact).out());
  }

  /**
   * Events to a bus, and webhooks whose addresses are kept in Secrets Manager and as a parameter.
   */
  @Test
  void newFindings_reachTheBusAndTheWebhooks() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer webhooks =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhooks.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          posted.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    webhooks.start();
    try {
      String address = "http://127.0.0.1:" + webhooks.getAddress().getPort();
      String script = Files.readString(Path.of("src/test/resources/moto/notify.py"));
      aws.run(
          Files.writeString(
              folder.resolve("notify.py"), script.replace("http://127.0.0.1:1", address)));
      Files.writeString(
          folder.resolve("frostline.toml"),
          """
          [[owner]]
          function = "still-*"
          team = "payments"
          slack = "secretsmanager:frostline/webhooks#slack"
          teams = "ssm:/frostline/teams"
          """);
      String db = file("notify.duckdb");
      Cli.run(
          "ingest",
          Cli.shared("timelines/still-slow.ndjson.gz"),
          Cli.shared("timelines/canary.ndjson.gz"),
          "--db",
          db);
      String[] tell = {
        "notify", "--event-bus", "findings", "--db", db, "--config", file("frostline.toml")
      };
      Cli told = Cli.run(tell);
      assertEquals(0, told.exitCode(), told.err());
      assertTrue(told.out().startsWith("Told events findings: 2 got slower: "), told.out());
      assertEquals(List.of("/webhook-of-a-secret", "/webhook-of-a-parameter"), posted);
      Path reader = folder.resolve("events.py");
      Files.copy(Path.of("src/test/resources/moto/events.py"), reader);
      aws.run(reader);
      JsonNode events = new ObjectMapper().readTree(folder.resolve("events.json").toFile());
      assertEquals(1, events.size(), "the rule lets one team's through");
      assertEquals("Frostline Finding Opened", events.get(0).path("detail-type").asText());
      JsonSchemasTest.assertValid("finding-event", events.get(0).path("detail"));
      assertEquals("still-slow", events.get(0).at("/detail/function").asText());
      assertEquals("Nothing new to tell.\n", Cli.run(tell).out());
      assertEquals(2, posted.size());
    } finally {
      webhooks.stop(0);
    }
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
