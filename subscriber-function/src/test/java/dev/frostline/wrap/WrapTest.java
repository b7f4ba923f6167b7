package dev.frostline.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Here;
import dev.frostline.account.Outcome;
import dev.frostline.account.PlanFile;
import dev.frostline.account.Selection;
import dev.frostline.servers.aws.ControlPlane;
import dev.frostline.servers.aws.FakeLambda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrapTest {
  private static final String LAYER = FakeLambda.layer("frostline", 3);
  private static final Selection ALL =
      new Selection(List.of(), Pattern.compile("^\\w"), null, false);

  @TempDir Path folder = Path.of(".");
  private ControlPlane aws;
  private Account account;

  @BeforeEach
  void open() throws IOException {
    aws = new ControlPlane();
    account = Here.account(aws);
  }

  @AfterEach
  void close() {
    account.close();
    aws.close();
  }

  private void makeEveryState() {
    aws.lambda.function("plain", "python3.13");
    set(aws.lambda.function("secrets", "nodejs22.x"), "DB_PASSWORD", "hunter2 über\n=\"");
    ObjectNode chained = aws.lambda.function("chained", "java21");
    set(chained, "AWS_LAMBDA_EXEC_WRAPPER", "/opt/otel-handler");
    layers(chained, 4);
    layers(aws.lambda.function("crowded", "python3.12"), 5);
    set(aws.lambda.function("stuffed", "python3.12"), "BLOB", "x".repeat(4080));
    aws.lambda.function("native", "provided.al2023");
    aws.lambda.function("ruby", "ruby3.3");
    aws.lambda.function("image", "").put("PackageType", "Image").remove("Runtime");
    aws.lambda.function("busy", "python3.13").put("LastUpdateStatus", "InProgress");
    aws.lambda.wrapped("right");
    ObjectNode old = aws.lambda.wrapped("old");
    old.putArray("Layers").addObject().put("Arn", FakeLambda.layer("frostline", 1));
    ObjectNode two = aws.lambda.function("two", "python3.13");
    set(two, "AWS_LAMBDA_EXEC_WRAPPER", "/opt/otel-handler");
    set(two, "FROSTLINE_NEXT_WRAPPER", "/opt/datadog");
    aws.lambda
        .function("frostline-ingest", "java21")
        .put("Handler", "dev.frostline.ingest.IngestHandler");
    aws.lambda
        .function("locked", "python3.13")
        .putObject("Environment")
        .putObject("Error")
        .put("ErrorCode", "AccessDeniedException")
        .put("Message", "kms");
  }

  private static void set(ObjectNode function, String name, String value) {
    ObjectNode environment = (ObjectNode) function.get("Environment");
    ObjectNode variables =
        environment == null
            ? function.putObject("Environment").putObject("Variables")
            : (ObjectNode) environment.get("Variables");
    variables.put(name, value);
  }

  private static void layers(ObjectNode function, int count) {
    ArrayNode layers = function.putArray("Layers");
    for (int i = 0; i < count; i++) {
      layers.addObject().put("Arn", FakeLambda.layer("other" + i, 1));
    }
  }

  private WrapPlan plan() {
    return new WrapPlanner(account).plan(ALL, LAYER, Map.of());
  }

  private List<Outcome> apply(WrapPlan plan) {
    List<Outcome> outcomes = new ArrayList<>();
    new WrapApplier(account, plan).apply(outcomes::add);
    return outcomes;
  }

  /** Every configuration as bytes, without the revision, which AWS counts on. */
  private Map<String, String> configurations() {
    Map<String, String> configurations = new TreeMap<>();
    aws.lambda.functions.forEach(
        (name, function) -> {
          ObjectNode copy = function.deepCopy();
          copy.remove("RevisionId");
          configurations.put(name, new TreeMap<>(fields(copy)).toString());
        });
    return configurations;
  }

  private static Map<String, Object> fields(ObjectNode node) {
    Map<String, Object> fields = new TreeMap<>();
    node.properties()
        .forEach(
            field ->
                fields.put(
                    field.getKey(),
                    field.getValue() instanceof ObjectNode inner
                        ? fields(inner)
                        : field.getValue().toString()));
    return fields;
  }

  @Test
  void plan_hasAStateForEverything() {
    makeEveryState();
    StringBuilder lines = new StringBuilder();
    for (WrapChange one : plan().functions()) {
      lines.append(one.action().mark() + " " + one.function() + ": " + one.reason() + "\n");
    }
    assertEquals(
        """
        ! busy: another update is in progress: plan again when it is over
        + chained: layer frostline:3, then /opt/otel-handler
        ! crowded: it has 5 other layers, and Lambda takes 5
        ! image: a container image takes no layers: copy the layer's files into it
        ! locked: its variables cannot be read: allow kms:Decrypt on its key
        ! native: OS-only runtime provided.al2023: no wrapper is started there
        ~ old: layer frostline:3
        + plain: layer frostline:3
        = right: already right
        ! ruby: the layer has nothing for ruby3.3
        + secrets: layer frostline:3
        ! stuffed: its variables would be over Lambda's 4 kB
        ! two: two other wrappers: /opt/otel-handler and /opt/datadog
        """,
        lines.toString());
  }

  @Test
  void undo_ofASavedPlan_restoresEveryConfiguration_byteForByte() throws IOException {
    makeEveryState();
    Map<String, String> before = configurations();
    Path file = folder.resolve("wrap.json");
    PlanFile.write(file, plan());
    assertFalse(Files.readString(file).contains("hunter2"), "no secret is saved");
    WrapPlan saved = PlanFile.read(file, WrapPlan.class, WrapPlan.KIND, 1);
    assertEquals(plan(), saved);
    assertTrue(apply(saved).stream().allMatch(outcome -> outcome.result().isFine()));
    assertEquals(0, plan().changes());
    ObjectNode chained = aws.lambda.functions.getOrDefault("chained", new ObjectNode(null));
    assertEquals(5, chained.path("Layers").size());
    assertEquals(
        "{\"AWS_LAMBDA_EXEC_WRAPPER\":\"/opt/bin/importtime_wrapper\",\"FROSTLINE_NEXT_WRAPPER\":\"/opt/otel-handler\"}",
        chained.at("/Environment/Variables").toString());
    assertTrue(apply(saved.inverse()).stream().allMatch(outcome -> outcome.result().isFine()));
    assertEquals(before, configurations());
  }

  @Test
  void apply_stoppedAtEveryStep_goesOn_andUndoRestores() {
    makeEveryState();
    Map<String, String> before = configurations();
    WrapPlan plan = plan();
    for (int step = 0; step <= plan.changes(); step++) {
      aws.stopAfterWrites(step);
      apply(plan);
      aws.goOn();
      assertEquals(plan.changes() - step, plan().changes());
      apply(plan);
      assertEquals(0, plan().changes());
      apply(plan.inverse());
      assertEquals(before, configurations());
    }
  }

  @Test
  void drift_isRefusedPerFunction_butOthersVariablesMayChange() {
    makeEveryState();
    WrapPlan plan = plan();
    layers(aws.lambda.functions.getOrDefault("plain", new ObjectNode(null)), 2);
    set(aws.lambda.functions.getOrDefault("secrets", new ObjectNode(null)), "NEW", "1");
    Map<String, String> results = new TreeMap<>();
    apply(plan).forEach(one -> results.put(one.subject(), one.result() + " " + one.message()));
    assertTrue(results.getOrDefault("plain", "").startsWith("DRIFTED"), results.toString());
    assertEquals(
        "DONE done; variables that are not ours have changed since the plan",
        results.get("secrets"));
    apply(plan.inverse());
    assertEquals(
        "{\"DB_PASSWORD\":\"hunter2 über\\n=\\\"\",\"NEW\":\"1\"}",
        aws.lambda
            .functions
            .getOrDefault("secrets", new ObjectNode(null))
            .at("/Environment/Variables")
            .toString());
  }

  @Test
  void removal_withoutAPlan_takesOffOnlyOurs() {
    makeEveryState();
    Map<String, String> before = configurations();
    before.keySet().removeAll(List.of("old", "right"));
    apply(plan());
    apply(new WrapPlanner(account).removal(Selection.WRAPPED));
    Map<String, String> after = configurations();
    assertFalse(after.toString().contains("importtime_wrapper"), after.toString());
    after.keySet().removeAll(List.of("old", "right"));
    assertEquals(before, after);
  }

  @Test
  void wrongLayerOrVariable_isSaidAtOnce() {
    WrapPlanner planner = new WrapPlanner(account);
    assertThrows(AccountException.class, () -> planner.plan(ALL, "frostline", Map.of()));
    assertThrows(
        AccountException.class,
        () -> planner.plan(ALL, LAYER.replace("eu-west-1", "us-east-1"), Map.of()));
    assertThrows(AccountException.class, () -> planner.plan(ALL, LAYER, Map.of("PATH", "/")));
  }
}
