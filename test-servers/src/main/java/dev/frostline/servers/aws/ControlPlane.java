package dev.frostline.servers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One AWS account in one Region on this machine: CloudWatch and its Logs, Lambda and SNS behind
 * their real wire protocols, with state, with AWS's documented limits and error answers, and with
 * throttling.
 */
public final class ControlPlane implements AutoCloseable {
  public static final String REGION = "eu-west-1";
  public static final String ACCOUNT = "123456789012";
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new CBORMapper();

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  public final FakeLambda lambda = new FakeLambda();
  public final FakeLogs logs = new FakeLogs(lambda);
  public final FakeSns sns = new FakeSns();
  public final FakeCloudWatch cloudWatch = new FakeCloudWatch();

  /** Calls by operation, throttled ones among them. */
  public final Map<String, Integer> calls = new TreeMap<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private int throttledOneIn;
  private int answered;
  private int writesLeft = Integer.MAX_VALUE;

  public ControlPlane() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Refuses one call in so many with a ThrottlingException; 0 refuses none. */
  public synchronized void throttleOneIn(int calls) {
    throttledOneIn = calls;
  }

  /** Answers nothing any more after this many further writes: to its caller, the end. */
  public synchronized void stopAfterWrites(int writes) {
    writesLeft = writes;
  }

  /** Answers again. */
  public synchronized void goOn() {
    writesLeft = Integer.MAX_VALUE;
  }

  public int callsInAll() {
    return calls.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    int status = 200;
    byte[] answer;
    try {
      answer = answer(exchange, target, body);
    } catch (Refusal refusal) {
      status = refusal.status;
      ObjectNode error = JSON.createObjectNode();
      error.put("__type", refusal.type);
      error.put("message", refusal.getMessage());
      exchange.getResponseHeaders().set("x-amzn-ErrorType", refusal.type);
      answer = format(exchange).writeValueAsBytes(error);
    }
    if (isCbor(exchange)) {
      exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
    }
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private synchronized byte[] answer(HttpExchange exchange, String target, byte[] body) {
    boolean isSns = target == null && exchange.getRequestURI().getPath().equals("/");
    String operation =
        target != null
            ? target.substring(target.indexOf('.') + 1)
            : isSns
                ? FakeSns.operation(body)
                : isCbor(exchange)
                    ? FakeCloudWatch.operation(exchange.getRequestURI().getPath())
                    : FakeLambda.operation(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath());
    calls.merge(operation, 1, Integer::sum);
    answered++;
    if (throttledOneIn > 0 && answered % throttledOneIn == 0) {
      throw new Refusal(
          target != null ? 400 : 429,
          target != null ? "ThrottlingException" : "TooManyRequestsException",
          "Rate exceeded");
    }
    if (writesLeft <= 0) {
      throw new Refusal(403, "AccessDeniedException", "stopped by the test");
    }
    if (!operation.matches("(Get|List|Describe).*")) {
      writesLeft--;
    }
    return isSns ? sns.answer(body) : tree(exchange, target != null, operation, body);
  }

  private static boolean isCbor(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("smithy-protocol");
  }

  private static ObjectMapper format(HttpExchange exchange) {
    return isCbor(exchange) ? CBOR : JSON;
  }

  private byte[] tree(HttpExchange exchange, boolean isLogs, String operation, byte[] body) {
    try {
      JsonNode request =
          body.length == 0 ? JSON.createObjectNode() : format(exchange).readTree(body);
      ObjectNode answer = JSON.createObjectNode();
      if (isLogs) {
        logs.answer(operation, request, answer);
      } else if (isCbor(exchange)) {
        cloudWatch.answer(operation, request, answer);
      } else {
        lambda.answer(operation, exchange.getRequestURI(), request, answer);
      }
      return format(exchange).writeValueAsBytes(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
