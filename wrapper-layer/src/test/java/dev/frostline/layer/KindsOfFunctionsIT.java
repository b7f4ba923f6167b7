package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions of many kinds, on every Python: stdout, exit code and stderr without our rows are as
 * unwrapped, whether CPython prints the rows or they are packed.
 */
@Tag("long")
final class KindsOfFunctionsIT {
  private static final String ADDRESS = "0x[0-9a-f]{6,}|\\d{14,}";

  private final Path folder;
  private final Layer layer;

  KindsOfFunctionsIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  @ParameterizedTest
  @MethodSource("dev.frostline.layer.Python#versions")
  void eachKind_isAsUnwrapped(String version) throws Exception {
    Python python = Python.ofVersion(version);
    List<String> changed = new ArrayList<>();
    for (Kind kind : Kind.all()) {
      FunctionStart start =
          Functions.sample(python, "v1").with("LAMBDA_TASK_ROOT", task().toString());
      String plain = seen(kind, run(kind, start));
      for (FunctionStart inMode : modes(start, version)) {
        Outcome wrapped = run(kind, inMode.through(layer));
        if (!seen(kind, wrapped).equals(plain)) {
          changed.add("== " + kind.name() + "\n" + plain + "-- wrapped\n" + seen(kind, wrapped));
        } else if (kind.canBeToldOf() && wrapped.lines("begin").isEmpty()) {
          changed.add("== " + kind.name() + ": not traced");
        }
      }
    }
    assertEquals("", String.join("\n", changed));
  }

  /** With evidence of usage too, where Python can give it. */
  private static List<FunctionStart> modes(FunctionStart start, String version) {
    boolean isWatched = Integer.parseInt(version.substring(2)) >= 12;
    return isWatched
        ? List.of(start, packed(start), start.with("FROSTLINE_USAGE", "1"))
        : List.of(start, packed(start));
  }

  private static FunctionStart packed(FunctionStart start) {
    return start.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "WARN");
  }

  private Path task() {
    return folder.resolve("task");
  }

  /** In a folder of its own, which is always the same. */
  private Outcome run(Kind kind, FunctionStart start) throws Exception {
    if (Files.exists(task())) {
      try (Stream<Path> files = Files.walk(task())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    kind.writeTo(task());
    try {
      return kind.of(start, task()).run();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(kind.name(), e);
    }
  }

  private String seen(Kind kind, Outcome outcome) throws IOException {
    Path told = task().resolve("told");
    String all = outcome.asTheFunctionSeesIt() + (Files.exists(told) ? Files.readString(told) : "");
    return all.replaceAll(ADDRESS, "ADDRESS")
        .replaceAll("\\('FROSTLINE_USAGE', '1'\\), |'FROSTLINE_USAGE', ", "")
        .lines()
        .filter(line -> !kind.endsOfRows().contains(line))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
