package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frostline.layer.ImportTree.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS's own runtime interface client from PyPI under the wrapper, against a Runtime API of ours.
 */
final class RuntimeClientIT {
  private static final Python PYTHON = Python.required();
  private static final long PIP_SECONDS = 60;

  private final Layer layer;
  private final Path client;

  RuntimeClientIT(@TempDir Path folder) throws Exception {
    layer = Layer.unpackedTo(folder.resolve("opt"));
    client = Path.of(System.getProperty("frostline.layer.work"), "awslambdaric");
    assumeTrue(
        Files.exists(client.resolve("awslambdaric")) || install(),
        "pip cannot have awslambdaric here");
  }

  @Test
  void handler_isTimedAndInitEndsWithTheFirstRequest() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{\"a\":1}")) {
      Outcome outcome = start(host, "app.handler").through(layer).runUntilAnswered(host);
      assertTrue(host.answer().contains("\"event\": {\"a\": 1}"), host.answer());
      assertEquals("next", outcome.fields("end").get("why"));
      Module handler = ImportTree.read(outcome.rows()).named("app");
      assertEquals(List.of("colorsys"), handler.kids().stream().map(Module::name).toList());
      assertTrue(handler.self() >= 30_000, "slept for 30 ms: " + handler);
      assertEquals("handled colorsys lazy\n", outcome.stdout());
      assertLazyIsOfTheInvocation(outcome);
    }
  }

  @Test
  void answer_isThatOfTheUnwrappedStart() throws Exception {
    for (String handler :
        List.of("app.handler", "broken.handler", "missing.handler", "app.missing")) {
      try (RuntimeApiHost plain = new RuntimeApiHost("{}");
          RuntimeApiHost wrapped = new RuntimeApiHost("{}")) {
        Outcome expected = start(plain, handler).runUntilAnswered(plain);
        Outcome outcome = start(wrapped, handler).through(layer).runUntilAnswered(wrapped);
        assertEquals(
            withoutRequestIds(expected.asTheFunctionSeesIt()),
            withoutRequestIds(outcome.asTheFunctionSeesIt()));
        assertEquals(plain.answer(), wrapped.answer());
        assertEquals(plain.requests(), wrapped.requests());
      }
    }
  }

  @Test
  void initError_endsWithTheProcess() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      Outcome outcome = start(host, "broken.handler").through(layer).runUntilAnswered(host);
      assertEquals(1, outcome.exitCode());
      assertEquals("exit", outcome.fields("end").get("why"));
      assertTrue(
          host.requests().contains("POST /2018-06-01/runtime/init/error"),
          host.requests().toString());
    }
  }

  @Test
  void snapStart_endsInitBeforeTheSnapshot() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{}")) {
      FunctionStart start =
          start(host, "app.handler").with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      assertEquals("restore", outcome.fields("end").get("why"));
      assertTrue(
          host.requests().contains("GET /2018-06-01/runtime/restore/next"),
          host.requests().toString());
    }
  }

  @Test
  void moduleForm_ofContainerImages_isTimedLikeAScript() throws Exception {
    try (RuntimeApiHost host = new RuntimeApiHost("{\"a\":1}")) {
      FunctionStart start =
          environment(FunctionStart.of(PYTHON, "-m", "awslambdaric", "app.handler"), host);
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      assertTrue(host.answer().contains("\"a\": 1"), host.answer());
      assertEquals("importtime", outcome.fields("begin").get("mode"));
      assertEquals("next", outcome.fields("end").get("why"));
      Module handler = ImportTree.read(outcome.rows()).named("app");
      assertEquals(List.of("colorsys"), handler.kids().stream().map(Module::name).toList());
    }
  }

  private FunctionStart start(RuntimeApiHost host, String handler) {
    FunctionStart start =
        FunctionStart.of(PYTHON, Functions.path("/runtime/bootstrap.py").toString());
    return environment(start, host).with("_HANDLER", handler);
  }

  private FunctionStart environment(FunctionStart start, RuntimeApiHost host) {
    Path handlers = Functions.path("/handlers");
    return start
        .in(handlers)
        .with("PYTHONPATH", client.toString())
        .with("AWS_LAMBDA_RUNTIME_API", host.address())
        .with("AWS_LAMBDA_FUNCTION_NAME", "fn")
        .with("AWS_LAMBDA_FUNCTION_VERSION", "7")
        .with("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .with("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn")
        .with("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[7]abc")
        .with("LAMBDA_TASK_ROOT", handlers.toString());
  }

  private static void assertLazyIsOfTheInvocation(Outcome outcome) {
    String stderr = outcome.stderr();
    assertTrue(stderr.indexOf("FROSTLINE end") < stderr.indexOf("| lazy"), stderr);
  }

  /** The client writes a random id of its own into its log lines. */
  private static String withoutRequestIds(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z", "time");
  }

  private boolean install() throws IOException, InterruptedException {
    ProcessBuilder pip =
        new ProcessBuilder(
            PYTHON.executable().toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            ":all:",
            "--target",
            client.toString(),
            "awslambdaric");
    Process process =
        pip.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor(PIP_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly();
    return false;
  }
}
