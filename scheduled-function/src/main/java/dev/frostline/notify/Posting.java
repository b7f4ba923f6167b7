package dev.frostline.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts to a server, again with growing pauses where it is busy (429), broken (5xx) or silent. An
 * error never names the address: that of a webhook is a secret. An answer that is lost on its way
 * makes the same message come twice, never not at all.
 */
final class Posting {
  private static final int TRIES = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);
  private static final int REASON_SHOWN = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Duration pause;

  /**
   * @param pause before the second try; doubled before each further one
   */
  Posting(Duration pause) {
    this.pause = pause;
  }

  /** Makes the request of a try: a signature is good for minutes alone. */
  interface Request {
    HttpRequest.Builder of() throws IOException;
  }

  /** A JSON document for a webhook. */
  String json(String address, String document) throws IOException {
    return send(
        () ->
            HttpRequest.newBuilder(address(address))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(document)));
  }

  /** The body of the answer; an IOException with the reason where it is no success. */
  String send(Request request) throws IOException {
    for (int tries = 1; ; tries++) {
      HttpRequest made = request.of().timeout(LONGEST_REQUEST).build();
      boolean isLast = tries == TRIES;
      try {
        HttpResponse<String> answer = client.send(made, BodyHandlers.ofString());
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
          return answer.body();
        }
        if (isLast || (status != 429 && status < 500)) {
          throw new RefusedException(status + " " + shown(answer.body()));
        }
        rest(tries, answer.headers().firstValue("Retry-After").orElse(""));
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        if (isLast) {
          throw new RefusedException("no answer (" + e.getClass().getSimpleName() + ")");
        }
        rest(tries, "");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RefusedException("interrupted");
      }
    }
  }

  /** What the server said; nothing of the request. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
      super(reason);
    }
  }

  private static URI address(String address) throws IOException {
    try {
      URI uri = URI.create(address.strip());
      String host = uri.getHost();
      boolean isHere = "127.0.0.1".equals(host) || "localhost".equals(host);
      if (host != null && ("https".equals(uri.getScheme()) || isHere)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, without the address
    }
    throw new IOException("what is kept there is no https address");
  }

  private void rest(int tries, String after) {
    Duration wait = pause.multipliedBy(1L << (tries - 1));
    if (after.matches("\\d{1,4}")) {
      Duration asked = Duration.ofSeconds(Long.parseLong(after));
      wait = asked.compareTo(wait) > 0 ? asked : wait;
    }
    Duration bounded = wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    double jitter = 1 + ThreadLocalRandom.current().nextDouble() / 4;
    LockSupport.parkNanos((long) (bounded.toNanos() * jitter));
  }

  private static String shown(String body) {
    String line = body.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.length() <= REASON_SHOWN ? line : line.substring(0, REASON_SHOWN);
  }
}
