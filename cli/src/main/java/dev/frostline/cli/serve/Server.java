package dev.frostline.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.cli.serve.sql.SqlDesk;
import dev.frostline.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The page of one store, for this machine only: it listens on the loopback address, answers to
 * nobody without its token and only ever reads.
 */
public final class Server implements AutoCloseable {
  private static final int MOST_BODY = 1 << 20;
  private static final String[][] ALWAYS = {
    {"Content-Security-Policy", Pages.POLICY},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"}
  };

  static {
    System.setProperty("sun.net.httpserver.maxReqTime", "20");
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Path folder;
  private final Snapshots snapshots;
  private final SqlDesk desk;
  private final HttpServer http;
  private final Guard guard;
  private final Routes routes;
  private final Consumer<String> log;
  private volatile long lastAsked;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "serve");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts to answer.
   *
   * @param port on the loopback address; 0 for any free one
   * @param log takes what went wrong inside; never a name or line from logs
   * @throws StoreException when the store cannot be read
   */
  public Server(Path store, int port, Terms terms, Consumer<String> log) throws IOException {
    this.log = log;
    folder = Files.createTempDirectory("frostline-serve");
    try {
      snapshots = new Snapshots(store, folder);
      desk = new SqlDesk(folder);
      routes = new Routes(terms, desk);
      http = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
    guard = new Guard(http.getAddress().getPort());
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  /** Where the page is; the fragment opens it and is never sent to anybody. */
  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/#t=" + guard.token();
  }

  /** Returns when the page was opened and then nothing was asked for so long. */
  public void awaitIdle(Duration idle) throws InterruptedException {
    while (lastAsked == 0 || System.nanoTime() - lastAsked < idle.toNanos()) {
      Thread.sleep(Math.min(1000, idle.toMillis()));
    }
  }

  /** Stops and leaves nothing behind; also twice, at the end and by Ctrl-C. */
  @Override
  public synchronized void close() {
    if (!Files.exists(folder)) {
      return;
    }
    http.stop(0);
    threads.shutdownNow();
    desk.close();
    snapshots.close();
    try {
      remove(folder);
    } catch (IOException e) {
      log.accept("Could not remove " + folder + ": " + e.getMessage());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, response(exchange));
    }
  }

  private Response response(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    if (!guard.isForUs(headers)) {
      return Response.text(403, "This server answers to 127.0.0.1 and localhost only.");
    }
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    if (method.equals("POST")) {
      return posted(path, exchange);
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Response.text(405, "Only GET, HEAD and POST.").with("Allow", "GET, HEAD, POST");
    }
    boolean open = guard.isOpen(headers);
    if (path.equals("/session")) {
      return Response.text(open ? 200 : 401, open ? "open" : "closed");
    }
    if (!open) {
      return Pages.login(401, "");
    }
    lastAsked = System.nanoTime();
    return answered(exchange);
  }

  private Response posted(String path, HttpExchange exchange) throws IOException {
    if (!guard.isOwnOrigin(exchange.getRequestHeaders())) {
      return Response.text(403, "Only a page of this server may post to it.");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
    if (body.length > MOST_BODY) {
      return Response.text(413, "At most 1 MB.");
    }
    Map<String, String> form = Address.parameters(new String(body, StandardCharsets.UTF_8));
    if (path.equals("/session")) {
      return guard.isToken(form.get("t"))
          ? Response.seeOther("/").with("Set-Cookie", guard.cookie())
          : Pages.login(401, "That is not the token of this server. It changes with each start.");
    }
    if (!guard.isOpen(exchange.getRequestHeaders()) || !guard.isFormToken(form.get("token"))) {
      return Response.text(
          403, "This page is from an earlier start. Open the printed address again.");
    }
    return switch (path) {
      case "/sql" -> run(form);
      case "/sql/cancel" -> {
        desk.cancel(form.getOrDefault("run", ""));
        yield Response.text(200, "cancelled");
      }
      default -> Response.text(404, "Nothing is posted here.");
    };
  }

  private Response run(Map<String, String> form) throws IOException {
    try (Snapshot snapshot = snapshots.newest()) {
      return routes.run(form, snapshot);
    } catch (SqlDesk.BusyException e) {
      return Pages.problem(503, "Busy", String.valueOf(e.getMessage())).with("Retry-After", "5");
    }
  }

  /** The one place where what went wrong becomes a page. */
  private Response answered(HttpExchange exchange) {
    try (Snapshot snapshot = snapshots.newest()) {
      Address address =
          new Address(
              exchange.getRequestURI().getRawPath(),
              Address.parameters(exchange.getRequestURI().getRawQuery()));
      return routes.answer(address, snapshot, guard.formToken());
    } catch (NotThereException e) {
      return Pages.problem(404, "Not in the store", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Pages.problem(400, "This address says something else", String.valueOf(e.getMessage()));
    } catch (IOException | SQLException | StoreException e) {
      log.accept("A view failed: " + e.getMessage());
      return Pages.problem(503, "The store cannot be read now", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.accept("A view failed: " + e);
      return Pages.problem(
          500, "This view failed", "The terminal where frostline serve runs says why.");
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (String[] header : ALWAYS) {
      headers.set(header[0], header[1]);
    }
    headers.set("Content-Type", response.type());
    response.headers().forEach(headers::set);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(response.status(), isHead ? -1 : response.body().length);
    if (!isHead) {
      exchange.getResponseBody().write(response.body());
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
