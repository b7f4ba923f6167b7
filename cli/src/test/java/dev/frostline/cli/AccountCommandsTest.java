package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import dev.frostline.servers.aws.FakeLogs;
import dev.frostline.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them, with the AWS default chain, against an account here. */
class AccountCommandsTest {
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";
  private static final String LAYER = FakeLambda.layer("frostline", 3);

  @TempDir Path folder = Path.of(".");
  private ControlPlane aws;

  @BeforeEach
  void open() throws Exception {
    aws = new ControlPlane();
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.region", ControlPlane.REGION);
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.lambda.allowLogs(INGEST);
    for (String group : List.of("frostline-ingest", "shop", "search")) {
      aws.logs.group("/aws/lambda/" + group);
    }
    ObjectNode search = aws.lambda.wrapped("search");
    ((ObjectNode) search.get("LoggingConfig"))
        .put("LogFormat", "JSON")
        .put("SystemLogLevel", "WARN")
        .put("ApplicationLogLevel", "ERROR");
    aws.lambda.function("shop", "python3.13");
    aws.lambda.wrapped("legacy");
    aws.logs.foreign("/aws/lambda/legacy", "audit");
    aws.logs.foreign("/aws/lambda/legacy", "datadog");
  }

  @AfterEach
  void close() {
    System.clearProperty("aws.endpointUrl");
    System.clearProperty("aws.region");
    aws.close();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void subscribe_plansAppliesAndUndoes() {
    Cli plan = Cli.run("subscribe", "plan", "--destination", INGEST, "--out", file("plan.json"));
    assertEquals("", plan.err());
    assertEquals(0, plan.exitCode());
    assertEquals(
        """
        4 functions in eu-west-1, 2 of them meant

         !  /aws/lambda/legacy            all subscription slots are taken (audit, datadog)
         +  /aws/lambda/search            add filter
         x  /aws/lambda/frostline-ingest  Frostline's own output: it would loop
        1 to add, 0 to update, 0 to remove, 1 cannot, 0 already right
        No other filter is changed.
        Apply exactly this:  frostline subscribe apply PLAN
        Undo:                frostline subscribe remove --plan PLAN
        """,
        plan.out()
            .replace(file("plan.json"), "PLAN")
            .replaceAll("(?m) +$", "")
            .replaceFirst("(?s)^\\s*\\n", ""));
    assertEquals(0, Cli.run("subscribe", "apply", file("plan.json"), "--dry-run").exitCode());
    assertEquals(Set.of(), aws.logs.group("/aws/lambda/search").filters.keySet());
    Cli apply = Cli.run("subscribe", "apply", file("plan.json"));
    assertEquals("  ✓ /aws/lambda/search  filter put\n1 done, 0 not done\n", apply.out());
    assertEquals(Set.of("frostline"), aws.logs.group("/aws/lambda/search").filters.keySet());
    Cli undo = Cli.run("subscribe", "remove", "--plan", file("plan.json"));
    assertEquals("  ✓ /aws/lambda/search  filter removed\n1 done, 0 not done\n", undo.out());
    assertEquals(Set.of(), aws.logs.group("/aws/lambda/search").filters.keySet());
  }

  @Test
  void apply_ofADriftedPlan_exits4() throws Exception {
    Cli.run("subscribe", "plan", "--destination", INGEST, "--out", file("plan.json"));
    aws.logs.foreign("/aws/lambda/search", "late");
    Cli apply = Cli.run("subscribe", "apply", file("plan.json"), "-o", "json");
    assertEquals(4, apply.exitCode());
    assertTrue(apply.out().contains("\"result\" : \"drifted\""), apply.out());
    JsonSchemasTest.assertValid("rows", apply.json());
  }

  @Test
  void wrongPlans_areRefusedInASentence() {
    Cli missing = Cli.run("subscribe", "apply", file("none.json"));
    assertEquals(4, missing.exitCode());
    assertTrue(missing.err().startsWith("frostline: There is no plan "), missing.err());
    Cli.run("wrap", "plan", "--layer", LAYER, "-f", "shop", "--out", file("wrap.json"));
    Cli other = Cli.run("subscribe", "apply", file("wrap.json"));
    assertTrue(other.err().contains("is no frostline subscribe plan"), other.err());
    Cli region = Cli.run("wrap", "apply", file("wrap.json"), "--region", "us-east-1");
    assertEquals(4, region.exitCode());
    assertEquals(
        "frostline: The plan is for eu-west-1. Apply it there: --region eu-west-1\n", region.err());
  }

  @Test
  void destination_isNeededAndChecked() {
    assertEquals(2, Cli.run("subscribe", "plan").exitCode());
    Cli wrong = Cli.run("subscribe", "plan", "--destination", "frostline-ingest");
    assertEquals(4, wrong.exitCode());
    assertTrue(wrong.err().contains("is no ARN of a function"), wrong.err());
  }

  @Test
  void wrap_plansAppliesAndUndoes() {
    String before =
        String.valueOf(aws.lambda.functions.get("shop")).replaceAll("revision-\\d+", "");
    Cli plan =
        Cli.run(
            "wrap",
            "plan",
            "--layer",
            LAYER,
            "--functions-regex",
            "^s",
            "--set",
            "FROSTLINE_DEPLOYMENT=9f1c2ab",
            "--out",
            file("wrap.json"));
    assertEquals(0, plan.exitCode(), plan.err());
    assertTrue(plan.out().contains("1 to add, 1 to update"), plan.out());
    Cli apply = Cli.run("wrap", "apply", file("wrap.json"));
    assertEquals("  ✓ search  done\n  ✓ shop  done\n2 done, 0 not done\n", apply.out());
    assertTrue(String.valueOf(aws.lambda.functions.get("shop")).contains("9f1c2ab"));
    assertTrue(Cli.run("wrap", "status").out().contains("/opt/bin/importtime_wrapper"));
    assertEquals(0, Cli.run("wrap", "remove", "--plan", file("wrap.json")).exitCode());
    assertEquals(
        before, String.valueOf(aws.lambda.functions.get("shop")).replaceAll("revision-\\d+", ""));
    assertEquals(2, Cli.run("wrap", "remove").exitCode());
    assertEquals(2, Cli.run("wrap", "plan", "--layer", LAYER).exitCode());
  }

  @Test
  void doctor_saysWhyAFunctionIsSilent_andExits1() {
    Cli doctor = Cli.run("doctor", "--destination", INGEST);
    assertEquals(1, doctor.exitCode(), doctor.err());
    assertEquals(
        """
        ✓ frostline-ingest  there, and CloudWatch Logs may invoke it
        ✗ legacy  /aws/lambda/legacy: all subscription slots are taken (audit, datadog)  → frostline subscribe plan --account-policy needs no slot
        ✗ search  system log level WARN drops INIT_START and REPORT  → aws lambda update-function-configuration --function-name search --logging-config LogFormat=JSON,SystemLogLevel=INFO
        ! search  JSON format with application log level ERROR: the layer logs its lines packed, at that level
        ✗ search  /aws/lambda/search: not subscribed  → frostline subscribe plan, then apply
        3 faults
        """,
        doctor.out());
  }

  @Test
  void doctor_ofALostPermission_saysThatLogsAreSkipped() {
    aws.lambda.policies.clear();
    aws.lambda.concurrency.put("frostline-ingest", 0);
    aws.logs
        .group("/aws/lambda/frostline-ingest")
        .filters
        .put("x", new FakeLogs.Filter("x", "", INGEST));
    String out = Cli.run("doctor", "--destination", INGEST, "-f", "shop").out();
    assertTrue(out.contains("✗ frostline-ingest  CloudWatch Logs may not invoke it"), out);
    assertTrue(out.contains("✗ frostline-ingest  its reserved concurrency is 0"), out);
    assertTrue(out.contains("✗ frostline-ingest  its own log group"), out);
    assertTrue(out.contains("✗ shop  the layer is missing"), out);
  }

  @Test
  void doctor_saysWhereSnapStartIsOn_yetStartsWait() throws Exception {
    ObjectNode shop = aws.lambda.function("shop", "java21");
    shop.putObject("SnapStart").put("ApplyOn", "PublishedVersions");
    String log = started("$LATEST", 1) + started("$LATEST", 2) + started("3", 3);
    Path file = Files.writeString(folder.resolve("shop.log"), log);
    String db = file("snap.duckdb");
    Cli.run("ingest", file.toString(), "--db", db, "--region", "eu-west-1", "-f", "shop");
    Cli doctor =
        Cli.run(
            "doctor", "--db", db, "--since", "2026-01-01", "--destination", INGEST, "-f", "shop");
    String said =
        "! shop  SnapStart is on, yet 3 of 3 starts since 2026-01-01T00:00:00Z waited for an init:"
            + " $LATEST has no snapshot  → call it by an alias or a version, not by $LATEST or its"
            + " bare name";
    assertTrue(doctor.out().contains(said), doctor.out() + doctor.err());
    shop.remove("SnapStart");
    assertFalse(
        Cli.run(
                "doctor",
                "--db",
                db,
                "--since",
                "2026-01-01",
                "--destination",
                INGEST,
                "-f",
                "shop")
            .out()
            .contains("SnapStart"));
  }

  private static String started(String version, int number) {
    return """
    2026-11-02T10:00:00.000Z STREAM INIT_START Runtime Version: java:21.v38
    2026-11-02T10:00:00.900Z STREAM START RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Version: VERSION
    2026-11-02T10:00:00.990Z STREAM REPORT RequestId: b771fecc-1b53-4faf-922d-1d74357b1676 Duration: 30.10 ms Billed Duration: 31 ms Memory Size: 512 MB Max Memory Used: 89 MB Init Duration: 890.00 ms
    """
        .replace("STREAM", "2026/11/02/[VERSION]0c7d6f5e8a9b4c3d2e1f0a9b8c7d6e5" + number)
        .replace("VERSION", version);
  }

  @Test
  void doctor_ofAStore_comparesLedgerWithRows_withoutAws() throws Exception {
    aws.close();
    MadeFleet unledgered = new MadeFleet(folder);
    assertTrue(unledgered.run("doctor").contains("✗ "), unledgered.run("doctor"));
    String db = file("shop.duckdb");
    Cli.run("ingest", Cli.shared("sample-events"), "--db", db, "--region", "eu-west-1");
    Cli good = Cli.run("doctor", "--db", db, "--since", "2026-01-01");
    assertEquals(0, good.exitCode(), good.out() + good.err());
    assertTrue(good.out().startsWith("✓ " + db + "  rows agree with the ledger"), good.out());
    try (Store store = Store.open(Path.of(db));
        Statement statement = store.connection().createStatement()) {
      statement.execute("DELETE FROM import_timing WHERE seq = 3");
    }
    Cli cut = Cli.run("doctor", "--db", db);
    assertEquals(1, cut.exitCode());
    assertTrue(cut.out().contains("import timings: ledger "), cut.out());
    assertFalse(cut.out().contains("rows agree"), cut.out());
    assertEquals(2, Cli.run("doctor").exitCode());
    assertEquals(4, Cli.run("doctor", "--db", file("none.duckdb")).exitCode());
  }
}
