package dev.frostline.benchmarks.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every input that ever failed, and a short search for more. */
final class FuzzIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("frostline.root", ".."), "benchmarks/src/fuzz");

  @TempDir Path found = Path.of(".");

  @TestFactory
  List<DynamicTest> inputsOfTheCorpus_breakNothing() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, Class<?>> target : Fuzz.TARGETS.entrySet()) {
      try (Stream<Path> inputs = Files.list(CORPUS.resolve(target.getKey()))) {
        for (Path input : inputs.sorted().toList()) {
          String name = target.getKey() + "/" + input.getFileName();
          tests.add(DynamicTest.dynamicTest(name, () -> run(target.getValue(), input)));
        }
      }
    }
    return tests;
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"envelope", "event", "file", "landing", "settings", "sql"})
  void shortSearch_findsNothing(String target) throws IOException, InterruptedException {
    assertEquals(0, Fuzz.search(target, CORPUS, found, 3));
  }

  private static void run(Class<?> target, Path input) throws Exception {
    target
        .getMethod("fuzzerTestOneInput", byte[].class)
        .invoke(null, (Object) Files.readAllBytes(input));
  }
}
