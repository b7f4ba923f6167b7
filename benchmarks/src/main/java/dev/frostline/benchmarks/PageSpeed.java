package dev.frostline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How long a reader of {@code frostline serve} waits over a large fleet: {@code PageSpeed DATA
 * FUNCTIONS} makes it like ReportSpeed, then opens pages right after the start, when everything is
 * judged, and after one more ingest.
 */
public final class PageSpeed {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final String CHANGED = "webhook-stdlib/quiet/v6.ndjson.gz";

  private final HttpClient client = HttpClient.newHttpClient();
  private final String origin;
  private final String token;

  private PageSpeed(String address) {
    origin = address.replaceFirst("/#.*", "");
    token = address.replaceFirst(".*#t=", "");
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    try (WorkFolder work = WorkFolder.make("page")) {
      read(data, Integer.parseInt(arguments[1]), work.path().resolve("store.duckdb"));
    }
  }

  private static void read(Path data, int functions, Path store) throws Exception {
    ReportSpeed.fill(store, data, functions);
    Process serve = start("serve", "--port", "0", "--db", store.toString());
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(serve.getInputStream(), StandardCharsets.UTF_8))) {
      PageSpeed page = new PageSpeed(said.readLine().replaceFirst(".* on (\\S+).*", "$1"));
      page.read("first");
      page.read("judged");
      start("ingest", data.resolve(CHANGED).toString(), "--db", store.toString()).waitFor();
      page.read("after an ingest");
    } finally {
      serve.destroy();
      serve.waitFor();
    }
  }

  /** Opens the pages, then waits for the verdicts. */
  private void read(String when) throws IOException, InterruptedException {
    for (String path : List.of("/", "/changes", "/changes?week=2026-W39", "/health")) {
      double begun = System.nanoTime() / 1e9;
      String body = get(path).body();
      boolean judging = body.contains("class=\"judging\"");
      OUT.printf(
          Locale.ROOT,
          "%-16s %-24s %5.2f s %6d kB %s%n",
          when,
          path,
          System.nanoTime() / 1e9 - begun,
          body.length() / 1000,
          judging ? "verdicts follow" : "");
    }
    double begun = System.nanoTime() / 1e9;
    while (get("/judged").statusCode() == 202) {
      Thread.onSpinWait();
    }
    OUT.printf(
        Locale.ROOT,
        "%-16s verdicts there %12.2f s later%n",
        when,
        System.nanoTime() / 1e9 - begun);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Process start(String... arguments) throws IOException {
    return new CommandLineProcess().start(ProcessBuilder.Redirect.PIPE, arguments);
  }
}
