package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each file of the wrapper cut short at many lengths: the plain command starts, with the arguments,
 * environment and stderr it would have had.
 */
final class WrapperPartsIT {
  private static final int LENGTHS = 12;
  private static final String TELLS =
      "printf '%s\\n"
          + "' \"$@\"; set -o posix; export -p | grep -v '"
          + " \\(_\\|PWD\\|OLDPWD\\|SHLVL\\|FROSTLINE_NEXT_WRAPPER\\)'";

  private final Path folder;
  private final Layer layer;

  WrapperPartsIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"python", "java", "node", "dotnet", "archive", "encode", "quiet", "chain"})
  void part_cutShort_startsThePlainCommand(String name) throws Exception {
    FunctionStart start = told(name);
    Path part = layer.root().resolve("frostline/wrapper/" + name + ".bash");
    byte[] whole = Files.readAllBytes(part);
    assertEquals(1, start.through(layer).run().lines("begin").size(), "whole");
    for (byte[] broken : broken(whole)) {
      Files.write(part, broken);
      assertEquals(start.run(), start.through(layer).run(), broken.length + " bytes of " + name);
    }
    Files.delete(part);
    assertEquals(start.run(), start.through(layer).run(), "no " + name);
  }

  /** A part that is read in silence must not silence the start that it decides for. */
  @ParameterizedTest
  @CsvSource({
    "java, agent.jar",
    "java, FROSTLINE_JAVA=off",
    "node, preload.cjs",
    "node, NODE_OPTIONS=--permission",
    "dotnet, Frostline.StartupHook.dll"
  })
  void startThatStaysPlain_keepsItsStderr(String runtime, String why) throws Exception {
    FunctionStart start =
        new FunctionStart(
                List.of(script(runtime, "echo out; echo told >&2")),
                Map.of("PATH", "/usr/bin:/bin"),
                Path.of("/"))
            .with("FROSTLINE_NODE", "1")
            .with("FROSTLINE_DOTNET", "1");
    String[] variable = why.split("=", -1);
    if (variable.length == 1) {
      Files.delete(layer.root().resolve("frostline").resolve(why));
    } else {
      start = start.with(variable[0], variable[1]);
    }
    Outcome plain = start.run();
    assertEquals("told\n", plain.stderr());
    assertEquals(plain, start.through(layer).run());
  }

  /** What bash says of such a file cannot be kept from it; the command starts. */
  @ParameterizedTest
  @ValueSource(strings = "importtime_wrapper")
  void wrapperItself_cutShort_startsThePlainCommand(String name) throws Exception {
    FunctionStart start = told("python");
    byte[] whole = Files.readAllBytes(layer.wrapper());
    String text = Files.readString(layer.wrapper());
    int firstOfItsLines = text.indexOf("EXIT\n") + 5;
    String plain = start.run().stdout();
    for (int i = 0; i < 2 * LENGTHS; i++) {
      int length = firstOfItsLines + (whole.length - 1 - firstOfItsLines) * i / (2 * LENGTHS);
      Files.write(layer.wrapper(), Arrays.copyOf(whole, length));
      Outcome outcome = start.through(layer).run();
      assertEquals(plain, outcome.stdout(), length + " bytes of " + name);
      assertEquals(0, outcome.exitCode());
    }
  }

  /** Empty, cut at equal distances and at each of the last bytes, and with zeros in it. */
  private static List<byte[]> broken(byte[] whole) {
    List<byte[]> broken = new ArrayList<>();
    for (int i = 0; i < LENGTHS; i++) {
      broken.add(Arrays.copyOf(whole, whole.length * i / LENGTHS));
    }
    for (int i = 2; i < 8; i++) {
      broken.add(Arrays.copyOf(whole, whole.length - i));
    }
    broken.add(new byte[whole.length]);
    return broken;
  }

  /** A start that reads that part, of a command that prints what it is given. */
  private FunctionStart told(String part) throws IOException {
    String runtime =
        Map.of("archive", "java", "encode", "python", "quiet", "node", "chain", "python")
            .getOrDefault(part, part);
    String command = script(runtime.equals("python") ? "python3" : runtime, TELLS);
    FunctionStart start =
        new FunctionStart(
            List.of(command, "app", "a b"), Map.of("PATH", "/usr/bin:/bin"), Path.of("/"));
    start = start.with("FROSTLINE_NODE", "1").with("FROSTLINE_DOTNET", "1");
    return switch (part) {
      case "archive" -> start.with("JAVA_TOOL_OPTIONS", "-XX:SharedArchiveFile=/own.jsa");
      case "encode" -> start.with("FROSTLINE_DEPLOYMENT", "a b\n%");
      case "quiet" ->
          start.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "WARN");
      case "chain" -> start.with("FROSTLINE_NEXT_WRAPPER", script("next", "exec \"$@\""));
      default -> start;
    };
  }

  private String script(String name, String does) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + does + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script.toString();
  }
}
