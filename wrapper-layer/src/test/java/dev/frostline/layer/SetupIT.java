package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What SETUP.md tells people to copy: it names what the zip has, and functions start with it. */
final class SetupIT {
  private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";
  private static final String DEPLOYMENT = "FROSTLINE_DEPLOYMENT";
  private static final Pattern PATH = Pattern.compile("/opt/[\\w./]+");
  private static final List<String> LANGUAGES =
      List.of("table", "table", "yaml", "yaml", "ts", "ts", "hcl", "hcl", "yaml", "yaml");

  private final Layer layer;
  private final Path folder;
  private final List<SetupPage.Snippet> snippets;

  SetupIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    snippets = SetupPage.read().snippets();
  }

  @Test
  void everyTool_hasBothForms() {
    assertEquals(LANGUAGES, snippets.stream().map(SetupPage.Snippet::language).toList());
    for (int i = 0; i < snippets.size(); i++) {
      Map<String, String> set = withoutDeployment(snippets.get(i).variables());
      assertEquals(i % 2 == 0 ? wrapped() : plain(), set, snippets.get(i).text());
      assertTrue(snippets.get(i).variables().containsKey(DEPLOYMENT), snippets.get(i).text());
    }
    assertEquals(List.of(WRAPPER), List.copyOf(wrapped().keySet()));
    assertEquals(
        List.of(
            "DOTNET_STARTUP_HOOKS",
            "JAVA_TOOL_OPTIONS",
            "NODE_OPTIONS",
            "PYTHONPATH",
            "PYTHONPROFILEIMPORTTIME"),
        List.copyOf(plain().keySet()));
  }

  @Test
  void everyPath_isInTheZip() {
    for (SetupPage.Snippet snippet : snippets) {
      Matcher path = PATH.matcher(snippet.text());
      while (path.find()) {
        Path unpacked = folder.resolve(path.group().substring(1));
        boolean withoutCompiler = unpacked.toString().endsWith(".dll") && !hasHook();
        assertTrue(Files.isReadable(unpacked) || withoutCompiler, path.group());
      }
    }
    assertTrue(
        Files.isExecutable(
            folder.resolve(Objects.requireNonNull(wrapped().get(WRAPPER)).substring(1))));
  }

  @Test
  void yaml_isYaml() {
    for (SetupPage.Snippet snippet : snippets) {
      if (snippet.language().equals("yaml")) {
        Objects.requireNonNull(new Yaml().compose(new StringReader(snippet.text())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void python_hasTheSameRowsAndLines(String version) throws Exception {
    FunctionStart start =
        Functions.sample(Python.ofVersion(version), "v2").with(DEPLOYMENT, "release 7%");
    Outcome wrapped = start.through(layer).run();
    FunctionStart byHand = plainly(plainly(start, "PYTHONPROFILEIMPORTTIME"), "PYTHONPATH");
    Outcome plain = byHand.run();
    assertEquals(names(wrapped, row -> true), names(plain, row -> true));
    assertEquals(1, names(plain, row -> row.contains(" app via=import_module")).size());
    assertSameLines(wrapped, plain);
    assertEquals("boot", plain.fields("end").get("since"));
    assertEquals(start.run().asTheFunctionSeesIt(), plain.asTheFunctionSeesIt());
    Outcome quiet =
        byHand.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "ERROR").run();
    assertTrue(quiet.lines("pack").get(0).matches(".*0:\\d+:\\d+:app[;\"].*"), quiet.stderr());
    assertEquals("packed", quiet.fields("begin").get("mode"));
    Outcome off = byHand.with("FROSTLINE_ENABLED", "0").run();
    assertEquals(List.of(), off.lines("begin"));
    assertEquals(start.run().asTheFunctionSeesIt(), off.asTheFunctionSeesIt());
  }

  @Test
  void java_hasTheSameRowsAndLines() throws Exception {
    Path taskRoot = Jdk.functionsIn(Files.createDirectory(folder.resolve("task")));
    try (RuntimeApiHost first = new RuntimeApiHost("{}");
        RuntimeApiHost second = new RuntimeApiHost("{}")) {
      Outcome wrapped =
          Jdk.ofVersion(17)
              .function(taskRoot, first, "fn.Orders::handleRequest")
              .with(DEPLOYMENT, "v7")
              .through(layer)
              .runUntilAnswered(first);
      FunctionStart start =
          Jdk.ofVersion(17)
              .function(taskRoot, second, "fn.Orders::handleRequest")
              .with(DEPLOYMENT, "v7");
      Outcome plain = plainly(start, "JAVA_TOOL_OPTIONS").runUntilAnswered(second);
      Predicate<String> own = row -> row.contains("fn.");
      assertEquals(names(wrapped, own), names(plain, own));
      assertTrue(names(plain, own).contains("fn.Inner"), plain.stderr());
      assertSameLines(wrapped, plain);
    }
  }

  @Test
  void node_hasTheSameRowsAndLines() throws Exception {
    try (RuntimeApiHost first = new RuntimeApiHost("{}");
        RuntimeApiHost second = new RuntimeApiHost("{}")) {
      NodeRuntime node = NodeRuntime.ofVersion("22");
      Path taskRoot = Functions.path("/node");
      Outcome wrapped =
          node.function(first, taskRoot, "app.handler").through(layer).runUntilAnswered(first);
      FunctionStart start = node.function(second, taskRoot, "app.handler");
      Outcome plain = plainly(start, "NODE_OPTIONS").runUntilAnswered(second);
      assertEquals(nodeNames(wrapped), nodeNames(plain));
      assertSameLines(wrapped, plain);
    }
  }

  private static void assertSameLines(Outcome wrapped, Outcome plain) {
    Map<String, String> begin = withoutDeployment(plain.fields("begin"));
    assertEquals(wrapped.fields("begin").get("dep"), plain.fields("begin").get("dep"));
    for (String key : List.of("rt", "fn", "ver", "mem", "handler", "mode", "layer")) {
      assertEquals(wrapped.fields("begin").get(key), begin.get(key), key);
    }
    assertEquals(wrapped.fields("end").keySet(), plain.fields("end").keySet());
  }

  /** As the page says, with the layer where this test has it. */
  private FunctionStart plainly(FunctionStart start, String variable) {
    String value = Objects.requireNonNull(plain().get(variable));
    return start.with(variable, value.replace("/opt/", folder + "/opt/"));
  }

  private Map<String, String> wrapped() {
    return withoutDeployment(snippets.get(0).variables());
  }

  private Map<String, String> plain() {
    return withoutDeployment(snippets.get(1).variables());
  }

  private static Map<String, String> withoutDeployment(Map<String, String> variables) {
    Map<String, String> others = new TreeMap<>(variables);
    others.remove(DEPLOYMENT);
    return others;
  }

  private boolean hasHook() {
    return Files.exists(layer.root().resolve("frostline/Frostline.StartupHook.dll"));
  }

  private static List<String> names(Outcome outcome, Predicate<String> wanted) {
    return outcome
        .stderr()
        .lines()
        .filter(row -> row.matches("(import|java) time: .*\\d .*") && wanted.test(row))
        .map(row -> row.substring(row.lastIndexOf('|') + 1).strip())
        .map(name -> name.replaceFirst(" kids=\\d+$", "")) // pauses are among them
        .sorted()
        .toList();
  }

  private static List<String> nodeNames(Outcome outcome) {
    return NodeTree.read(outcome.stderr()).all().map(NodeTree.Row::name).sorted().toList();
  }
}
