package dev.frostline.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that webhooks are posted to. */
final class Webhooks implements AutoCloseable {
  final List<String> received = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  Webhooks() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Integer refused = refusals.poll();
          if (refused == null) {
            received.add(exchange.getRequestURI().getPath() + " " + body);
          }
          byte[] answer = (refused == null ? "ok" : "no_service").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refused == null ? 200 : refused, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  /** An address that only those know who were told. */
  String address(String secret) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + secret;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
