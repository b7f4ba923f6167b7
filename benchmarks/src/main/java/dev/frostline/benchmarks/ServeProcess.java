package dev.frostline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code frostline serve} process, a client that holds its token, and what memory it takes. */
final class ServeProcess implements AutoCloseable {
  private static final String WORKER = "SqlWorker";
  private final Process process;
  private final String origin;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
  private final Map<String, Long> peakKb = new ConcurrentHashMap<>();

  ServeProcess(Path store) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.frostline.cli.Frostline",
                "serve",
                "--port",
                "0",
                "--db",
                store.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      Matcher said = Pattern.compile("(http://\\S+?)/#t=(\\S+)").matcher(out.readLine() + "");
      if (!said.find()) {
        throw new IOException("frostline serve did not start");
      }
      origin = said.group(1);
      token = said.group(2);
    }
  }

  int port() {
    return URI.create(origin).getPort();
  }

  /** The answer to a reader with the token. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The cookie of a new session. */
  String session() throws IOException, InterruptedException {
    HttpRequest.Builder opening =
        HttpRequest.newBuilder(URI.create(origin + "/session"))
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString("t=" + token));
    HttpResponse<String> opened =
        client.send(opening.build(), HttpResponse.BodyHandlers.ofString());
    return opened.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
  }

  /** The answer to a reader of a session. */
  HttpResponse<String> getWith(String cookie, String path)
      throws IOException, InterruptedException {
    HttpRequest.Builder asking =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofMinutes(2))
            .header("Cookie", cookie);
    return client.send(asking.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Hands a statement in; the answer comes when it ended. */
  HttpResponse<String> run(String sql, String formToken) throws IOException, InterruptedException {
    String form =
        "token=" + formToken + "&run=" + System.nanoTime() + "&q=" + PagePaths.encoded(sql);
    return client.send(
        request("/sql")
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + token);
  }

  /** Looks at the resident memory of the page and of its workers. */
  void look() {
    note("page", process.toHandle());
    process
        .descendants()
        .filter(child -> read(child, "cmdline").contains(WORKER))
        .forEach(child -> note("worker", child));
  }

  private void note(String name, ProcessHandle process) {
    for (String line : read(process, "status").split("\n", -1)) {
      if (line.startsWith("VmHWM:")) {
        peakKb.merge(name, Long.parseLong(line.replaceAll("\\D", "")), Math::max);
      }
    }
  }

  /** A file of the kernel's about a process; empty when the process has ended. */
  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
    } catch (IOException e) {
      return "";
    }
  }

  /** Processor time of the page itself so far, without its workers. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /** Most resident memory seen, in MB. */
  long peakMb(String name) {
    return peakKb.getOrDefault(name, 0L) / 1024;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
