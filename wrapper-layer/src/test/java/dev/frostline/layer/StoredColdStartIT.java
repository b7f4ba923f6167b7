package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions behind AWS's own clients and under the wrapper, their logs through the ingest function
 * into a store: one tree of one kind of rows, whatever the runtime.
 */
final class StoredColdStartIT {
  private static final String FUNCTIONS = "functions";

  private final Path folder;
  private final Layer layer;

  StoredColdStartIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    layer = Layer.unpackedTo(folder.resolve("opt"));
  }

  /**
   * The sample function of a runtime, and what its rows have to be. Only CPython itself goes on
   * printing what is loaded after init.
   */
  private record Sample(
      FunctionStart start,
      String runtime,
      String handler,
      String kind,
      String lazy,
      boolean lazyIsSeen,
      List<String> kids) {}

  static Stream<String> functions() {
    Stream<String> python =
        Python.versions().flatMap(v -> Stream.of("python" + v, "python" + v + " packed"));
    Stream<String> node = NodeRuntime.versionsOfClient().map(v -> "nodejs" + v);
    return Stream.of(python, node, Jdk.versions().map(v -> "java" + v)).flatMap(s -> s);
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3.11", "python3.13 packed", "nodejs22", "java17"})
  void oneOfEachLanguage_hasTheRowsOfItsInit(String function) throws Exception {
    assertRowsBehindOurRuntimeApi(function);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource(FUNCTIONS)
  void behindOurRuntimeApi_rowsAreTheTreeOfItsInit(String function) throws Exception {
    assertRowsBehindOurRuntimeApi(function);
  }

  private void assertRowsBehindOurRuntimeApi(String function) throws Exception {
    TelemetryPipe pipe = new TelemetryPipe(folder.resolve("telemetry"));
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Sample sample = sample(function, host);
      long started = System.nanoTime();
      Outcome outcome = pipe.of(sample.start.through(layer)).runUntilAnswered(host);
      double initMillis = (host.firstAskedNanos() - started) / 1e6;
      List<String> log = new ArrayList<>();
      log.add("INIT_START Runtime Version: " + sample.runtime + ".v1\tRuntime Version ARN: arn");
      outcome.stderr().lines().forEach(log::add);
      log.addAll(pipe.events());
      int end = endOfInit(log) + 1;
      log.add(end, "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Version: $LATEST");
      log.add("END RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd");
      log.add(
          "REPORT RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 512 MB\tMax Memory Used: 50 MB\tInit Duration: %.2f ms\t"
              .formatted(initMillis));
      try (Store store = CloudWatchLogs.stored(folder, "$LATEST", log)) {
        assertTree(store, sample);
        assertEquals(
            "on-demand success ok complete",
            text(store, "concat_ws(' ', init_kind, status, trust, completeness) FROM cold_start"));
        assertEquals(
            "true",
            text(
                store,
                "abs(init_ms - runtime_bootstrap_ms - imports_ms - unattributed_ms) < 0.01 AND"
                    + " imports_ms BETWEEN 30 AND init_ms AND unattributed_ms >= 0 FROM"
                    + " cold_start"));
      }
    }
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource(FUNCTIONS)
  void behindAwsEmulator_rowsAreTheTreeOfItsInit(String function) throws Exception {
    try (RuntimeApiHost unused = new RuntimeApiHost("{}")) {
      Sample sample = sample(function, unused);
      Emulator.Answered run = Emulator.fetched().invoke(sample.start.through(layer), "{\"a\":1}");
      assertTrue(run.answer().contains("a"), run.answer());
      try (Store store = CloudWatchLogs.stored(folder, "$LATEST", run.log())) {
        assertTree(store, sample);
        assertEquals("success ok", text(store, "concat_ws(' ', status, trust) FROM cold_start"));
      }
    }
  }

  private static void assertTree(Store store, Sample sample) throws SQLException {
    assertEquals(
        "v42 1", text(store, "concat_ws(' ', any_value(deployment), count(*)) FROM cold_start"));
    assertEquals(
        sample.kind,
        text(store, "DISTINCT kind FROM import_timing WHERE kind <> 'garbage collection'"));
    assertEquals(
        sample.kids.toString(),
        text(
            store,
            "list(kid.name ORDER BY kid.seq)::VARCHAR FROM import_timing kid JOIN import_timing"
                + " handler"
                + " ON handler.seq = kid.parent_seq WHERE handler.name = '%s' AND handler.phase = 'init' AND kid.kind <> 'garbage collection'"
                    .formatted(sample.handler)));
    // what stands in Python's handler is timed within CPython's own clock: together never too
    // little
    assertEquals(
        "",
        text(
            store,
            "imported::VARCHAR FROM import_timing imported, (SELECT count(*) AS n,"
                + " coalesce(sum(cumulative_us), 0) AS us FROM import_timing kid WHERE"
                + " kid.parent_seq = imported.seq) kids WHERE phase = 'init' AND (self_us + kids.us"
                + " - cumulative_us < -(1 + kids.n) OR self_us + kids.us - cumulative_us > 1 +"
                + " kids.n AND name <> 'app')"));
    assertEquals(
        sample.lazyIsSeen ? "invoke" : "",
        text(store, "phase FROM import_timing WHERE name = '%s'".formatted(sample.lazy)));
    assertEquals("true", text(store, "user_cpu_us + system_cpu_us > 0 FROM cold_start"));
  }

  private static String text(Store store, String query) throws SQLException {
    try (Statement statement = store.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getObject(1)));
      }
      return String.join("\n", values);
    }
  }

  private static int endOfInit(List<String> log) {
    for (int line = 0; line < log.size(); line++) {
      if (log.get(line).contains("FROSTLINE end ")) {
        return line;
      }
    }
    throw new AssertionError("no end line in " + log);
  }

  private Sample sample(String function, RuntimeApiHost host) throws Exception {
    String runtime = function.replace(" packed", "");
    String version = runtime.replaceFirst("[a-z]+", "");
    FunctionStart start;
    if (function.startsWith("python")) {
      start = PythonClient.of(Python.ofVersion(version)).module(host, "app.handler");
      if (!function.equals(runtime)) {
        start = start.with("AWS_LAMBDA_LOG_FORMAT", "JSON").with("AWS_LAMBDA_LOG_LEVEL", "WARN");
      } else {
        start = start.with("FROSTLINE_PYTHON_GC", "1");
      }
      return new Sample(
          latest(start),
          "python:" + version,
          "app",
          "python module",
          "lazy",
          function.equals(runtime),
          List.of("colorsys"));
    }
    if (function.startsWith("node")) {
      start = NodeRuntime.ofVersion(version).function(host, Functions.path("/node"), "app.handler");
      return new Sample(
          latest(start),
          "nodejs:" + version,
          "app.js",
          "node module",
          "lib/lazy.js",
          false,
          List.of("lib/heavy.js", "lib/thrown.js"));
    }
    Path taskRoot = Jdk.functionsIn(Files.createDirectory(folder.resolve("task")));
    start =
        Jdk.ofVersion(Integer.parseInt(version))
            .function(
                taskRoot,
                host,
                "fn.Orders::handleRequest",
                "--add-opens=java.base/java.io=ALL-UNNAMED")
            .with("FROSTLINE_JAVA", "clinit")
            .with("FROSTLINE_MIN_US", "0");
    return new Sample(
        latest(start),
        "java:" + version,
        "fn.Orders",
        "java class",
        "fn.Lazy",
        false,
        List.of("fn.Slow"));
  }

  private static FunctionStart latest(FunctionStart start) {
    return start.with("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST").with("FROSTLINE_DEPLOYMENT", "v42");
  }
}
