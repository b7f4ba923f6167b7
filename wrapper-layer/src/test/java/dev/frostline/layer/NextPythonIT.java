package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The layer under CPython 3.14, and its hook under 3.14 and 3.15, which npm carries compiled to
 * WebAssembly: importlib's lock is still where it looks, and a lazy import is timed where it is
 * first used.
 */
@Tag("long")
final class NextPythonIT {
  private final Layer layer;

  NextPythonIT(@TempDir Path folder) throws IOException {
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @CsvSource({"pyodide-3.14,false", "pyodide-3.15,true"})
  void hook_timesLoadsByNameLazyImportsAndPauses(String runtime, boolean lazy) throws Exception {
    Outcome outcome = start(runtime, "importtime");
    assertEquals("exit", outcome.fields("end").get("why"));
    assertTrue(outcome.stderr().contains("before use " + (lazy ? "False" : "True")));
    ImportTree.Module garbage = ImportTree.read(outcome.rows()).named("garbage");
    assertTrue(garbage.byName() && garbage.kids().get(0).isPause(), outcome.stderr());
    String packed = start(runtime, "packed").lines("pack").toString();
    String first = "0:\\d+:\\d+:colorsys";
    String second =
        "gc/1:\\d+:\\d+:\\(garbage collection\\);(?:gc/1:\\S+ collection\\);)*0:\\d+:\\d+:garbage";
    String order = lazy ? second + ";.*" + first : first + ";.*" + second;
    assertTrue(packed.matches(".*[ ;]" + order + "(?:;.*|\".*)"), packed);
  }

  /** Maven Central carries it for Linux. */
  @Test
  void wrapper_tracesAnInterpreterOfTheMachine() throws Exception {
    FunctionStart start = Functions.sample(Python.ofVersion("3.14"), "v2");
    Outcome outcome = start.through(layer).run();
    assertEquals(start.run().asTheFunctionSeesIt(), outcome.asTheFunctionSeesIt());
    assertEquals("next", outcome.fields("end").get("why"));
    assertTrue(ImportTree.read(outcome.rows()).named("app").byName(), outcome.stderr());
    FunctionStart packed =
        start.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "WARN");
    String pack = packed.through(layer).run().lines("pack").toString();
    assertTrue(pack.matches(".*;2:\\d+:\\d+:catalog.patterns;.*;0:\\d+:\\d+:app\".*"), pack);
  }

  private Outcome start(String runtime, String mode) throws Exception {
    return NodeRuntime.ofVersion("22")
        .script(
            Functions.path("/python/next.mjs"),
            NodeRuntime.fetched(runtime).resolve("node_modules/pyodide").toString(),
            layer.hook().toString(),
            mode,
            Functions.path("/python/lazy.py").toString(),
            Functions.path("/functions/modules").toString())
        .run();
  }
}
