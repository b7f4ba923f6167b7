package dev.frostline.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Action;
import dev.frostline.account.Here;
import dev.frostline.account.Outcome;
import dev.frostline.account.PlanFile;
import dev.frostline.account.Selection;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import dev.frostline.servers.aws.FakeLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscribeTest {
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";

  @TempDir Path folder = Path.of(".");
  private ControlPlane aws;
  private Account account;

  @BeforeEach
  void open() throws IOException {
    aws = new ControlPlane();
    account = Here.account(aws);
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.logs.group("/aws/lambda/frostline-ingest");
  }

  @AfterEach
  void close() {
    account.close();
    aws.close();
  }

  /** One group of every state a plan can meet. */
  private void makeEveryState() {
    for (String name :
        List.of("fresh", "foreign", "full", "right", "old", "ia", "taken", "unmade")) {
      aws.lambda.wrapped(name);
    }
    aws.lambda.function("plain", "python3.13");
    aws.lambda.function("unwrapped", "python3.13");
    ObjectNode custom = aws.lambda.wrapped("custom");
    ((ObjectNode) custom.get("LoggingConfig"))
        .put("LogGroup", "/team/shared")
        .put("LogFormat", "JSON");
    for (String group :
        List.of("fresh", "right", "old", "plain", "unwrapped", "custom", "deleted")) {
      aws.logs.group("/aws/lambda/" + group);
    }
    aws.logs.group("/team/shared");
    aws.logs.group("/aws/lambda/ia", "INFREQUENT_ACCESS");
    aws.logs.foreign("/aws/lambda/foreign", "audit");
    aws.logs.foreign("/aws/lambda/full", "audit");
    aws.logs.foreign("/aws/lambda/full", "datadog");
    aws.logs.foreign("/aws/lambda/taken", "frostline");
    aws.logs.foreign("/elsewhere", "frostline");
    ours("right", TimingLinesPattern.TEXT);
    ours("old", "?\"import time:\" ?\"FROSTLINE\"");
    ours("unwrapped", TimingLinesPattern.TEXT);
    ours("deleted", TimingLinesPattern.TEXT);
  }

  private void ours(String function, String pattern) {
    aws.logs
        .group("/aws/lambda/" + function)
        .filters
        .put("frostline", new FakeLogs.Filter("frostline", pattern, INGEST));
  }

  private SubscriptionPlan plan() {
    return new Planner(account, INGEST).plan(Selection.WRAPPED);
  }

  private List<Outcome> apply(SubscriptionPlan plan) {
    List<Outcome> outcomes = new ArrayList<>();
    new Applier(account, plan).apply(outcomes::add);
    return outcomes;
  }

  private Map<String, Map<String, FakeLogs.Filter>> filters() {
    Map<String, Map<String, FakeLogs.Filter>> filters = new TreeMap<>();
    aws.logs.groups.forEach((name, group) -> filters.put(name, Map.copyOf(group.filters)));
    return filters;
  }

  private static String lines(SubscriptionPlan plan) {
    StringBuilder lines = new StringBuilder();
    for (Subscription one : plan.subscriptions()) {
      lines
          .append(one.action().mark())
          .append(' ')
          .append(one.logGroup())
          .append(' ')
          .append(one.reason())
          .append('\n');
    }
    return lines.toString();
  }

  @Test
  void plan_hasAStateForEverything() {
    makeEveryState();
    assertEquals(
        """
        + /aws/lambda/foreign add filter
        + /aws/lambda/fresh add filter
        ! /aws/lambda/full all subscription slots are taken (audit, datadog)
        ! /aws/lambda/ia its class INFREQUENT_ACCESS has no subscriptions: log to a group of class STANDARD
        ~ /aws/lambda/old update filter
        = /aws/lambda/right already right
        ! /aws/lambda/taken a filter of this name is not Frostline's
        ! /aws/lambda/unmade no such log group yet: the first start makes it
        + /team/shared add filter
        - /aws/lambda/unwrapped remove filter: no function with the layer logs there
        - /aws/lambda/deleted remove filter: function deleted
        x /aws/lambda/frostline-ingest Frostline's own output: it would loop
        """,
        lines(plan()));
  }

  @Test
  void apply_doesThePlan_andUndoRestoresEveryFilter() throws IOException {
    makeEveryState();
    Map<String, Map<String, FakeLogs.Filter>> before = filters();
    PlanFile.write(folder.resolve("plan.json"), plan());
    SubscriptionPlan saved =
        PlanFile.read(
            folder.resolve("plan.json"), SubscriptionPlan.class, SubscriptionPlan.KIND, 1);
    assertEquals(plan(), saved);
    assertTrue(apply(saved).stream().allMatch(outcome -> outcome.result().isFine()));
    assertEquals(0, plan().changes(), lines(plan()));
    assertTrue(apply(saved.inverse()).stream().allMatch(outcome -> outcome.result().isFine()));
    assertEquals(before, filters());
    assertEquals(Map.of(), aws.lambda.policies.get(INGEST));
  }

  @Test
  void apply_stoppedAtEveryStep_goesOnAndHarmsNobody() {
    makeEveryState();
    Map<String, Map<String, FakeLogs.Filter>> before = filters();
    SubscriptionPlan plan = plan();
    for (int step = 0; step <= plan.changes(); step++) {
      aws.stopAfterWrites(step);
      try {
        apply(plan);
      } catch (AccountException stopped) {
        assertEquals(0, step);
      }
      aws.goOn();
      assertEquals(plan.changes() - step, plan().changes(), "the next plan shows the rest");
      assertEquals(others(before), others(filters()));
      apply(plan);
      assertEquals(0, plan().changes());
      apply(plan.inverse());
      assertEquals(before, filters());
    }
  }

  private static Map<String, List<FakeLogs.Filter>> others(
      Map<String, Map<String, FakeLogs.Filter>> filters) {
    Map<String, List<FakeLogs.Filter>> others = new TreeMap<>();
    filters.forEach(
        (group, all) ->
            others.put(
                group,
                all.values().stream()
                    .filter(
                        filter ->
                            !filter.name().equals("frostline")
                                || !filter.destination().equals(INGEST))
                    .sorted(Comparator.comparing(FakeLogs.Filter::name))
                    .toList()));
    return others;
  }

  @Test
  void drift_isRefusedPerLogGroup() {
    makeEveryState();
    SubscriptionPlan plan = plan();
    aws.logs.foreign("/aws/lambda/fresh", "late");
    aws.logs.groups.remove("/team/shared");
    Map<String, Outcome.Result> results = new TreeMap<>();
    apply(plan).forEach(outcome -> results.put(outcome.subject(), outcome.result()));
    assertEquals(Outcome.Result.DRIFTED, results.get("/aws/lambda/fresh"));
    assertEquals(Outcome.Result.DRIFTED, results.get("/team/shared"));
    assertEquals(Outcome.Result.DONE, results.get("/aws/lambda/old"));
  }

  @Test
  void newerSlotLimit_isLearntFromTheAccount_andALowerOneFromTheError() {
    aws.logs.slots = 5;
    for (String name : List.of("a", "b")) {
      aws.lambda.wrapped(name);
    }
    for (String filter : List.of("one", "two", "three")) {
      aws.logs.foreign("/aws/lambda/a", filter);
    }
    aws.logs.foreign("/aws/lambda/b", "one");
    aws.logs.foreign("/aws/lambda/b", "two");
    SubscriptionPlan plan = plan();
    assertTrue(lines(plan).contains("+ /aws/lambda/b add filter"), lines(plan));
    aws.logs.slots = 2;
    assertTrue(
        apply(plan)
            .contains(
                new Outcome(
                    "/aws/lambda/b", Outcome.Result.FAILED, "all subscription slots are taken")));
  }

  @Test
  void permission_isOneStatementForAllGroups_andATemplatesServes() {
    makeEveryState();
    apply(plan());
    Map<String, ObjectNode> statements = aws.lambda.policies.getOrDefault(INGEST, Map.of());
    assertEquals(Set.of("frostline-logs"), statements.keySet());
    assertTrue(
        statements.toString().contains("arn:aws:logs:eu-west-1:123456789012:log-group:*\""),
        statements.toString());
    aws.lambda.policies.clear();
    aws.lambda.allowLogs(INGEST);
    assertEquals(Action.KEEP, plan().permission());
  }

  @Test
  void names_patterns_andTags_selectWithoutALayer() {
    for (String name : List.of("prod-a", "prod-b", "dev-a", "tagged")) {
      aws.lambda.function(name, "python3.13");
      aws.logs.group("/aws/lambda/" + name);
    }
    aws.lambda.tags.put("tagged", Map.of("team", "checkout"));
    Planner planner = new Planner(account, INGEST);
    assertEquals(
        "+ /aws/lambda/dev-a add filter\n",
        lines(planner.plan(new Selection(List.of("dev-a"), null, null, false)))
            .replaceFirst("x.*\n", ""));
    assertEquals(
        2,
        planner
            .plan(new Selection(List.of(), Pattern.compile("^prod-"), null, false))
            .count(Action.ADD));
    assertEquals(
        1, planner.plan(new Selection(List.of(), null, "team=checkout", false)).count(Action.ADD));
    assertEquals(
        0, planner.plan(new Selection(List.of(), null, "team=other", false)).count(Action.ADD));
  }

  @Test
  void otherRegion_isAStateOfEveryGroup_andItsPlanIsNotApplied() {
    makeEveryState();
    try (Account elsewhere = Here.account(aws, "us-east-1")) {
      SubscriptionPlan plan = new Planner(elsewhere, INGEST).plan(Selection.WRAPPED);
      assertEquals(0, plan.count(Action.ADD));
      assertTrue(lines(plan).contains("the ingest function is in another Region: eu-west-1"));
      assertThrows(AccountException.class, () -> new Applier(account, plan));
    }
  }

  @Test
  void sharedGroupOfAnOwnFunction_isNeverSubscribed() {
    ObjectNode shared = aws.lambda.wrapped("shop");
    ((ObjectNode) shared.get("LoggingConfig")).put("LogGroup", "/aws/lambda/frostline-ingest");
    assertEquals(
        "x /aws/lambda/frostline-ingest Frostline's own output: it would loop\n", lines(plan()));
  }

  @Test
  void accountPolicy_isOptIn_andNeverReplacesAnothers() {
    makeEveryState();
    Planner planner = new Planner(account, INGEST);
    SubscriptionPlan plan = planner.policy();
    apply(plan);
    assertEquals(
        "LogGroupName NOT IN [\"/aws/lambda/frostline-ingest\"]",
        aws.logs.policies.get(0).path("selectionCriteria").asText());
    assertEquals(0, planner.policy().changes());
    apply(plan.inverse());
    assertEquals(List.of(), aws.logs.policies);
    aws.logs.policies.add(policyOf("security"));
    assertEquals("the account has the subscription policy security", refusal(planner));
    aws.logs.policies.set(0, policyOf("frostline"));
    assertEquals("the account's policy of this name is not Frostline's", refusal(planner));
  }

  private static String refusal(Planner planner) {
    SubscriptionPlan plan = planner.policy();
    assertEquals(0, plan.changes());
    return Objects.requireNonNull(plan.policy()).reason();
  }

  private static ObjectNode policyOf(String name) {
    return new ObjectMapper()
        .createObjectNode()
        .put("policyName", name)
        .put("policyDocument", "{\"DestinationArn\":\"arn:x\",\"FilterPattern\":\"\"}")
        .put("selectionCriteria", "");
  }

  @Test
  void removal_takesOnlyOurs() {
    makeEveryState();
    apply(plan());
    Map<String, List<FakeLogs.Filter>> foreign = others(filters());
    apply(new Planner(account, INGEST).removal());
    assertEquals(foreign, others(filters()));
    assertTrue(
        filters().values().stream()
            .flatMap(all -> all.values().stream())
            .noneMatch(filter -> filter.destination().equals(INGEST)));
    assertEquals(Map.of(), aws.lambda.policies.get(INGEST));
  }

  @Test
  void deliveryGroups_arePlannedForABucket_andOthersSayHow() {
    String bucket = "arn:aws:s3:::frostline-logs";
    String role = "arn:aws:iam::123456789012:role/deliver";
    for (String name : List.of("delivered", "standard", "unnamed")) {
      aws.lambda.wrapped(name);
    }
    aws.lambda.wrapped("unnamed").remove("LoggingConfig");
    aws.logs.group("/aws/lambda/delivered", "DELIVERY");
    aws.logs.group("/aws/lambda/standard");
    aws.logs.group("/aws/lambda/unnamed");
    assertEquals(
        """
        ! /aws/lambda/delivered its class DELIVERY delivers to a bucket: plan it with --destination arn:aws:s3:::BUCKET --role ARN, then frostline sync s3://BUCKET
        + /aws/lambda/standard add filter
        + /aws/lambda/unnamed add filter
        x /aws/lambda/frostline-ingest Frostline's own output: it would loop
        """,
        lines(plan()));
    Planner planner = new Planner(account, bucket, role);
    SubscriptionPlan plan = planner.plan(Selection.WRAPPED);
    assertEquals(
        """
        + /aws/lambda/delivered add filter
        ! /aws/lambda/standard its class STANDARD delivers to functions alone: plan it with the ingest function's ARN
        ! /aws/lambda/unnamed its class STANDARD delivers to functions alone: plan it with the ingest function's ARN
        x /aws/lambda/frostline-ingest Frostline's own output: it would loop
        """,
        lines(plan));
    assertEquals("123456789012", plan.account());
    assertEquals(Action.KEEP, plan.permission());
    apply(plan);
    assertEquals(
        Map.of(
            "frostline", new FakeLogs.Filter("frostline", TimingLinesPattern.TEXT, bucket, role)),
        aws.logs.group("/aws/lambda/delivered").filters);
    assertTrue(lines(planner.plan(Selection.WRAPPED)).startsWith("= /aws/lambda/delivered"));
    apply(plan.inverse());
    assertEquals(Map.of(), aws.logs.group("/aws/lambda/delivered").filters);
    assertThrows(AccountException.class, () -> new Planner(account, bucket));
    assertThrows(AccountException.class, () -> new Planner(account, INGEST, role));
  }
}
