package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/importtime_wrapper: its switches, the wrapper behind it, and the begin line. */
final class WrapperIT {
  private static final Python PYTHON = Python.required();
  private static final String ODD = "a  b \"c\" 'd' $HOME * \\ é";

  private final Path folder;
  private final Layer layer;

  WrapperIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  private static FunctionStart seen() {
    return FunctionStart.of(PYTHON, Functions.script("seen.py"), ODD, "");
  }

  @Test
  void beginLine_saysWhatOnlyTheEnvironmentKnows() throws Exception {
    FunctionStart start =
        Functions.sample(PYTHON, "v1")
            .with("FROSTLINE_DEPLOYMENT", "release 7%\n\"x\"")
            .with("FROSTLINE_SAMPLE", "1");
    Map<String, String> begin = start.through(layer).run().fields("begin");
    assertEquals(
        List.of(
            "v", "id", "rt", "env", "fn", "ver", "mem", "arch", "init", "handler", "mode", "sample",
            "layer", "dep", "t"),
        List.copyOf(begin.keySet()));
    assertTrue(begin.getOrDefault("id", "").matches("[0-9a-f]{8}"), begin.toString());
    assertTrue(begin.getOrDefault("t", "").matches("\\d{16}"), begin.toString());
    assertEquals("release%207%25%0A\"x\"", begin.get("dep"));
    assertEquals("$LATEST", begin.get("ver"));
    assertEquals("app.handler", begin.get("handler"));
  }

  @Test
  void eachProcess_hasItsOwnIdOnAllItsLines() throws Exception {
    Outcome first = seen().through(layer).run();
    Outcome second = seen().through(layer).run();
    assertEquals(first.fields("begin").get("id"), first.fields("end").get("id"));
    assertNotEquals(first.fields("begin").get("id"), second.fields("begin").get("id"));
  }

  @Test
  void disabled_startsPlainly() throws Exception {
    FunctionStart off = seen().with("FROSTLINE_ENABLED", "0");
    assertEquals(off.run(), off.through(layer).run());
  }

  @Test
  void sample_keepsSomeAndStartsTheOthersPlainly() throws Exception {
    FunctionStart sampled =
        FunctionStart.of(PYTHON, "-S", "-c", "pass").with("FROSTLINE_SAMPLE", "2").through(layer);
    int kept = 0;
    for (int i = 0; i < 40; i++) {
      Outcome outcome = sampled.run();
      kept += outcome.lines("begin").size();
      assertEquals(outcome.lines("begin").isEmpty(), outcome.rows().isEmpty());
    }
    assertTrue(kept > 0 && kept < 40, kept + " of 40");
  }

  @Test
  void unusableSample_keepsAll() throws Exception {
    for (String sample :
        List.of("0", "1", "-3", "x", "08", "99999999999999999999", "$(exit 9)", "a[0]")) {
      Outcome outcome = seen().with("FROSTLINE_SAMPLE", sample).through(layer).run();
      assertEquals(1, outcome.lines("begin").size(), sample);
    }
  }

  @Test
  void nextWrapper_getsTheWholeCommand() throws Exception {
    Path next = folder.resolve("next wrapper");
    Files.writeString(next, "#!/bin/bash\necho chained\nexec \"$@\"\n");
    assertTrue(next.toFile().setExecutable(true));
    FunctionStart start = seen().with("FROSTLINE_NEXT_WRAPPER", next.toString());
    Outcome outcome = start.through(layer).run();
    assertEquals(seen().run().stdout(), outcome.stdout().replaceFirst("^chained\n", ""));
    assertTrue(outcome.stdout().startsWith("chained\n"));
    assertEquals(next.toString().replace(" ", "%20"), outcome.fields("begin").get("chain"));
    assertEquals("exit", outcome.fields("end").get("why"));
  }

  /** As the Lambda Web Adapter's does: it starts what the handler's name says. */
  @Test
  void nextWrapper_thatDropsTheCommand_isSaidAndNothingElseDone() throws Exception {
    String tells = "import os, sys; print(os.environ.get('PYTHONPATH'), sys.path[1:])";
    String own =
        executable(
            "run.sh", "echo $PYTHONPATH; exec " + PYTHON.executable() + " -c \"" + tells + "\"");
    String next = executable("next", "\nexec -- \"${LAMBDA_TASK_ROOT}/${_HANDLER}\"");
    FunctionStart start =
        seen()
            .with("LAMBDA_TASK_ROOT", folder.toString())
            .with("_HANDLER", "run.sh")
            .with("PYTHONPATH", "/own")
            .with("FROSTLINE_NEXT_WRAPPER", next);
    String plain = new FunctionStart(List.of(own), start.environment(), folder).run().stdout();
    Outcome outcome = start.through(layer).run();
    assertEquals(plain, outcome.stdout());
    assertEquals("dropped", outcome.fields("begin").get("command"));
    assertEquals("off", outcome.fields("begin").get("mode"));
    assertEquals(1, outcome.stderr().lines().count(), outcome.stderr());
  }

