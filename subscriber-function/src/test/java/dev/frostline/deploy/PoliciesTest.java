package dev.frostline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.account.Account;
import dev.frostline.account.DeliveryMetrics;
import dev.frostline.account.Here;
import dev.frostline.account.Selection;
import dev.frostline.doctor.Doctor;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import dev.frostline.subscribe.SubscribeHandler;
import dev.frostline.wrap.WrapApplier;
import dev.frostline.wrap.WrapPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The template allows what is called, and nothing else. */
class PoliciesTest {
  private static final Path TEMPLATE =
      Path.of(System.getProperty("frostline.root", ".."), "deploy/frostline.yaml");
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";
  private static final Selection TAGGED = new Selection(List.of(), null, "frostline", true);

  private ControlPlane aws;
  private Account account;

  @BeforeEach
  void open() throws IOException {
    aws = new ControlPlane();
    account = Here.account(aws);
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.lambda.allowLogs(INGEST);
    for (String name : List.of("frostline-ingest", "gone", "plain", "shop")) {
      aws.logs.group("/aws/lambda/" + name);
    }
    aws.lambda.wrapped("shop");
    aws.lambda.function("plain", "python3.13");
    aws.lambda.tags.put("plain", Map.of("frostline", ""));
  }

  @AfterEach
  void close() {
    account.close();
    aws.close();
  }

  private void runSubscriber() {
    Map<String, String> variables =
        Map.of(
            "FROSTLINE_DESTINATION", INGEST,
            "FROSTLINE_TAG", "frostline",
            "FROSTLINE_TOPIC", "arn:aws:sns:eu-west-1:123456789012:frostline");
    SubscribeHandler handler =
        new SubscribeHandler(variables, Here.connection(aws, ControlPlane.REGION));
    handler.handleRequest(Map.of(), null);
    aws.logs.foreign("/aws/lambda/full", "audit");
    aws.logs.foreign("/aws/lambda/full", "datadog");
    aws.lambda.wrapped("full");
    handler.handleRequest(
        Map.of("detail", Map.of("requestParameters", Map.of("functionName", "full"))), null);
    aws.lambda.functions.remove("shop");
    handler.handleRequest(Map.of(), null);
  }

  @Test
  void subscriber() throws IOException {
    runSubscriber();
    assertCallsAre(
        "Role subscriber", Set.of("CreateLogStream", "PutLogEvents")); // by Lambda itself
  }

  @Test
  void doctor() throws IOException {
    runSubscriber();
    aws.calls.clear();
    try (DeliveryMetrics metrics = new DeliveryMetrics(Here.connection(aws, ControlPlane.REGION))) {
      Doctor doctor = new Doctor(account, metrics, INGEST);
      doctor.examineIngest();
      doctor.examineFunctions(TAGGED);
    }
    assertCallsAre("ManagedPolicy doctor", Set.of());
  }

  @Test
  void wrapper() throws IOException {
    new WrapApplier(
            account,
            new WrapPlanner(account).plan(TAGGED, FakeLambda.layer("frostline", 4), Map.of()))
        .apply(outcome -> assertTrue(outcome.result().isFine(), outcome.toString()));
    assertCallsAre("ManagedPolicy wrapper", Set.of("GetLayerVersion")); // by Lambda for the caller
  }

  private void assertCallsAre(String policy, Set<String> unseen) throws IOException {
    Set<String> called = new TreeSet<>(aws.calls.keySet());
    called.addAll(unseen);
    String actions = String.valueOf(CloudFormationFacts.of(TEMPLATE).get(policy + " actions"));
    Set<String> allowed = new TreeSet<>();
    for (String action : actions.replaceAll("[\\[\\]]", "").split(", ", -1)) {
      if (action.startsWith("Allow ")) {
        allowed.add(action.substring(action.indexOf(':') + 1));
      }
    }
    assertEquals(allowed, called);
  }
}
