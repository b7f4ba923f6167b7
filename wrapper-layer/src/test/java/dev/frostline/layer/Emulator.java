package dev.frostline.layer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * AWS's own runtime interface emulator, which stands between a function and whoever invokes it as
 * Lambda does. Its source is no module that Go's proxy hands out; the program itself comes with
 * AWS's SAM command line, from where src/test/tools/fetch_runtimes takes it.
 */
record Emulator(Path program) {
  private static final Duration TO_ANSWER = Duration.ofSeconds(30);
  private static final int PORT_TRIES = 200;

  static Emulator fetched() {
    return new Emulator(NodeRuntime.fetched("aws-lambda-rie").resolve("aws-lambda-rie"));
  }

  /** The answer to an event, and the log: what the function and the emulator wrote on stdout. */
  record Answered(String answer, List<String> log) {}

  /** Starts the function and gives it one event. */
  Answered invoke(FunctionStart start, String event) throws Exception {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--runtime-interface-emulator-address", "127.0.0.1:" + port));
    command.addAll(List.of("--runtime-api-address", "127.0.0.1:" + freePort()));
    command.addAll(start.command());
    String handler = start.environment().get("_HANDLER");
    if (handler != null && !handler.equals(command.get(command.size() - 1))) {
      command.add(handler); // the emulator takes the last argument for it
    }
    Path log = Files.createTempFile("frostline", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(start.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(start.environment());
    builder.redirectOutput(log.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      String answer = answer(port, event);
      return new Answered(answer, logUpToReport(log));
    } finally {
      process.destroy();
      if (!process.waitFor(TO_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.delete(log);
    }
  }

  private static String answer(int port, String event) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TO_ANSWER)
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    for (int tries = 1; ; tries++) {
      try {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      } catch (ConnectException e) {
        if (tries == PORT_TRIES) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  private static List<String> logUpToReport(Path log) throws Exception {
    for (int tries = 1; ; tries++) {
      List<String> lines = Files.readAllLines(log);
      if (lines.stream().anyMatch(line -> line.startsWith("REPORT RequestId: "))) {
        return lines;
      }
      if (tries == PORT_TRIES) {
        throw new IOException("no REPORT in " + lines);
      }
      Thread.sleep(20);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