  /** One that names its arguments without using them is found out by the Python that starts. */
  @Test
  void nextWrapper_thatDropsTheCommandUnforeseen_leavesPythonPathAsItWas() throws Exception {
    String tells = "import os; print(os.environ.get('PYTHONPATH'), os.environ.get('FROSTLINE_ID'))";
    String runs = PYTHON.executable() + " -c \"" + tells + "\"";
    String next = executable("next", ": \"$@\"; " + runs + "; exec " + runs);
    FunctionStart start = seen().with("PYTHONPATH", "/own").with("FROSTLINE_NEXT_WRAPPER", next);
    Outcome outcome = start.through(layer).run();
    assertEquals("/own None\n/own None\n", outcome.stdout());
    assertEquals("CommandDropped", outcome.fields("fault").get("error"));
    assertEquals(outcome.fields("begin").get("id"), outcome.fields("fault").get("id"));
    assertEquals(2, outcome.stderr().lines().count(), outcome.stderr());
  }

  /** As OpenTelemetry's does: a Python runs the command in its place. */
  @Test
  void nextWrapper_thatHandsTheCommandOnByPython_isTimed() throws Exception {
    String runs = PYTHON.executable() + " -c 'import os, sys; os.execv(sys.argv[1], sys.argv[1:])'";
    String next = executable("next", "exec " + runs + " \"$@\"");
    Outcome outcome = seen().with("FROSTLINE_NEXT_WRAPPER", next).through(layer).run();
    assertEquals(seen().run().stdout(), outcome.stdout());
    assertEquals("exit", outcome.fields("end").get("why"));
    assertEquals(List.of(), outcome.lines("fault"));
  }

  private String executable(String name, String does) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + does + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script.toString();
  }

  @Test
  void nextWrapper_thatCannotRun_isSkipped() throws Exception {
    Path notExecutable = Files.writeString(folder.resolve("not-executable"), "#!/bin/bash\n");
    Path noInterpreter = Files.writeString(folder.resolve("no-interpreter"), "#!/no/such/shell\n");
    assertTrue(noInterpreter.toFile().setExecutable(true));
    for (Path next : List.of(Path.of("/nope"), folder, notExecutable)) {
      FunctionStart start = seen().with("FROSTLINE_NEXT_WRAPPER", next.toString());
      assertEquals(
          start.run().asTheFunctionSeesIt(), start.through(layer).run().asTheFunctionSeesIt());
    }
    Outcome outcome =
        seen().with("FROSTLINE_NEXT_WRAPPER", noInterpreter.toString()).through(layer).run();
    assertEquals(seen().run().stdout(), outcome.stdout());
  }

  @Test
  void otherRuntimes_startPlainly() throws Exception {
    FunctionStart java = new FunctionStart(List.of("/bin/echo", "-X", ODD), Map.of(), folder);
    assertEquals(java.run(), java.through(layer).run());
    FunctionStart missing =
        new FunctionStart(List.of("/no/such/python3"), Map.of(), folder).through(layer);
    assertEquals(127, missing.run().exitCode());
  }

  @Test
  void functionsVariables_areNotTouched() throws Exception {
    FunctionStart start = seen();
    for (String name :
        List.of(
            "id", "mode", "begin", "value", "boot", "next", "runtime", "options", "t", "time")) {
      start = start.with(name, "the function's own\n" + name);
    }
    assertEquals(
        start.run().asTheFunctionSeesIt(), start.through(layer).run().asTheFunctionSeesIt());
  }

  @Test
  void shellOptionsFromTheEnvironment_areNoHindrance() throws Exception {
    for (String options : List.of("errexit:nounset", "posix", "noglob:noclobber")) {
      FunctionStart start = seen().with("SHELLOPTS", options);
      Outcome outcome = start.through(layer).run();
      assertEquals(0, outcome.exitCode(), options);
      assertEquals("exit", outcome.fields("end").get("why"), options);
    }
  }

  @Test
  void fourKilobytesOfVariables_leaveTheStartAsItIs() throws Exception {
    String long4k = "x y%".repeat(1000);
    FunctionStart start =
        seen()
            .with("FROSTLINE_DEPLOYMENT", long4k)
            .with("PYTHON_OPTIONS", long4k)
            .with("_HANDLER", "a.b");
    assertEquals(
        start.run().asTheFunctionSeesIt(), start.through(layer).run().asTheFunctionSeesIt());
  }
}
