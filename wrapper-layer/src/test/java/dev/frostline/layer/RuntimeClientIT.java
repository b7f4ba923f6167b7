package dev.frostline.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.layer.ImportTree.Module;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS's own runtime interface client from PyPI under the wrapper, against a Runtime API of ours.
 */
final class RuntimeClientIT {
  private final Layer layer;
  private final PythonClient client;

  RuntimeClientIT(@TempDir Path folder) throws Exception {
    layer = Layer.unpackedTo(folder.resolve("opt"));
    client = PythonClient.of(Python.required());
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
      FunctionStart start = client.module(host, "app.handler");
      Outcome outcome = start.through(layer).runUntilAnswered(host);
      assertTrue(host.answer().contains("\"a\": 1"), host.answer());
      assertEquals("importtime", outcome.fields("begin").get("mode"));
      assertEquals("next", outcome.fields("end").get("why"));
      Module handler = ImportTree.read(outcome.rows()).named("app");
      assertEquals(List.of("colorsys"), handler.kids().stream().map(Module::name).toList());
    }
  }

  private FunctionStart start(RuntimeApiHost host, String handler) {
    return client.script(host, handler);
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
}
