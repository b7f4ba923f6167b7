package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.layer.NodeTree.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Node.js functions behind AWS's client and under the wrapper, against a Runtime API of ours. */
final class NodeFunctionIT {
  private static final Path TASK_ROOT = Functions.path("/node");

  private final Path folder;
  private final Layer layer;

  NodeFunctionIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void modules_areATreeThatAddsUp(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{\"a\":1}")) {
      Outcome outcome = start(version, host, "app.handler").through(layer).runUntilAnswered(host);
      assertTrue(host.answer().contains("\"event\":{\"a\":1}"), host.answer());
      NodeTree tree = NodeTree.read(outcome.stderr());
      tree.assertAddsUp();
      Row handler = tree.named("app.js");
      assertEquals(List.of("lib/heavy.js", "lib/thrown.js"), handler.kidNames());
      assertEquals(List.of("lib/leaf.json"), tree.named("lib/heavy.js").kidNames());
      assertAtLeast(29_000, tree.named("lib/heavy.js"));
      assertAtLeast(4_000, tree.named("lib/thrown.js"));
      assertAtLeast(9_000, handler);
      assertTrue(tree.all().noneMatch(row -> row.name().equals("lib/lazy.js")), "after init");
      assertTrue(tree.all().noneMatch(row -> row.name().contains("/frostline/")), "our own");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void endLine_saysWhatTheHostDid(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start = start(version, host, "app.handler");
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      Map<String, String> begin = outcome.fields("begin");
      assertEquals("node", begin.get("rt"));
      assertEquals("v42", begin.get("dep"));
      assertEquals("cjs", begin.get("mode"));
      Map<String, String> end = outcome.fields("end");
      assertEquals(begin.get("id"), end.get("id"));
      assertEquals("next", end.get("why"));
      assertFalse(end.containsKey("fp"), "only of $LATEST");
      for (String key :
          List.of(
              "init_us",
              "records",
              "small_n",
              "gc_us",
              "gc_n",
              "majflt",
              "inblock",
              "nvcsw",
              "nivcsw",
              "utime_us",
              "stime_us",
              "own_us")) {
        assertTrue(end.getOrDefault(key, "").matches("\\d+"), key + " in " + end);
      }
      assertTrue(Long.parseLong(end.get("init_us")) > 45_000, end.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versionsOfClient")
  void pause_isARowWhereItFell(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          start(version, host, "pausing.handler").through(layer).runUntilAnswered(host);
      assertTrue(
          outcome
              .lines("pack")
              .toString()
              .matches(".*;gc/2:\\d+:\\d+:\\(garbage collection\\);1:\\d+:\\d+:lib/garbage.js;.*"),
          outcome.stderr());
      assertTrue(Long.parseLong(outcome.fields("end").get("gc_us")) > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void anyHandler_answersAsWithoutUs(String version) throws Exception {
    for (String handler : List.of("app.handler", "broken.handler", "missing.handler")) {
      assertSame(version, handler, "FROSTLINE_NODE_ESM", "0");
    }
  }

  @ParameterizedTest
  @CsvSource({"22,esm.handler", "24,brokenesm.handler", "24,syntax.handler", "26,nowhere.handler"})
  void handlersOfOtherKinds_answerAsWithoutUs(String version, String handler) throws Exception {
    assertSame(version, handler, "NODE_OPTIONS", "--no-warnings");
  }

  @Test
  void clientWithoutItsNativePart_endsInitWithItsRequest() throws Exception {
    String http = "AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1";
    Outcome outcome = assertSame("24", "app.handler", http, "true");
    assertEquals("next", outcome.fields("end").get("why"));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versionsOfClient")
  void initError_endsInit(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          start(version, host, "broken.handler").through(layer).runUntilAnswered(host);
      assertTrue(host.requests().contains("POST /2018-06-01/runtime/init/error"));
      assertEquals("exit", outcome.fields("end").get("why"));
      NodeTree tree = NodeTree.read(outcome.stderr());
      assertEquals(List.of("lib/heavy.js", "lib/thrown.js"), tree.named("broken.js").kidNames());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void esModule_hasOneRowAboveWhatItRequires(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome = start(version, host, "esm.handler").through(layer).runUntilAnswered(host);
      NodeTree tree = NodeTree.read(outcome.stderr());
      tree.assertAddsUp();
      Row handler = tree.named("esm.mjs");
      assertEquals(List.of("lib/lazy.js", "lib/heavy.js"), handler.kidNames());
      assertAtLeast(29_000, handler);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versionsOfClient")
  void esModules_haveRowsOfTheirOwnOnRequest(String version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          start(version, host, "esm.handler")
              .with("FROSTLINE_NODE_ESM", "1")
              .with("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      assertTrue(host.answer().contains("\"name\":\"part\""), host.answer());
      NodeTree tree = NodeTree.read(outcome.stderr());
      tree.assertAddsUp();
      assertEquals("esm", outcome.fields("begin").get("mode"));
      assertTrue(outcome.fields("end").getOrDefault("fp", "").matches("[0-9a-f]{16}"));
      Row handler = tree.named("esm.mjs");
      assertEquals(Set.of("lib/part.mjs", "lib/heavy.js"), Set.copyOf(handler.kidNames()));
      assertEquals(List.of("lib/lazy.js"), tree.named("lib/part.mjs").kidNames());
      assertAtLeast(19_000, tree.named("lib/part.mjs"));
      assertAtLeast(9_000, handler);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versionsOfClient")
  void esProgramWithoutARuntime_hasRowsOfItsModules(String version) throws Exception {
    Path program = folder.resolve("program");
    Path slow = Files.createDirectories(program.resolve("lib")).resolve("slow.js");
    Files.writeString(
        slow, "const until = Date.now() + 20;\nwhile (Date.now() < until);\nexport default 1;\n");
    Files.writeString(program.resolve("package.json"), "{\"type\": \"module\"}");
    Path main = Files.writeString(program.resolve("main.js"), "import './lib/slow.js';\n");
    FunctionStart start = NodeRuntime.ofVersion(version).script(main).in(program);
    NodeTree tree = NodeTree.read(start.through(layer).run().stderr());
    tree.assertAddsUp();
    assertEquals(List.of("lib/slow.js"), tree.named("main.js").kidNames());
    assertAtLeast(19_000, tree.named("lib/slow.js"));
    FunctionStart off = start.with("FROSTLINE_NODE_ESM", "0");
    assertEquals(List.of(), NodeTree.read(off.through(layer).run().stderr()).roots());
  }

  @ParameterizedTest
  @CsvSource({"Text,", "JSON,INFO", "JSON,WARN"})
  void telemetry_carriesOneEventOfTheRuntimesLog(String format, String level) throws Exception {
    TelemetryPipe pipe = new TelemetryPipe(folder.resolve("frames"));
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart wrapped =
          start("24", host, "app.handler")
              .with("AWS_LAMBDA_LOG_FORMAT", format)
              .with("AWS_LAMBDA_LOG_LEVEL", level == null ? "" : level)
              .through(layer);
      Outcome outcome = pipe.of(wrapped).in(folder).runUntilAnswered(host);
      assertEquals("", outcome.stdout());
      assertEquals(1, outcome.stderr().lines().count(), outcome.stderr());
      String event = pipe.events().get(0);
      assertTrue(event.contains("FROSTLINE end v=1"), event);
      boolean json = format.equals("JSON");
      assertTrue(!json || event.contains("\"level\":\"" + level + "\""), event);
      NodeTree tree = NodeTree.read(json ? event.replace("\\n", "\n") : event);
      assertEquals(List.of("lib/heavy.js", "lib/thrown.js"), tree.named("app.js").kidNames());
    }
  }

  @ParameterizedTest
  @CsvSource({"INFO,INFO,cjs", "ERROR,ERROR,packed"})
  void jsonLogs_getEventsOfALevelThatIsKept(String level, String expected, String mode)
      throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          start("22", host, "app.handler")
              .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
              .with("AWS_LAMBDA_LOG_LEVEL", level);
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      assertEquals(mode, outcome.fields("begin").get("mode"));
      String pack = outcome.lines("pack").get(0);
      assertTrue(pack.startsWith("{\"timestamp\":\"20"), pack);
      assertTrue(pack.contains("\"level\":\"" + expected + "\""), pack);
      assertEquals("next", outcome.fields("end").get("why"));
    }
  }

  @Test
  void optionsSetByHand_doWithoutTheWrapper() throws Exception {
    Path preload = layer.root().resolve("frostline/preload.cjs");
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          start("22", host, "app.handler").with("NODE_OPTIONS", "--require " + preload);
      Outcome outcome = start.runUntilAnswered(host);
      assertTrue(
          host.answer()
              .contains(
                  "\"environment\":[[\"FROSTLINE_DEPLOYMENT\",\"v42\"],[\"FROSTLINE_NODE\",\"1\"]]"),
          host.answer());
      assertEquals("v42", outcome.fields("begin").get("dep"));
      assertEquals(outcome.fields("begin").get("id"), outcome.fields("end").get("id"));
      assertFalse(NodeTree.read(outcome.stderr()).named("app.js").kids().isEmpty());
    }
  }

  @Test
  void sampleFunction_showsWhatItsSecondVersionAdded() throws Exception {
    Path sample =
        Path.of(System.getProperty("frostline.layer.sample")).resolveSibling("sample-node");
    FunctionStart start =
        NodeRuntime.ofVersion("22")
            .script(sample.resolve("bootstrap.cjs"))
            .with("_HANDLER", "app.handler")
            .with("LAMBDA_TASK_ROOT", sample.resolve("v2").toString());
    Outcome outcome = start.through(layer).run();
    assertEquals("{\"sku\":\"A-1001\",\"series\":1,\"total\":\"59.70\"}\n", outcome.stdout());
    Row catalog = NodeTree.read(outcome.stderr()).named("catalog/index.js");
    assertEquals(List.of("catalog/patterns.js"), catalog.kidNames());
    assertEquals("next", outcome.fields("end").get("why"));
  }

  @Test
  void rowsBelowTheLeast_areSummed() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          start("22", host, "app.handler")
              .with("FROSTLINE_MIN_US", "20000")
              .through(layer)
              .runUntilAnswered(host);
      List<Row> shown = NodeTree.read(outcome.stderr()).named("app.js").kids();
      assertTrue(shown.stream().anyMatch(row -> row.name().equals("lib/heavy.js")));
      assertTrue(
          shown.stream().allMatch(row -> row.cumulative() >= 20_000 || row.name().startsWith("(")),
          shown.toString());
      Map<String, String> end = outcome.fields("end");
      assertTrue(Integer.parseInt(end.getOrDefault("small_n", "0")) >= 1, end.toString());
      assertTrue(Long.parseLong(end.getOrDefault("small_us", "0")) > 0, end.toString());
    }
  }

  private Outcome assertSame(String version, String handler, String name, String value)
      throws Exception {
    try (RuntimeApiHost plain = new RuntimeApiHost("{}");
        RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
      Outcome expected = start(version, plain, handler).with(name, value).runUntilAnswered(plain);
      Outcome outcome =
          start(version, wrapped, handler)
              .with(name, value)
              .through(layer)
              .runUntilAnswered(wrapped);
      assertEquals(withoutTimes(expected), withoutTimes(outcome));
      assertEquals(plain.answer(), wrapped.answer());
      assertEquals(plain.requests(), wrapped.requests());
      assertEquals(1, outcome.lines("end").size(), outcome.stderr());
      return outcome;
    }
  }

  private static FunctionStart start(String version, RuntimeApiHost host, String handler) {
    return NodeRuntime.ofVersion(version).function(host, TASK_ROOT, handler);
  }

  private static String withoutTimes(Outcome outcome) {
    return outcome
        .asTheFunctionSeesIt()
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z", "time");
  }

  private static void assertAtLeast(long micros, Row row) {
    assertTrue(row.self() >= micros, row.toString());
  }
}
