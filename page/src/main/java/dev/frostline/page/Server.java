package dev.frostline.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.page.sql.SqlDesk;
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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of one store, for this machine only: it listens on the loopback address, answers to
 * nobody without its token and only ever reads.
 */
public final class Server implements AutoCloseable {
  private static final int MOST_FORM = 8 << 10;

  /** A statement of 1 MB, when each of its bytes is written as three. */
  private static final int MOST_STATEMENT_FORM = (3 << 20) + (64 << 10);

  private static final int MOST_POSTED_AT_ONCE = 10;
  private static final Response FULL =
      busy("Many answers are on their way already. Try again in some seconds.");
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
  private final Places places = new Places(Places.Limits.DEFAULT);
  private final Semaphore statements = new Semaphore(MOST_POSTED_AT_ONCE);
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
      String client = guard.client(exchange.getRequestHeaders());
      try (Places.Request request = client == null ? null : places.admit(client)) {
        Response response = response(exchange, request);
        if (request != null) {
          request.sending(response.body().length);
        }
        send(exchange, response);
      } catch (Places.FullException e) {
        send(exchange, FULL);
      }
    }
  }

  /**
   * The one place where what went wrong becomes an answer.
   *
   * @param request absent when its client may see nothing
   */
  private Response response(HttpExchange exchange, Places.@Nullable Request request)
      throws Places.FullException {
    try {
      if (!guard.isForUs(exchange.getRequestHeaders())) {
        return Response.text(403, "This server answers to 127.0.0.1 and localhost only.");
      }
      return switch (exchange.getRequestMethod()) {
        case "POST" -> posted(exchange, request);
        case "GET", "HEAD" -> got(exchange, request);
        default -> Response.text(405, "Only GET, HEAD and POST.").with("Allow", "GET, HEAD, POST");
      };
    } catch (NotThereException e) {
      return Pages.problem(404, "Not in the store", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Pages.problem(400, "This address says something else", String.valueOf(e.getMessage()));
    } catch (SqlDesk.BusyException e) {
      return busy(String.valueOf(e.getMessage()));
    } catch (TooLargeException e) {
      return Response.text(413, "A statement has at most 1 MB.");
    } catch (IOException | SQLException | StoreException e) {
      log.accept("A view failed: " + e.getMessage());
      return Pages.problem(503, "The store cannot be read now", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.accept("A view failed: " + e);
      return Pages.problem(
          500, "This view failed", "The terminal where frostline serve runs says why.");
    }
  }

  private static Response busy(String reason) {
    return Pages.problem(503, "Busy", reason).with("Retry-After", "5");
  }

  private Response got(HttpExchange exchange, Places.@Nullable Request request)
      throws IOException, SQLException, Places.FullException {
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    if (path.equals("/session")) {
      return Response.text(request != null ? 200 : 401, request != null ? "open" : "closed");
    }
    if (request == null) {
      return Pages.login(401, "");
    }
    lastAsked = System.nanoTime();
    Address address = new Address(path, Address.parameters(exchange.getRequestURI().getRawQuery()));
    request.take();
    try (Snapshot snapshot = snapshots.newest()) {
      return routes.answer(address, snapshot, guard.formToken(), request);
    }
  }

  private Response posted(HttpExchange exchange, Places.@Nullable Request request)
      throws IOException, SqlDesk.BusyException, Places.FullException {
    if (!guard.isOwnOrigin(exchange.getRequestHeaders())) {
      return Response.text(403, "Only a page of this server may post to it.");
    }
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    if (path.equals("/session")) {
      return session(form(exchange, MOST_FORM));
    }
    if (request == null) {
      return refused();
    }
    return switch (path) {
      case "/sql" -> run(exchange);
      case "/sql/cancel" -> cancel(form(exchange, MOST_FORM));
      default -> Response.text(404, "Nothing is posted here.");
    };
  }

  private Response run(HttpExchange exchange)
      throws IOException, SqlDesk.BusyException, Places.FullException {
    if (!statements.tryAcquire()) {
      throw new Places.FullException();
    }
    try {
      Map<String, String> form = form(exchange, MOST_STATEMENT_FORM);
      if (!guard.isFormToken(form.get("token"))) {
        return refused();
      }
      try (Snapshot snapshot = snapshots.newest()) {
        return routes.run(form, snapshot);
      }
    } finally {
      statements.release();
    }
  }

  private Response cancel(Map<String, String> form) {
    if (!guard.isFormToken(form.get("token"))) {
      return refused();
    }
    desk.cancel(form.getOrDefault("run", ""));
    return Response.text(200, "cancelled");
  }

  private static Response refused() {
    return Response.text(
        403, "This page is from an earlier start. Open the printed address again.");
  }

  private static Map<String, String> form(HttpExchange exchange, int most) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      throw new TooLargeException();
    }
    return Address.parameters(new String(body, StandardCharsets.UTF_8));
  }

  private Response session(Map<String, String> form) {
    return guard.isToken(form.get("t"))
        ? Response.seeOther("/").with("Set-Cookie", guard.cookie())
        : Pages.login(401, "That is not the token of this server. It changes with each start.");
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
