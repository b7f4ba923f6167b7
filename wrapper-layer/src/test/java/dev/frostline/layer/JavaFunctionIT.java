package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.layer.ImportTree.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS's own Java client under the wrapper: what the log holds when init is over. */
@Tag("long")
final class JavaFunctionIT {
  private static final String VERSIONS = "dev.frostline.layer.Jdk#versions";

  /** Lambda's own option, without which the client cannot open the telemetry pipe. */
  private static final String OPENS = "--add-opens=java.base/java.io=ALL-UNNAMED";

  private final Path folder;
  private final Layer layer;
  private final Path taskRoot;

  JavaFunctionIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    taskRoot = Jdk.functionsIn(Files.createDirectory(folder.resolve("task")));
  }

  private FunctionStart orders(int version, RuntimeApiHost host, String... options)
      throws Exception {
    return Jdk.ofVersion(version)
        .function(taskRoot, host, "fn.Orders::handleRequest", options)
        .with("FROSTLINE_DEPLOYMENT", "v 7")
        .with("FROSTLINE_JAVA", "clinit");
  }

  private static ImportTree tree(Stream<String> lines) {
    return ImportTree.read(
        lines
            .filter(line -> line.startsWith("java time: "))
            .map(line -> line.replaceFirst("java", "import"))
            .toList());
  }

  private static List<String> kids(ImportTree tree, String name) {
    return tree.named(name).kids().stream().map(Module::name).toList();
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void initializersAndTheHandlersConstructor_areATree(int version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{\"a\":1}")) {
      Outcome outcome = orders(version, host).through(layer).runUntilAnswered(host);
      ImportTree tree = tree(outcome.stderr().lines());
      assertEquals(List.of("fn.Slow"), kids(tree, "fn.Orders"));
      assertEquals(List.of("fn.Inner"), kids(tree, "fn.Slow"));
      assertEquals(List.of("fn.Failing"), kids(tree, "fn.Orders.<init>"));
      assertTrue(tree.named("fn.Inner").self() >= 20_000, outcome.stderr());
      assertTrue(tree.named("fn.Slow").self() >= 30_000, outcome.stderr());
      assertTrue(tree.all().noneMatch(row -> row.name().equals("fn.Lazy")), "after init");
      assertEnd(outcome, tree);
      assertEquals("\"{a=1} 50\"", host.answer());
      assertEquals("v%207", outcome.fields("begin").get("dep"));
      assertEquals("clinit", outcome.fields("begin").get("mode"));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void pause_isARowWhereItFell(int version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          Jdk.ofVersion(version)
              .function(taskRoot, host, "fn.Garbage::handleRequest")
              .with("FROSTLINE_JAVA", "clinit")
              .through(layer)
              .runUntilAnswered(host);
      assertTrue(
          outcome
              .stderr()
              .matches(
                  "(?s).*\ngc time: +\\d{3,} \\| +\\d{3,} \\|   \\(garbage collection\\)\njava time: [^\n]* fn.Garbage\n.*"),
          outcome.stderr());
    }
  }

  private static void assertEnd(Outcome outcome, ImportTree tree) {
    Map<String, String> end = outcome.fields("end");
    assertEquals("next", end.get("why"));
    assertEquals(outcome.fields("begin").get("id"), end.get("id"));
    assertEquals(tree.all().count(), Long.parseLong(end.getOrDefault("records", "")));
    long self = tree.all().mapToLong(Module::printedSelf).sum();
    long roots = tree.roots().stream().mapToLong(Module::cumulative).sum();
    long small = Long.parseLong(end.getOrDefault("small_us", ""));
    assertTrue(roots - self <= small + tree.all().count(), roots + " of " + self + "+" + small);
    for (String key :
        List.of(
            "init_us",
            "threads",
            "small_n",
            "gc_us",
            "gc_n",
            "loaded",
            "load_us",
            "verify_us",
            "init_cls_us",
            "link_us",
            "jit_us",
            "majflt",
            "nvcsw",
            "utime_us",
            "own_us")) {
      assertTrue(end.getOrDefault(key, "").matches("\\d+"), key + " in " + end);
    }
    assertTrue(end.getOrDefault("fp", "").matches("[0-9a-f]{16}"), end.toString());
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void withoutAChoice_theModeIsWhatItsCostAllows(int version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start = orders(version, host).with("FROSTLINE_JAVA", "auto").through(layer);
      Outcome outcome = start.runUntilAnswered(host);
      assertEquals(version < 25 ? "clinit" : "sample", outcome.fields("begin").get("mode"));
      assertEquals(outcome.fields("begin").get("id"), outcome.fields("end").get("id"));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void telemetryPipe_getsItAllAsOneEvent(int version) throws Exception {
    TelemetryPipe pipe = new TelemetryPipe(folder.resolve("telemetry"));
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome = pipe.of(orders(version, host, OPENS).through(layer)).runUntilAnswered(host);
      assertEquals(List.of(), outcome.lines("end"));
      List<String> ours = pipe.events().stream().filter(e -> e.contains("FROSTLINE end")).toList();
      assertEquals(1, ours.size());
      assertEquals(List.of("fn.Inner"), kids(tree(ours.get(0).lines()), "fn.Slow"));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void jsonLog_getsOneJsonEventOfItsLevel(int version) throws Exception {
    TelemetryPipe pipe = new TelemetryPipe(folder.resolve("telemetry"));
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          orders(version, host, OPENS)
              .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
              .with("AWS_LAMBDA_LOG_LEVEL", "WARN")
              .through(layer);
      Outcome outcome = pipe.of(start).runUntilAnswered(host);
      assertTrue(outcome.lines("begin").get(0).startsWith("{\"timestamp\":\"20"));
      List<String> ours = pipe.events().stream().filter(e -> e.contains("FROSTLINE end")).toList();
      assertEquals(1, ours.size());
      assertTrue(ours.get(0).matches("\\{\"timestamp\":\"[^\"]+Z\",\"level\":\"WARN\",.*\"}"));
      assertEquals(
          List.of("fn.Inner"), kids(tree(Stream.of(ours.get(0).split("\\\\n", -1))), "fn.Slow"));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void snapStart_endsInitBeforeTheSnapshotAndAgainAfterIt(int version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          Jdk.ofVersion(version)
              .function(taskRoot, host, "fn.Restoring::handleRequest")
              .with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      List<String> ends = outcome.lines("end");
      assertEquals(2, ends.size(), outcome.stderr());
      assertTrue(ends.get(0).contains(" why=restore since=begin init_us="), ends.get(0));
      assertTrue(ends.get(1).contains(" why=next since=restore init_us="), ends.get(1));
      assertEquals("\"restored\"", host.answer());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void withoutTheWrapper_theAgentBringsItsOwnBeginLine(int version) throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome =
          orders(version, host)
              .with("JAVA_TOOL_OPTIONS", "-javaagent:" + layer.root() + "/frostline/agent.jar")
              .runUntilAnswered(host);
      assertEquals("v%207", outcome.fields("begin").get("dep"));
      assertEquals("vm", outcome.fields("end").get("since"));
      assertEquals(List.of("fn.Inner"), kids(tree(outcome.stderr().lines()), "fn.Slow"));
      assertEquals("\"{} 50\"", host.answer());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void loadMode_timesLoadsAndSampleModeLooksAtStacks(int version) throws Exception {
    for (String mode : List.of("load", "sample")) {
      try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
        Outcome outcome =
            orders(version, host)
                .with("FROSTLINE_JAVA", mode)
                .with("FROSTLINE_MIN_US", "0")
                .through(layer)
                .runUntilAnswered(host);
        assertEquals(mode, outcome.fields("begin").get("mode"));
        ImportTree tree = tree(outcome.stderr().lines());
        assertTrue(tree.all().anyMatch(row -> row.name().equals("fn.Inner")), outcome.stderr());
        assertEquals("\"{} 50\"", host.answer());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void javaToolOptions_stayTheFunctions(int version) throws Exception {
    String options = "'-Dgreeting=good  \"day\"'";
    try (RuntimeApiHost plain = new RuntimeApiHost("{}");
        RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
      Outcome expected =
          orders(version, plain).with("JAVA_TOOL_OPTIONS", options).runUntilAnswered(plain);
      Outcome outcome =
          orders(version, wrapped)
              .with("JAVA_TOOL_OPTIONS", options)
              .through(layer)
              .runUntilAnswered(wrapped);
      assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
      assertTrue(outcome.stdout().contains("handled good  \"day\""), outcome.stdout());
      assertFalse(outcome.fields("end").isEmpty());
    }
  }
}
