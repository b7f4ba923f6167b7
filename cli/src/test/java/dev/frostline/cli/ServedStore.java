package dev.frostline.cli;

import dev.frostline.cli.report.ServeCommand;
import dev.frostline.page.Listening;
import dev.frostline.page.Server;
import dev.frostline.page.Source;
import dev.frostline.page.StoreSource;
import dev.frostline.policy.Policy;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store on its page, and a client with its token. */
final class ServedStore implements AutoCloseable {
  final List<String> log = new CopyOnWriteArrayList<>();
  final String token;
  final String origin;
  private final Server server;
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  ServedStore(Path store) throws IOException {
    this(store, true);
  }

  /** Nobody has asked for anything yet unless its verdicts are awaited. */
  ServedStore(Path store, boolean verdicts) throws IOException {
    this(store, Policy.NONE, verdicts);
  }

  /** With budgets and owners. */
  ServedStore(Path store, Policy policy, boolean verdicts) throws IOException {
    this(new StoreSource(store), Listening.here(0), policy);
    if (verdicts) {
      awaitVerdicts();
    }
  }

  /** For others than its starter, or from elsewhere. */
  ServedStore(Source source, Listening listening, Policy policy) throws IOException {
    server = new Server(source, listening, ServeCommand.terms(policy, ""), log::add);
    origin = server.address().replaceFirst("/(#.*)?$", "");
    token = server.address().replaceFirst(".*#t=", "");
  }

  int port() {
    return server.port();
  }

  String address() {
    return server.address();
  }

  /** From here on pages of this state of the store have their verdicts. */
  void awaitVerdicts() {
    while (get("/judged").statusCode() != 200) {
      Thread.onSpinWait();
    }
  }

  /** The answer to a reader who has the token. */
  HttpResponse<String> get(String path) {
    return send(request(path).header("Authorization", "Bearer " + token));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder post(String path, String form) {
    return request(path)
        .header("Origin", origin)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  /** One more browser that opens the page, with a session of its own. */
  Browser browser() {
    HttpResponse<String> opened = send(post("/session", "t=" + token));
    String cookie = opened.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    return path ->
        HttpClient.newHttpClient()
            .sendAsync(
                request(path).header("Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** Asks with the cookie of one session, as often at once as it likes. */
  interface Browser {
    CompletableFuture<HttpResponse<String>> ask(String path);
  }

  void awaitIdle(Duration idle) throws InterruptedException {
    server.awaitIdle(idle);
  }

  @Override
  public void close() {
    server.close();
  }
}
