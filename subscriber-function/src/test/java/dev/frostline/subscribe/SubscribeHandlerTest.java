package dev.frostline.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.account.Here;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscribeHandlerTest {
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";
  private static final Map<String, Object> SCHEDULE = Map.of("detail-type", "Scheduled Event");

  private ControlPlane aws;
  private SubscribeHandler handler;

  @BeforeEach
  void open() throws IOException {
    aws = new ControlPlane();
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.lambda.allowLogs(INGEST);
    aws.logs.group("/aws/lambda/frostline-ingest");
    handler =
        new SubscribeHandler(
            Map.of(
                "FROSTLINE_DESTINATION", INGEST,
                "FROSTLINE_FUNCTIONS_REGEX", "^named-",
                "FROSTLINE_TOPIC", "arn:aws:sns:eu-west-1:123456789012:frostline"),
            Here.connection(aws, ControlPlane.REGION));
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private static Map<String, Object> event(String name, String parameter, String value) {
    return Map.of(
        "detail-type",
        "AWS API Call via CloudTrail",
        "detail",
        Map.of("eventName", name, "requestParameters", Map.of(parameter, value)));
  }

  private Set<String> subscribed(String group) {
    return aws.logs.group(group).filters.keySet();
  }

  @Test
  void newFunction_isSubscribedWhereItLogs() {
    ObjectNode function = aws.lambda.wrapped("shop");
    ((ObjectNode) function.get("LoggingConfig")).put("LogGroup", "/team/shop");
    aws.logs.group("/team/shop");
    assertEquals(
        Map.of("add", 1L, "unseen", 0L),
        handler.handleRequest(event("CreateFunction20150331", "functionName", "shop"), null));
    assertEquals(Set.of("frostline"), subscribed("/team/shop"));
  }

  @Test
  void newLogGroup_isSubscribed_alsoUnderACustomName() {
    ((ObjectNode) aws.lambda.wrapped("shop").get("LoggingConfig")).put("LogGroup", "/team/shop");
    aws.lambda.wrapped("cart");
    for (String group : List.of("/team/shop", "/aws/lambda/cart", "/aws/lambda/shop", "/ecs/x")) {
      aws.logs.group(group);
      handler.handleRequest(event("CreateLogGroup", "logGroupName", group), null);
    }
    assertEquals(Set.of("frostline"), subscribed("/team/shop"));
    assertEquals(Set.of("frostline"), subscribed("/aws/lambda/cart"));
    assertEquals(Set.of(), subscribed("/aws/lambda/shop"));
    assertEquals(Set.of(), subscribed("/ecs/x"));
  }

  @Test
  void plainFunction_andFrostlinesOwn_areLeftAlone() {
    aws.lambda.function("plain", "python3.13");
    aws.lambda.function("named-one", "python3.13");
    for (String name : List.of("plain", "named-one", "frostline-ingest", "gone")) {
      aws.logs.group("/aws/lambda/" + name);
      handler.handleRequest(event("CreateFunction20150331", "functionName", name), null);
    }
    assertEquals(Set.of(), subscribed("/aws/lambda/plain"));
    assertEquals(Set.of("frostline"), subscribed("/aws/lambda/named-one"));
    assertEquals(Set.of(), subscribed("/aws/lambda/frostline-ingest"));
  }

  @Test
  void schedule_putsRightWhatEventsMissed_andSettles() {
    for (String name : List.of("a", "b", "c")) {
      aws.lambda.wrapped(name);
      aws.logs.group("/aws/lambda/" + name);
    }
    aws.lambda.wrapped("unwrapped");
    aws.logs.group("/aws/lambda/unwrapped");
    handler.handleRequest(SCHEDULE, null);
    aws.lambda.function("unwrapped", "python3.13");
    aws.lambda.functions.remove("c");
    assertEquals(
        Map.of("keep", 2L, "remove", 2L, "unseen", 0L), handler.handleRequest(SCHEDULE, null));
    assertEquals(Map.of("keep", 2L, "unseen", 0L), handler.handleRequest(SCHEDULE, null));
    assertEquals(List.of(), aws.sns.messages);
  }

  @Test
  void whatCannotBeSubscribed_isToldOnce_whenItAppears() {
    aws.lambda.wrapped("full");
    aws.logs.foreign("/aws/lambda/full", "audit");
    aws.logs.foreign("/aws/lambda/full", "datadog");
    handler.handleRequest(event("CreateFunction20150331", "functionName", "full"), null);
    handler.handleRequest(SCHEDULE, null);
    assertEquals(
        List.of(
            "Frostline could not subscribe everything\n"
                + "/aws/lambda/full: all subscription slots are taken (audit, datadog)"),
        aws.sns.messages);
  }

  @Test
  void whatIsLogged_arrivesWithoutApplicationLines() {
    aws.lambda.wrapped("shop");
    aws.logs.group("/aws/lambda/shop");
    handler.handleRequest(SCHEDULE, null);
    List<String> arrived =
        aws.logs
            .deliver(
                "/aws/lambda/shop",
                List.of("card 4242 4242", "import time:       378 |        378 | zipimport"))
            .getOrDefault(INGEST, List.of());
    assertEquals(1, arrived.size());
    assertTrue(arrived.get(0).startsWith("import time:"));
  }
}
