package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Node.js function is as it was, whatever becomes of the layer's files and whatever it is given.
 */
final class NodeUnharmedIT {
  private static final String ODD = "a  b \"c\" 'd' $HOME * \\ é";
  private static final Path EXITS = Functions.path("/node/exits.js");

  private final Path folder;
  private final Layer layer;
  private final Path preload;
  private final Path tracer;

  NodeUnharmedIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
    preload = layer.root().resolve("frostline/preload.cjs");
    tracer = layer.root().resolve("frostline/node.cjs");
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void arguments_andExitCode_areItsOwn(String version) throws Exception {
    FunctionStart start = NodeRuntime.ofVersion(version).script(EXITS, ODD, "", "--require");
    Outcome outcome = assertUnharmed(start);
    assertEquals(7, outcome.exitCode());
    assertEquals("exit", outcome.fields("end").get("why"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-warnings", "--title=\"a b\" --stack-trace-limit=5"})
  void optionsOfItsOwn_areKept(String options) throws Exception {
    assertEquals(
        1,
        assertUnharmed(exits().with("NODE_OPTIONS", options).with("PRINT_OPTIONS", "1"))
            .lines("end")
            .size());
  }

  @Test
  void fourKilobytesOfOptions_areKept() throws Exception {
    String options = "--no-warnings ".repeat(300) + "--no-warnings";
    assertEquals(
        1,
        assertUnharmed(exits().with("NODE_OPTIONS", options).with("PRINT_OPTIONS", "1"))
            .lines("end")
            .size());
  }

  @Test
  void preloadThatIsNotOurs_isNotUsed() throws Exception {
    String ours = Files.readString(preload);
    for (String broken : List.of("", "def (", "\0\0", ours + "throw 1", ours.substring(9))) {
      Files.writeString(preload, broken);
      Outcome outcome = assertUnharmed(exits());
      assertEquals("", outcome.stderr(), broken);
    }
    Files.delete(preload);
    assertEquals("", assertUnharmed(exits()).stderr());
    Files.createDirectory(preload);
    assertEquals("", assertUnharmed(exits()).stderr());
  }

  @Test
  void tracerThatThrows_isOneFaultLine() throws Exception {
    String ours = Files.readString(tracer);
    for (String broken :
        List.of("syntax error(", "throw new Error('x')", ours.substring(0, 9000))) {
      Files.writeString(tracer, broken);
      assertEquals(1, assertUnharmed(exits()).lines("fault").size(), broken);
    }
    Files.delete(tracer);
    assertEquals(1, assertUnharmed(exits()).lines("fault").size(), "missing");
  }

  @Test
  void reportThatThrows_isOneFaultLine() throws Exception {
    Files.writeString(layer.root().resolve("frostline/node/report.cjs"), "throw new Error('x')");
    assertEquals(1, assertUnharmed(exits()).lines("fault").size());
  }

  @Test
  void filesThatCannotBeRead_areOneFaultLineAtMost() throws Exception {
    String plain = exits().run().asTheFunctionSeesIt();
    for (String file : List.of("node/report.cjs", "node.cjs", "preload.cjs")) {
      layer.without(file);
      Outcome outcome = exits().through(layer).heldToPermissions().run();
      assertEquals(plain, outcome.asTheFunctionSeesIt());
      assertEquals(file.equals("preload.cjs") ? 0 : 1, outcome.lines("fault").size(), file);
    }
  }

  @Test
  void preloadThatNobodyAskedFor_isNotUsed() throws Exception {
    Outcome outcome = assertUnharmed(exits().with("FROSTLINE_NODE", ""));
    assertEquals("off", outcome.fields("begin").get("mode"));
    assertEquals(List.of(), outcome.lines("end"));
  }

  @Test
  void permissionModel_keepsUsOut() throws Exception {
    FunctionStart start =
        exits().with("NODE_OPTIONS", "--permission --allow-fs-read=" + EXITS.getParent());
    assertEquals("", assertUnharmed(start).stderr().replaceAll("(?m)^.*[Ww]arning.*\n", ""));
  }

  @Test
  void closedStderr_makesNoDifference() throws Exception {
    FunctionStart plain = exits();
    assertEquals(closed(plain).run(), closed(plain.through(layer)).run());
  }

  @Test
  void readOnlyFileSystem_makesNoDifference() throws Exception {
    Outcome outcome = assertUnharmed(exits().in(Path.of("/proc")).with("HOME", "/proc"));
    assertEquals(1, outcome.lines("end").size());
  }

  @Test
  void smallMemory_isEnough() throws Exception {
    FunctionStart start = exits().with("NODE_OPTIONS", "--max-old-space-size=100");
    assertEquals(1, assertUnharmed(start).lines("end").size());
  }

  @Test
  void sigtermInInit_endsItLikeThePlainStart(@TempDir Path signs) throws Exception {
    Path script = signs.resolve("waits.js");
    Files.writeString(
        script, "require('fs').writeFileSync(process.argv[2], ''); setInterval(() => {}, 1000);");
    NodeRuntime node = NodeRuntime.ofVersion("22");
    Path plain = signs.resolve("plain");
    Path wrapped = signs.resolve("wrapped");
    assertEquals(
        node.script(script, plain.toString()).runUntil(plain).asTheFunctionSeesIt(),
        node.script(script, wrapped.toString())
            .through(layer)
            .runUntil(wrapped)
            .asTheFunctionSeesIt());
  }

  @Test
  void nextWrapper_getsTheWholeCommand(@TempDir Path other) throws Exception {
    Path next = other.resolve("next");
    Files.writeString(next, "#!/bin/bash\nexec \"$@\"\n");
    assertTrue(next.toFile().setExecutable(true));
    Outcome outcome = exits().with("FROSTLINE_NEXT_WRAPPER", next.toString()).through(layer).run();
    assertEquals(exits().run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertEquals(1, outcome.lines("end").size());
  }

  @Test
  void unknownProgram_isKnownByItsRuntime() throws Exception {
    FunctionStart start = exits();
    List<String> command =
        List.of("/usr/bin/env", start.command().get(0), start.command().get(1), ODD);
    FunctionStart indirect = new FunctionStart(command, start.environment(), start.directory());
    Outcome outcome = assertUnharmed(indirect.with("AWS_EXECUTION_ENV", "AWS_Lambda_nodejs22.x"));
    assertEquals(1, outcome.lines("end").size());
  }

  /** It answers after init is over, errors included, and V8 is asked meanwhile. */
  @ParameterizedTest
  @MethodSource("dev.frostline.layer.NodeRuntime#versions")
  void usage_isTold_andChangesNothing(String version) throws Exception {
    Path client = Files.createDirectories(folder.resolve("client")).resolve("rapid-client.node");
    Files.writeString(
        client,
        "exports.next = () => new Promise((r) => setTimeout(r, 30,"
            + " process._getActiveHandles().length));\n");
    Files.writeString(folder.resolve("idle.js"), "exports.never = () => 1;\n");
    Files.writeString(
        folder.resolve("busy.js"),
        "exports.answer = (n) => { if (n === 2) throw new Error('two'); return new Error().stack;"
            + " };\n");
    Path start =
        Files.writeString(
            folder.resolve("start.js"),
            """
            require.extensions['.node'] = require.extensions['.js'];
            const client = require('./client/rapid-client.node');
            require('./idle');
            const { answer } = require('./busy');
            (async () => {
              for (let i = 0; i < 13; i += 1) {
                const handles = await client.next();
                try {
                  console.log(i, handles, answer(i), Object.keys(client));
                } catch (error) {
                  console.error(error);
                }
              }
              console.log(process.env.FROSTLINE_USAGE, Object.keys(globalThis), process.execArgv);
            })();
            """);
    FunctionStart asked =
        NodeRuntime.ofVersion(version)
            .script(start)
            .with("FROSTLINE_USAGE", "1")
            .with("LAMBDA_TASK_ROOT", folder.toString());
    Outcome outcome = assertUnharmed(asked);
    assertEquals(List.of(), outcome.lines("fault"));
    List<String> told = outcome.lines("usage");
    assertTrue(told.get(0).contains(" requests=1 part=1/1 ran="), outcome.stderr());
    for (String line : told) {
      assertTrue(line.contains("busy.js") && !line.contains("idle.js"), line);
    }
    Files.writeString(
        layer.root().resolve("frostline/node/usage.cjs"),
        "exports.Usage = class { watch(client, due) { this.requests = 1; process.once('exit', due);"
            + " } };");
    assertEquals(1, assertUnharmed(asked).lines("fault").size());
  }

  private static FunctionStart closed(FunctionStart start) {
    List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", "exec \"$@\" 2>&-", "x"));
    command.addAll(start.command());
    return new FunctionStart(command, start.environment(), start.directory());
  }

  private static FunctionStart exits() {
    return NodeRuntime.ofVersion("22").script(EXITS, ODD).with("PRINT_OPTIONS", "");
  }

  private Outcome assertUnharmed(FunctionStart start) throws Exception {
    Outcome wrapped = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), wrapped.asTheFunctionSeesIt());
    assertTrue(wrapped.lines("begin").size() <= 1);
    return wrapped;
  }
}
