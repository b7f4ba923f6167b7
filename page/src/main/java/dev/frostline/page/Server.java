package dev.frostline.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.page.sql.SqlDesk;
import dev.frostline.page.visitor.Guard;
import dev.frostline.page.visitor.Visitor;
import dev.frostline.page.visitor.Visitors;
import dev.frostline.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of one store. It answers to its visitors alone and reads, but for what they accept; what
 * watches over it may ask whether it is well.
 */
public final class Server implements AutoCloseable {
  private static final int MOST_FORM = 8 << 10;

  /** A statement of 1 MB, when each of its bytes is written as three. */
  private static final int MOST_STATEMENT_FORM = (3 << 20) + (64 << 10);

  private static final int MOST_POSTED_AT_ONCE = 10;
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

  /** A statement takes up to 5 s, and its process a while to start on a busy machine. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private static final Response FULL =
      busy("Many answers are on their way already. Try again in some seconds.");

  /** What a load balancer asks, however busy its readers are. */
  private static final String ALIVE_AT = "/healthz";

  private static final Response ALIVE = Response.text(200, "ok");
  private static final String[][] ALWAYS = {
    {"Content-Security-Policy", Pages.POLICY},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"}
  };

  /** What one connection may take; a load balancer keeps idle ones for 60 s, and must end first. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "20",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.idleInterval", "75",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "65536",
          "jdk.httpserver.maxConnections", "4000",
          "sun.net.httpserver.nodelay", "true");

  static {
    LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
  }

  private final Path folder;
  private final Snapshots snapshots;
  private final SqlDesk desk;
  private final HttpServer http;
  private final Listening listening;
  private final Visitors visitors;
  private final Guard guard;
  private final Routes routes;
  private final Metrics metrics = new Metrics();
  private final Places places = new Places(Places.Limits.DEFAULT);
  private final Semaphore statements = new Semaphore(MOST_POSTED_AT_ONCE);
  private final AtomicInteger answering = new AtomicInteger();
  private final Consumer<String> log;
  private volatile long lastAsked;
  private volatile boolean closing;
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
   * @param log takes what went wrong inside; never a name or line from logs
   * @throws StoreException when the store cannot be read
   * @throws IOException when the lake cannot be read, or the port is taken
   */
  public Server(Source source, Listening listening, Terms terms, Consumer<String> log)
      throws IOException {
    this.log = log;
    this.listening = listening;
    visitors = listening.visitors();
    folder = Files.createTempDirectory("frostline-serve");
    try {
      source.renew();
      snapshots = new Snapshots(source, folder);
      desk = new SqlDesk(folder);
      routes = new Routes(terms, desk, snapshots);
      http = HttpServer.create(new InetSocketAddress(listening.address(), listening.port()), 0);
    } catch (IOException | RuntimeException e) {
      remove(folder);
      throw e;
    }
    guard = new Guard(listening.host(), port(), listening.url());
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    if (visitors.printed().isEmpty()) {
      settle();
    }
    http.start();
    if (!listening.renewal().isZero()) {
      threads.execute(this::renew);
    }
  }

  /** Where the page is; a fragment, where it has one, opens it and is never sent to anybody. */
  public String address() {
    String token = visitors.printed();
    return (listening.url().isEmpty()
            ? "http://" + listening.host() + ":" + port()
            : listening.url())
        + "/"
        + (token.isEmpty() ? "" : "#t=" + token);
  }

  /** On which it listens. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Returns when the page was opened and then nothing was asked for so long. */
  public void awaitIdle(Duration idle) throws InterruptedException {
    while (lastAsked == 0 || System.nanoTime() - lastAsked < idle.toNanos()) {
      Thread.sleep(Math.min(1000, idle.toMillis()));
    }
  }

