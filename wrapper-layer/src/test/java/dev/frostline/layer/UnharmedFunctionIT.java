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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exit code, stdout and the function's own stderr are those of the unwrapped start, whatever
 * happens.
 */
@Tag("long")
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
            List.of("-c", "import sys; print(sys.argv, sys.path, sys._xoptions)", ODD))) {
      assertTimed(
          assertUnharmed(FunctionStart.of(python, form.toArray(String[]::new)).in(functions)));
    }
    for (String option : List.of("-u", "-I", "-S")) {
      FunctionStart start = FunctionStart.of(python, option, "exits.py", ODD).in(functions);
      assertFalse(assertUnharmed(start).rows().isEmpty(), option);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void everyEnd_looksLikeItsOwn(String version) throws Exception {
    Python python = Python.ofVersion(version);
    for (String script :
        List.of(
            "uncaught.py",
            "exits.py",
            "hook.py",
            "interrupted.py",
            "syntax.py",
            "missing.py",
            "modules")) {
      Path path = Path.of(Functions.script("seen.py")).resolveSibling(script);
      assertTimed(assertUnharmed(FunctionStart.of(python, path.toString())));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void sitecustomizeOfTheFunction_isLoadedAsEver(String version) throws Exception {
    FunctionStart start = FunctionStart.of(Python.ofVersion(version), Functions.script("seen.py"));
    assertTimed(assertUnharmed(start.with("PYTHONPATH", "/nowhere::" + folder)));
    for (String own :
        List.of(
            "print('own', __name__, __file__, sys.path, sys.modules[__name__].__spec__.origin)",
            "sys._getframe().f_globals['__name__'] = 'x'; del sys.modules['sitecustomize']",
            "sys.path.reverse(); import colorsys, atexit; atexit.register(print, 'at exit')",
            "raise RuntimeError('own')",
            "import no_such_module",
            "import os; os._exit(5)")) {
      Files.writeString(folder.resolve("sitecustomize.py"), "import sys; " + own + "\n");
      Outcome outcome = assertUnharmed(start.with("PYTHONPATH", folder + ":/nowhere"));
      assertEquals(own.contains("_exit(5)") ? 0 : 1, outcome.lines("end").size(), own);
    }
  }

  /** As OpenTelemetry's wrapper does it: its sitecustomize hides all others. */
  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void anotherToolsSitecustomize_hidesOursOnlyForAMoment(String version) throws Exception {
    Path next = folder.resolve("next");
    Files.writeString(folder.resolve("sitecustomize.py"), "print('theirs')\n");
    Files.writeString(
        next, "#!/bin/bash\nexport PYTHONPATH=" + folder + ":$PYTHONPATH\nexec \"$@\"\n");
    assertTrue(next.toFile().setExecutable(true));
    FunctionStart start =
        FunctionStart.of(Python.ofVersion(version), Functions.script("seen.py"))
            .with("FROSTLINE_PYTHON_GC", "1");
    String plain = start.with("PYTHONPATH", folder.toString()).run().asTheFunctionSeesIt();
    Outcome outcome = start.with("FROSTLINE_NEXT_WRAPPER", next.toString()).through(layer).run();
    assertTimed(outcome);
    assertEquals(plain, outcome.asTheFunctionSeesIt());
  }

  @Test
  void emptyPythonPath_staysOne() throws Exception {
    String prints = "import os; print([os.environ['PYTHONPATH']])";
    FunctionStart start = FunctionStart.of(Python.required(), "-c", prints);
    assertFalse(assertUnharmed(start.with("PYTHONPATH", "")).rows().isEmpty());
  }

  /** A next wrapper may run a Python of its own, and children of a function are none of ours. */
  @Test
  void otherPythons_areNotTimed() throws Exception {
    String python = Python.required().executable().toString();
    Path next = folder.resolve("next");
    Files.writeString(
        next, "#!/bin/bash\n" + python + " -c 'import sys; print(sys.path)'\nexec \"$@\"\n");
    assertTrue(next.toFile().setExecutable(true));
    String child =
        "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'import os, sys;"
            + " print(sys.path, sys._xoptions, dict(os.environ))'], stdout=-1).stdout)";
    FunctionStart start = FunctionStart.of(Python.required(), "-c", child);
    Outcome outcome = start.with("FROSTLINE_NEXT_WRAPPER", next.toString()).through(layer).run();
    List<String> printed = outcome.stdout().lines().toList();
    assertEquals(2, printed.size(), outcome.stdout());
    for (String line : printed) {
      assertFalse(line.contains("frostline"), line);
    }
    assertEquals("exit", outcome.fields("end").get("why"));
  }

  @Test
  void hookThatFails_leavesTheFunctionAlone() throws Exception {
    String good = Files.readString(layer.withoutPrecompiled().hook());
    FunctionStart start = FunctionStart.of(Python.required(), Functions.script("seen.py"), ODD);
    Files.writeString(layer.hook(), failing(good));
    Outcome outcome = assertUnharmed(start);
    assertEquals(1, outcome.lines("fault").size());
    assertEquals(List.of(), outcome.lines("end"));
  }

  private static String failing(String hook) {
    return hook.replace(
        "self.pid, self.over, self.uses = posix.getpid(), False, []", "raise KeyError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pauses", "packed"})
  void partThatIsNotWhole_leavesTheFunctionAlone(String name) throws Exception {
    FunctionStart start =
        FunctionStart.of(Python.required(), Functions.script("seen.py"), ODD)
            .with("FROSTLINE_PYTHON_GC", "1")
            .with("AWS_LAMBDA_LOG_FORMAT", name.equals("packed") ? "JSON" : "Text")
            .with("AWS_LAMBDA_LOG_LEVEL", "WARN");
    assertTimed(assertUnharmed(start));
    Path part = layer.hook().resolveSibling("parts/" + name + ".py");
    try (Stream<Path> compiled = Files.list(part.resolveSibling("__pycache__"))) {
      for (Path file : compiled.toList()) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 700));
      }
    }
    assertEquals(1, assertUnharmed(start).lines("fault").size(), "compiled, cut short");
    layer.withoutPrecompiled();
    String good = Files.readString(part);
    for (String broken : List.of("", "def (", "\0\0", good.substring(0, 1500))) {
      Files.writeString(part, broken);
      assertEquals(1, assertUnharmed(start).lines("fault").size(), broken);
    }
    Files.delete(part);
    assertEquals(1, assertUnharmed(start).lines("fault").size(), "missing");
  }

  @Test
  void missingPart_byHand_leavesTheFunctionAlone() throws Exception {
    FunctionStart plain =
        FunctionStart.of(Python.required(), Functions.script("seen.py"), ODD)
            .with("_HANDLER", "app.handler");
    FunctionStart byHand =
        plain
            .with("PYTHONPROFILEIMPORTTIME", "1")
            .with("PYTHONPATH", layer.root().resolve("frostline/python").toString());
    assertTimed(byHand.run());
    layer.withoutPrecompiled();
    Files.delete(layer.hook().resolveSibling("parts/by_hand.py"));
    Outcome outcome = byHand.run();
    assertEquals(plain.run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertEquals(1, outcome.lines("fault").size(), outcome.stderr());
  }

  /** It is read when the first event is there, and once. */
  @ParameterizedTest
  @ValueSource(strings = {"3.12", "3.13"})
  void missingPart_ofUsage_isToldOnce_andLeavesTheFunctionAlone(String version) throws Exception {
    FunctionStart start =
        FunctionStart.of(Python.ofVersion(version), Functions.script("asks.py"))
            .with("FROSTLINE_USAGE", "1");
    Outcome whole = start.through(layer).run();
    assertEquals(1, whole.lines("usage").size(), whole.stderr());
    layer.withoutPrecompiled();
    Files.delete(layer.hook().resolveSibling("parts/usage.py"));
    assertEquals(1, assertUnharmed(start).lines("fault").size());
  }

  /** site says so and goes on. */
  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void hookThatIsNotWhole_isLeftOut(String version) throws Exception {
    String good = Files.readString(layer.withoutPrecompiled().hook());
    Python python = Python.ofVersion(version);
    FunctionStart start = FunctionStart.of(python, Functions.script("exits.py"), ODD);
    String prints = "import os, sys; print(__name__, sys.path, os.environ.get('PYTHONPATH'))\n";
    for (String own : List.of("site", "user")) {
      Files.writeString(folder.resolve(own + "customize.py"), prints);
    }
    String script = Files.writeString(folder.resolve("prints.py"), prints).toString();
    FunctionStart customized =
        FunctionStart.of(python, script).with("PYTHONPATH", "/nowhere:" + folder);
    for (String broken :
        List.of("", "def (", "raise RuntimeError('hook')", "\0\0", good.substring(0, 4000))) {
      Files.writeString(layer.hook(), broken);
      assertGoesOn(start);
      assertGoesOn(customized);
      assertGoesOn(FunctionStart.of(python, script));
    }
  }

  private void assertGoesOn(FunctionStart start) throws Exception {
    Outcome plain = start.run();
    Outcome outcome = start.through(layer).run();
    assertEquals(plain.exitCode(), outcome.exitCode());
    assertEquals(plain.stdout(), outcome.stdout());
    assertFalse(outcome.rows().isEmpty());
    assertTrue(
        outcome
            .asTheFunctionSeesIt()
            .replaceAll("(?m)^Error in (?:site|user)customize; .*\n.*$", "")
            .stripTrailing()
            .equals(plain.asTheFunctionSeesIt().stripTrailing()),
        outcome.stderr());
  }

  @Test
  void partOfTheWrapperThatIsNotWhole_startsThePlainCommand() throws Exception {
    Path part = layer.root().resolve("frostline/wrapper/python.bash");
    String good = Files.readString(part);
    for (String broken : List.of("", "fl_command=(", "if", "\0\0", good.substring(0, 300))) {
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
  void corruptCompiledHook_isLeftOut() throws Exception {
    Path compiled = layer.hook().resolveSibling("__pycache__");
    try (Stream<Path> files = Files.list(compiled)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 16, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
      }
    }
    assertGoesOn(FunctionStart.of(Python.required(), Functions.script("exits.py"), ODD));
  }

  @Test
  void hookThatCannotBeRead_leavesTheOptionAlone() throws Exception {
    FunctionStart start = FunctionStart.of(Python.required(), Functions.script("exits.py"));
    layer.without("python/sitecustomize.py");
    Outcome unreadable = start.through(layer).heldToPermissions().run();
    assertEquals(start.run().asTheFunctionSeesIt(), unreadable.asTheFunctionSeesIt());
    assertFalse(unreadable.rows().isEmpty(), "unreadable");
    assertEquals(List.of(), unreadable.lines("end"));
    Files.delete(layer.hook());
    assertFalse(assertUnharmed(start).rows().isEmpty(), "missing");
    Files.createDirectory(layer.hook());
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
    String good = Files.readString(layer.withoutPrecompiled().hook());
    assertClosedStderrMakesNoDifference();
    Files.writeString(layer.hook(), failing(good));
    assertClosedStderrMakesNoDifference();
  }

  private void assertClosedStderrMakesNoDifference() throws Exception {
    Files.writeString(folder.resolve("sitecustomize.py"), "print('own')\n");
    String script = Functions.script("exits.py");
    String python = Python.required().executable().toString();
    List<String> plain = List.of("/bin/bash", "-c", "exec \"$@\" 2>&-", "x", python, script);
    List<String> wrapped =
        List.of(
            "/bin/bash", "-c", "exec \"$@\" 2>&-", "x", layer.wrapper().toString(), python, script);
    FunctionStart start = FunctionStart.of(Python.required()).with("PYTHONPATH", folder.toString());
    Outcome outcome = new FunctionStart(plain, start.environment(), folder).run();
    assertEquals("own\nout\n", outcome.stdout());
    assertEquals(outcome, new FunctionStart(wrapped, start.environment(), folder).run());
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
