package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exit code, stdout and the function's own stderr are those of the unwrapped start, whatever
 * happens.
 */
final class UnharmedFunctionIT {
  private static final String ODD = "a  b \"c\" 'd' $HOME * \\ é";

  private final Path folder;
  private final Layer layer;

  UnharmedFunctionIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  private Outcome assertUnharmed(FunctionStart start) throws Exception {
    Outcome wrapped = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), wrapped.asTheFunctionSeesIt());
    return wrapped;
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void everyStartForm_seesItsOwnArguments(String version) throws Exception {
    Python python = Python.ofVersion(version);
    String seen = Functions.script("seen.py");
    Path functions = Path.of(seen).resolve("..").normalize();
    assertTimed(assertUnharmed(FunctionStart.of(python, seen, ODD, "", "-X", "--")));
    assertTimed(assertUnharmed(FunctionStart.of(python, "./seen.py", ODD).in(functions)));
    for (List<String> form :
        List.of(
            List.of("-m", "exits", "app.handler", ODD),
            List.of("-c", "import sys; print(sys.argv)", ODD),
            List.of("-u", "-W", "ignore", "exits.py", ODD))) {
      FunctionStart start = FunctionStart.of(python, form.toArray(String[]::new)).in(functions);
      assertFalse(assertUnharmed(start).rows().isEmpty(), form.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void everyEnd_looksLikeItsOwn(String version) throws Exception {
    Python python = Python.ofVersion(version);
    for (String script : List.of("uncaught.py", "exits.py", "hook.py", "interrupted.py")) {
      assertTimed(assertUnharmed(FunctionStart.of(python, Functions.script(script))));
    }
    for (String script : List.of("syntax.py", "missing.py", "modules")) {
      Path path = Path.of(Functions.script("seen.py")).resolveSibling(script);
      assertUnharmed(FunctionStart.of(python, path.toString()));
    }
  }

  @Test
  void brokenLauncher_startsThePlainCommand() throws Exception {
    String good = Files.readString(layer.withoutPrecompiled().boot());
    for (String broken :
        List.of(
            "",
            "def (",
            "raise RuntimeError('hook')",
            "def prepare(): 1 / 0",
            "\0\0",
            good.substring(0, 4000),
            good.replace("    return (run,)", ""))) {
      Files.writeString(layer.boot(), broken);
      Outcome outcome =
          assertUnharmed(FunctionStart.of(Python.required(), Functions.script("seen.py"), ODD));
      assertEquals(1, outcome.lines("fault").size(), broken);
    }
  }

  @Test
  void partOfTheWrapperThatIsNotWhole_startsThePlainCommand() throws Exception {
    Path part = layer.root().resolve("frostline/wrapper/python.bash");
    String good = Files.readString(part);
    for (String broken : List.of("", "fl_command=(", "if", "\0\0", good.substring(0, 500))) {
      Files.writeString(part, broken);
      Outcome outcome =
          FunctionStart.of(Python.required(), Functions.script("exits.py")).through(layer).run();
      assertEquals(List.of(), outcome.lines("begin"), broken);
      assertEquals(
          FunctionStart.of(Python.required(), Functions.script("exits.py")).run().stdout(),
          outcome.stdout());
    }
    layer.without("wrapper/python.bash");
    FunctionStart plain = FunctionStart.of(Python.required(), Functions.script("exits.py"));
    assertEquals(plain.run(), plain.through(layer).heldToPermissions().run());
    Files.delete(part);
    assertUnharmed(FunctionStart.of(Python.required(), Functions.script("exits.py")));
    Files.delete(part.resolveSibling("encode.bash"));
    FunctionStart odd = FunctionStart.of(Python.required(), Functions.script("exits.py"));
    assertUnharmed(odd.with("FROSTLINE_DEPLOYMENT", "a b"));
  }

  @Test
  void corruptCompiledLauncher_startsThePlainCommand() throws Exception {
    Path compiled = layer.boot().resolveSibling("__pycache__");
    try (Stream<Path> files = Files.list(compiled)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 16, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
      }
    }
    assertUnharmed(FunctionStart.of(Python.required(), Functions.script("seen.py"), ODD));
  }

  @Test
  void launcherThatCannotBeRead_leavesTheOptionAlone() throws Exception {
    FunctionStart start = FunctionStart.of(Python.required(), Functions.script("exits.py"));
    layer.without("boot.py");
    Outcome unreadable = start.through(layer).heldToPermissions().run();
    assertEquals(start.run().asTheFunctionSeesIt(), unreadable.asTheFunctionSeesIt());
    assertFalse(unreadable.rows().isEmpty(), "unreadable");
    assertEquals(List.of(), unreadable.lines("end"));
    Files.delete(layer.boot());
    assertFalse(assertUnharmed(start).rows().isEmpty(), "missing");
    Files.createDirectory(layer.boot());
    assertFalse(assertUnharmed(start).rows().isEmpty(), "a directory");
  }

  @Test
  void readOnlyFileSystem_makesNoDifference() throws Exception {
    FunctionStart start =
        FunctionStart.of(Python.required(), Functions.script("seen.py"))
            .in(Path.of("/proc"))
            .with("HOME", "/proc")
            .with("TMPDIR", "/proc")
            .with("PYTHONDONTWRITEBYTECODE", "");
    assertTimed(assertUnharmed(start));
  }

  @Test
  void closedStderr_makesNoDifference() throws Exception {
    String script = Functions.script("exits.py");
    String python = Python.required().executable().toString();
    List<String> plain = List.of("/bin/bash", "-c", "exec \"$@\" 2>&-", "x", python, script);
    List<String> wrapped =
        List.of(
            "/bin/bash", "-c", "exec \"$@\" 2>&-", "x", layer.wrapper().toString(), python, script);
    FunctionStart start = FunctionStart.of(Python.required());
    assertEquals(
        new FunctionStart(plain, start.environment(), folder).run(),
        new FunctionStart(wrapped, start.environment(), folder).run());
  }

  @Test
  void sigtermInInit_endsItLikeThePlainStart() throws Exception {
    Path plain = folder.resolve("plain");
    Path wrapped = folder.resolve("wrapped");
    Python python = Python.required();
    String script = Functions.script("waits.py");
    Outcome expected = FunctionStart.of(python, script, plain.toString()).runUntil(plain);
    Outcome outcome =
        FunctionStart.of(python, script, wrapped.toString()).through(layer).runUntil(wrapped);
    assertEquals(expected.asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
  }

  private static void assertTimed(Outcome outcome) {
    assertEquals(List.of(), outcome.lines("fault"));
    assertTrue(outcome.fields("end").containsKey("init_us"));
  }
}