  /** Copies and judges what is new, before a reader has to wait for it. */
  private void settle() {
    try (Snapshot fresh = snapshots.newest()) {
      boolean unused = fresh.isJudged(SETTLED_WITHIN);
    } catch (IOException | SQLException e) {
      log.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Looks at the lake now and then; what cannot be read is told, and tried again. */
  private void renew() {
    while (!closing) {
      try {
        TimeUnit.MILLISECONDS.sleep(listening.renewal().toMillis());
        snapshots.write(Source::renew);
        metrics.renewed(true);
        settle();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        metrics.renewed(false);
        log.accept("The lake could not be read: " + e.getMessage());
      }
    }
  }

  /**
   * Ends what is being answered, stops and leaves nothing behind; also twice, at the end and by
   * Ctrl-C.
   */
  @Override
  public synchronized void close() {
    if (!Files.exists(folder)) {
      return;
    }
    closing = true;
    long until = System.nanoTime() + FAREWELL.toNanos();
    while (answering.get() > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
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
    answering.incrementAndGet();
    long begun = System.nanoTime();
    int status = 0;
    try (exchange) {
      if (ALIVE_AT.equals(exchange.getRequestURI().getRawPath())) {
        status = ALIVE.status();
        send(exchange, ALIVE);
        return;
      }
      Headers headers = exchange.getRequestHeaders();
      Visitor visitor = visitors.of(headers, guard.session(headers));
      try (Places.Request request = visitor == null ? null : places.admit(visitor.client())) {
        Response response = response(exchange, visitor, request);
        if (request != null) {
          request.sending(response.body().length);
        }
        status = response.status();
        send(exchange, response);
      } catch (Places.FullException e) {
        status = FULL.status();
        send(exchange, FULL);
      }
    } finally {
      metrics.answered(status, System.nanoTime() - begun);
      answering.decrementAndGet();
    }
  }

  /**
   * The one place where what went wrong becomes an answer.
   *
   * @param visitor absent when nobody knows who asks; the request, too
   */
  private Response response(
      HttpExchange exchange, @Nullable Visitor visitor, Places.@Nullable Request request)
      throws Places.FullException {
    try {
      String path = String.valueOf(exchange.getRequestURI().getRawPath());
      if (path.equals("/metrics") && listening.openMetrics()) {
        return metrics();
      }
      if (!guard.isForUs(exchange.getRequestHeaders())) {
        return Response.text(403, "This server answers under its own address only.");
      }
      return switch (exchange.getRequestMethod()) {
        case "POST" -> posted(exchange, visitor, request);
        case "GET", "HEAD" -> got(exchange, visitor, request);
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

  private Response got(
      HttpExchange exchange, @Nullable Visitor visitor, Places.@Nullable Request request)
      throws IOException, SQLException, Places.FullException {
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    if (path.equals("/session")) {
      return Response.text(visitor != null ? 200 : 401, visitor != null ? "open" : "closed");
    }
    boolean isWatched = path.equals("/metrics") && listening.address().isLoopbackAddress();
    if (visitor == null || request == null) {
      return isWatched ? metrics() : Pages.login(401, visitors.closed(), "");
    }
    if (path.equals("/metrics")) {
      return metrics();
    }
    lastAsked = System.nanoTime();
    Address address = new Address(path, Address.parameters(exchange.getRequestURI().getRawQuery()));
    request.take();
    try (Snapshot snapshot = snapshots.newest()) {
      return routes.answer(
          address, snapshot, new Frame.Reader(visitor.name(), guard.formToken(visitor)), request);
    }
  }

  /** Whoever watches is one client, with a name or without. */
  private Response metrics() throws IOException, SQLException, Places.FullException {
    try (Places.Request request = places.admit("/metrics")) {
      request.take();
      return measured();
    }
  }

  private Response measured() throws IOException, SQLException {
    try (Snapshot snapshot = snapshots.newest()) {
      return Response.text(
          200,
          metrics
              .text(snapshot.freshness().newest(), snapshot.openFindings(), answering.get())
              .strip());
    }
  }

  private Response posted(
      HttpExchange exchange, @Nullable Visitor visitor, Places.@Nullable Request request)
      throws IOException, SQLException, SqlDesk.BusyException, Places.FullException {
    if (!guard.isOwnOrigin(exchange.getRequestHeaders())) {
      return Response.text(403, "Only a page of this server may post to it.");
    }
    String path = String.valueOf(exchange.getRequestURI().getRawPath());
    if (path.equals("/session")) {
      return session(form(exchange, MOST_FORM));
    }
    if (visitor == null || request == null) {
      return refused();
    }
    return switch (path) {
      case "/sql" -> run(exchange, visitor);
      case "/sql/cancel" -> cancel(form(exchange, MOST_FORM), visitor);
      case "/accept" -> accept(form(exchange, MOST_FORM), visitor, request);
      default -> Response.text(404, "Nothing is posted here.");
    };
  }

  private Response run(HttpExchange exchange, Visitor visitor)
      throws IOException, SqlDesk.BusyException, Places.FullException {
    if (!statements.tryAcquire()) {
      throw new Places.FullException();
    }
    try {
      Map<String, String> form = form(exchange, MOST_STATEMENT_FORM);
      if (!guard.isFormToken(form.get("token"), visitor)) {
        return refused();
      }
      try (Snapshot snapshot = snapshots.newest()) {
        return routes.run(form, snapshot);
      }
    } finally {
      statements.release();
    }
  }

  private Response cancel(Map<String, String> form, Visitor visitor) {
    if (!guard.isFormToken(form.get("token"), visitor)) {
      return refused();
    }
    desk.cancel(form.getOrDefault("run", ""));
    return Response.text(200, "cancelled");
  }

  private Response accept(Map<String, String> form, Visitor visitor, Places.Request request)
      throws IOException, SQLException, Places.FullException {
    if (!guard.isFormToken(form.get("token"), visitor)) {
      return refused();
    }
    request.take();
    try (Snapshot snapshot = snapshots.newest()) {
      return routes.accept(form, snapshot, visitor.name(), request);
    }
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
    String session = visitors.open(form.get("t"));
    return session == null
        ? Pages.login(401, visitors.closed(), "That is no token of this server.")
        : Response.seeOther("/").with("Set-Cookie", guard.cookie(session));
  }

  private void send(HttpExchange exchange, Response response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (String[] header : ALWAYS) {
      headers.set(header[0], header[1]);
    }
    headers.set("Content-Type", response.type());
    response.headers().forEach(headers::set);
    if (closing) {
      headers.set("Connection", "close");
    }
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
