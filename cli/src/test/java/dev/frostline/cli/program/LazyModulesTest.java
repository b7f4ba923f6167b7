package dev.frostline.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frostline.servers.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches for Python 3.15, run there and by an older one. */
@Tag("long")
final class LazyModulesTest {
  private static final String APP =
      """
      \"""Orders.\"""
      from __future__ import annotations

      import big
      from big import price as priced
      from pkg import heavy, light

      try:
          import fast
      except ImportError:
          fast = None


      def handler(event, context):
          return [big.price(event["n"]), priced(2), heavy.weight(), light.weight(), fast is None]
      """;

  private static final String OLDER =
      "import sys, app; print('big' in sys.modules, app.handler({'n': 1}, None))";

  @TempDir Path folder = Path.of(".");

  @Test
  void importsAreNamedLazy_whereNothingElseComesFromThere_andMovedElsewhere() throws Exception {
    Path pyodide = Tool.FETCHED.resolve("pyodide-3.15/node_modules/pyodide");
    assumeTrue(Files.exists(pyodide), "no " + pyodide + ": run fetch_runtimes of wrapper-layer");
    Path app = Files.writeString(folder.resolve("app.py"), APP);
    Files.writeString(folder.resolve("big.py"), "def price(n):\n    return 3 * n\n");
    Files.writeString(folder.resolve("fast.py"), "");
    Files.createDirectories(folder.resolve("pkg"));
    Files.writeString(folder.resolve("pkg/__init__.py"), "");
    Files.writeString(folder.resolve("pkg/heavy.py"), "def weight():\n    return 9\n");
    Files.writeString(folder.resolve("pkg/light.py"), "def weight():\n    return 1\n");
    Path defer =
        Path.of(LazyModulesTest.class.getResource("frostline_defer.py").toURI()).toAbsolutePath();
    String seen =
        run(
            Tool.fetched("node-22/bin/node").folder().resolve("node").toString(),
            Path.of(LazyModulesTest.class.getResource("lazy.mjs").toURI()).toString(),
            pyodide.toString(),
            defer.toString(),
            folder.toString(),
            "big",
            "fast",
            "pkg.heavy");
    assertTrue(seen.contains("+__lazy_modules__ = [\"big\"]\n"), seen);
    assertTrue(seen.contains("+    from pkg import heavy\n"), seen);
    assertFalse(seen.contains("-import big"), seen);
    assertTrue(seen.contains("init loaded []"), seen);
    assertTrue(seen.contains("answer [3, 6, 9, 1, False]"), seen);
    assertTrue(seen.contains("then loaded ['big', 'pkg.heavy']"), seen);
    String text = Files.readString(app);
    assertTrue(
        text.startsWith(
            "\"\"\"Orders.\"\"\"\nfrom __future__ import annotations\n\n__lazy_modules__"),
        text);
    assertEquals("True [3, 6, 9, 1, False]", run("python3", "-c", OLDER).strip());
  }

  private String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
