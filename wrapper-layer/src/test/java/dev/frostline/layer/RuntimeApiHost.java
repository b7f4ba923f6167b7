package dev.frostline.layer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's Runtime API for one invocation, after its public description: hands out one event, takes
 * the answer, and keeps a second /next waiting for ever.
 */
final class RuntimeApiHost implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] event;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String answer = "";
  private volatile long firstAskedNanos;

  RuntimeApiHost(String event) throws IOException {
    this.event = event.getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT + "invocation/next", this::next);
    server.createContext(ROOT + "restore/next", exchange -> reply(exchange, 200, new byte[0]));
    server.createContext(ROOT, this::take);
    server.start();
  }

  /** For AWS_LAMBDA_RUNTIME_API. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method and path of each request, in order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Body of the last response or error. */
  String answer() {
    return answer;
  }

  /** When /next was first asked for, by System.nanoTime: the end of init. */
  long firstAskedNanos() {
    return firstAskedNanos;
  }

  boolean waitsForMore() {
    return asked.get() > 1;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void next(HttpExchange exchange) throws IOException {
    if (asked.incrementAndGet() > 1) {
      waitUntilClosed();
      return;
    }
    firstAskedNanos = System.nanoTime();
    exchange
        .getResponseHeaders()
        .add("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
    exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", "1900000000000");
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:eu-west-1:123456789012:function:fn");
    reply(exchange, 200, event);
  }

  private void take(HttpExchange exchange) throws IOException {
    answer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    reply(exchange, 202, "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.UTF_8));
  }

  private void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void waitUntilClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
