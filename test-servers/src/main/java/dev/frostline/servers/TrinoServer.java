package dev.frostline.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * <a href="https://trino.io">Trino</a> itself, of one node, over a folder: its Hive connector with
 * tables kept in files. deploy/fetch_trino fetches it; it needs Java 24 or later.
 */
public final class TrinoServer implements AutoCloseable {
  private static final Path HOME = Tool.FETCHED.resolve("trino");
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private TrinoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param folder for its settings and log
   * @param files what it sees as {@code local:///}
   */
  public static TrinoServer start(Path folder, Path files)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(HOME.resolve("plugin/hive"))) {
      throw new IllegalStateException("no Trino in " + HOME + ": run deploy/fetch_trino");
    }
    int port = freePort();
    Files.createDirectories(folder.resolve("catalog"));
    Files.writeString(
        folder.resolve("catalog/hive.properties"),
        """
        connector.name=hive
        hive.metastore=file
        hive.metastore.catalog.dir=local:///metastore
        hive.partition-projection-enabled=true
        hive.ignore-absent-partitions=true
        fs.native-local.enabled=true
        local.location=%s
        """
            .formatted(files.toAbsolutePath()));
    Files.writeString(
        folder.resolve("config.properties"),
        """
        coordinator=true
        node-scheduler.include-coordinator=true
        node.environment=test
        node.bind-ip=127.0.0.1
        node.internal-address=127.0.0.1
        http-server.http.port=%1$d
        discovery.uri=http://127.0.0.1:%1$d
        plugin.dir=%3$s
        catalog.config-dir=%2$s/catalog
        query.max-memory=800MB
        query.max-memory-per-node=800MB
        memory.heap-headroom-per-node=300MB
        task.concurrency=2
        """
            .formatted(port, folder.toAbsolutePath(), HOME.resolve("plugin")));
    Files.writeString(folder.resolve("log.properties"), "io.trino=WARN\n");
    Process process =
        new ProcessBuilder(
                java().toString(),
                "-Xmx1536m",
                "-XX:+UseSerialGC",
                "-Djdk.attach.allowAttachSelf=true",
                "--add-modules=jdk.incubator.vector",
                "-Dconfig=" + folder.resolve("config.properties").toAbsolutePath(),
                "-Dlog.levels-file=" + folder.resolve("log.properties").toAbsolutePath(),
                "-cp",
                HOME.resolve("lib") + "/*",
                "io.trino.server.TrinoServer")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    TrinoServer started = new TrinoServer(process, port);
    Instant until = Instant.now().plus(LONGEST_START);
    while (!started.answers()) {
      if (!process.isAlive() || Instant.now().isAfter(until)) {
        started.close();
        List<String> log = Files.readAllLines(folder.resolve("server.log"));
        throw new IOException(
            "Trino does not start: "
                + String.join("\n", log.subList(Math.max(0, log.size() - 30), log.size())));
      }
      Thread.sleep(500);
    }
    return started;
  }

  /** A Java that Trino runs on: that of JAVA_25_HOME, or one of the machine. */
  private static Path java() throws IOException {
    String home = System.getenv("JAVA_25_HOME");
    if (home != null) {
      return Path.of(home, "bin/java");
    }
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(one -> one.getFileName().toString().matches(".*\\b2[4-9]\\b.*"))
          .map(one -> one.resolve("bin/java"))
          .filter(Files::isExecutable)
          .sorted()
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no Java 25: set JAVA_25_HOME"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/info"))
              .timeout(Duration.ofSeconds(5))
              .build();
      String answer = http.send(ask, HttpResponse.BodyHandlers.ofString()).body();
      return answer.contains("\"starting\":false");
    } catch (IOException e) {
      return false;
    }
  }

  /** Its address, as its JDBC driver writes it. */
  public String url(String schema) {
    return "jdbc:trino://127.0.0.1:" + port + "/hive/" + schema;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
