package dev.frostline.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lambda's Runtime API for one start of a function: hands out recorded events one after the other
 * and keeps a record as {@code play.cjs} does. Init is over when the function asks for the first;
 * behind the last it is ended as Lambda ends an environment, by SIGTERM.
 */
final class RuntimeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final long DEADLINE_MS = 300_000;

  private final HttpServer server;
  private final List<byte[]> events = new ArrayList<>();
  private final Path pid;
  private final Path record;
  private int begun;
  private volatile boolean ended;
  private volatile String unloaded = "";
  private volatile String failure = "";

  /**
   * Begins to listen.
   *
   * @param recorded a JSON array of events
   * @param pid the file that has the number of the function's process when it asks for one
   * @param record the file that the record is written to
   */
  RuntimeApi(Path recorded, Path pid, Path record) throws IOException {
    for (JsonNode event : JSON.readTree(recorded.toFile())) {
      events.add(JSON.writeValueAsBytes(event));
    }
    this.pid = pid;
    this.record = record;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT + "invocation/next", this::next);
    server.createContext(ROOT, this::take);
    server.start();
  }

  /** What Lambda tells a function by its environment. */
  Map<String, String> variables(String handler, Path folder) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort());
    variables.put("_HANDLER", handler);
    variables.put("LAMBDA_TASK_ROOT", folder.toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "local");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "local");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    return variables;
  }

  /** The run as it is to be told: the SIGTERM is no failure, but a handler that is not there is. */
  Played told(Played run) throws IOException {
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    if (!unloaded.isEmpty()) {
      return run.ended(1, "the handler cannot be loaded: " + unloaded);
    }
    return ended ? run.ended(0, "") : run;
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      ProcessHandle process = process();
      long micros = new ProcessCpu(process.pid()).micros();
      if (begun < events.size()) {
        say("event " + begun + " " + micros);
        hand(exchange, begun++);
      } else { // an answer, or a closed connection, would make the client fail while the JVM ends
        say("exit " + micros);
        ended = true;
        process.destroy();
      }
    } catch (IOException e) {
      failure = "the CPU time of the function cannot be read: " + e.getMessage();
      exchange.close();
    }
  }

  private ProcessHandle process() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .orElseThrow(() -> new IOException("its process is gone"));
  }

  private void hand(HttpExchange exchange, int number) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.add(
        "Lambda-Runtime-Aws-Request-Id", String.format("00000000-0000-4000-8000-%012d", number));
    headers.add(
        "Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + DEADLINE_MS));
    headers.add(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-west-1:123456789012:function:local");
    headers.add("Content-Type", "application/json");
    byte[] event = events.get(number);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
    exchange.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean isError = exchange.getRequestURI().getPath().endsWith("/error");
    String answer = isError ? error(body) : new String(body, StandardCharsets.UTF_8);
    if (begun > 0) {
      say("answer " + (begun - 1) + " " + answer.replaceAll("\\R", " "));
    }
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  /**
   * What stands for the answer: {@code {"errorType":"E","errorMessage":"gone"}}. The client answers
   * the events of a handler that it cannot load, too, with an error that was thrown nowhere.
   */
  private String error(byte[] body) throws IOException {
    JsonNode told = JSON.readTree(body);
    String type = told.path("errorType").asText();
    String message = told.path("errorMessage").asText();
    if (begun == 0 || !told.has("stackTrace")) {
      unloaded = type.isEmpty() ? message : message + " (" + type + ")";
    }
    return JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString();
  }

  private void say(String line) throws IOException {
    Files.writeString(record, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
