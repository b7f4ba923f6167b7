package dev.frostline.subscribe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.account.Account;
import dev.frostline.account.Action;
import dev.frostline.account.Here;
import dev.frostline.account.Outcome;
import dev.frostline.account.Selection;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import dev.frostline.servers.aws.FakeLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 10,000 log groups, 3,000 functions, every seventh call refused: nothing is lost or harmed. */
@Tag("long")
class LargeAccountTest {
  private static final int GROUPS = 10_000;
  private static final int FUNCTIONS = 3_000;
  private static final int STOP_AFTER = 1000;
  private static final String INGEST = FakeLambda.arn("frostline-ingest") + ":live";

  /** Ends an apply from outside, as a closed terminal does. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void planApplyStopsReplanRemove_keepEveryForeignFilter() throws IOException {
    try (ControlPlane aws = new ControlPlane();
        Account account = Here.account(aws)) {
      fill(aws);
      Map<String, List<FakeLogs.Filter>> before = filters(aws);
      aws.throttleOneIn(7);
      Planner planner = new Planner(account, INGEST);
      SubscriptionPlan plan = planner.plan(Selection.WRAPPED);
      report(aws, "plan", plan);

      int stops = 0;
      while (applyUntilStopped(account, planner.plan(Selection.WRAPPED))) {
        stops++;
        assertEquals(foreign(before), foreign(filters(aws)));
      }
      assertTrue(stops >= 2, stops + " stops");
      SubscriptionPlan rest = planner.plan(Selection.WRAPPED);
      assertEquals(0, rest.changes());
      assertEquals(plan.count(Action.CANNOT), rest.count(Action.CANNOT));
      report(aws, "apply with " + stops + " stops and plans", plan);

      SubscriptionPlan removal = planner.removal();
      new Applier(account, removal).apply(outcome -> assertTrue(outcome.result().isFine()));
      report(aws, "remove", removal);
      assertEquals(foreign(before), filters(aws));
    }
  }

  private static void fill(ControlPlane aws) {
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.logs.group("/aws/lambda/frostline-ingest");
    for (int i = 0; i < FUNCTIONS - 1; i++) {
      String name = "fn-" + i;
      ObjectNode function =
          i % 3 == 0 ? aws.lambda.function(name, "python3.12") : aws.lambda.wrapped(name);
      String group = i % 50 == 1 ? "/teams/shared-" + i % 4 : "/aws/lambda/" + name;
      ((ObjectNode) function.get("LoggingConfig")).put("LogGroup", group);
      aws.logs.group(group, i % 200 == 2 ? "INFREQUENT_ACCESS" : "STANDARD");
      if (i % 5 == 0) {
        aws.logs.foreign(group, "datadog");
      }
      if (i % 35 == 0) {
        aws.logs.foreign(group, "audit");
      }
      if (i % 6 == 0) {
        ours(aws, group, "?\"FROSTLINE\"");
      }
    }
    for (int i = 0; aws.logs.groups.size() < GROUPS; i++) {
      String group = i % 10 == 0 ? "/aws/lambda/deleted-" + i : "/ecs/service-" + i;
      aws.logs.group(group);
      if (i % 40 == 0) {
        ours(aws, group, TimingLinesPattern.TEXT);
      }
      if (i % 9 == 0) {
        aws.logs.foreign(group, "audit");
      }
    }
  }

  private static void ours(ControlPlane aws, String group, String pattern) {
    if (aws.logs.group(group).filters.size() < aws.logs.slots) {
      aws.logs
          .group(group)
          .filters
          .put("frostline", new FakeLogs.Filter("frostline", pattern, INGEST));
    }
  }

  /** Whether it was stopped. */
  private static boolean applyUntilStopped(Account account, SubscriptionPlan plan) {
    List<Outcome> outcomes = new ArrayList<>();
    try {
      new Applier(account, plan)
          .apply(
              outcome -> {
                assertTrue(outcome.result().isFine(), outcome.toString());
                outcomes.add(outcome);
                if (outcomes.size() == STOP_AFTER) {
                  throw new Stopped();
                }
              });
      return false;
    } catch (Stopped stopped) {
      return true;
    }
  }

  private static Map<String, List<FakeLogs.Filter>> filters(ControlPlane aws) {
    Map<String, List<FakeLogs.Filter>> filters = new TreeMap<>();
    aws.logs.groups.forEach(
        (name, group) -> filters.put(name, List.copyOf(group.filters.values())));
    return filters;
  }

  private static Map<String, List<FakeLogs.Filter>> foreign(
      Map<String, List<FakeLogs.Filter>> filters) {
    Map<String, List<FakeLogs.Filter>> foreign = new TreeMap<>();
    filters.forEach(
        (group, all) ->
            foreign.put(
                group, all.stream().filter(one -> !one.destination().equals(INGEST)).toList()));
    return foreign;
  }

  private static void report(ControlPlane aws, String step, SubscriptionPlan plan) {
    System.out.printf(
        "%,d log groups, %,d functions, one call in 7 throttled: %s (%,d changes, %,d already"
            + " right, %,d cannot) took %,d calls %s%n",
        aws.logs.groups.size(),
        aws.lambda.functions.size(),
        step,
        plan.changes(),
        plan.count(Action.KEEP),
        plan.count(Action.CANNOT),
        aws.callsInAll(),
        aws.calls);
    aws.calls.clear();
  }
}
