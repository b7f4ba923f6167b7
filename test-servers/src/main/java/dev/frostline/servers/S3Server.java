package dev.frostline.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** S3Proxy over a folder, in a process of its own. It checks signatures as S3 does. */
public final class S3Server implements AutoCloseable {
  /** The only bucket. */
  public static final String BUCKET = "frostline-test";

  private static final String KEY = "frostline";
  private static final String SECRET = "not-a-secret";
  private static final int START_SECONDS = 60;

  private final Process process;
  private final int port;
  private final Path objects;

  private S3Server(Process process, int port, Path objects) {
    this.process = process;
    this.port = port;
    this.objects = objects;
  }

  /** A server with one empty bucket; its files go below that folder. */
  public static S3Server start(Path folder) throws IOException, InterruptedException {
    Path objects = folder.resolve("objects");
    Files.createDirectories(objects.resolve(BUCKET));
    int port = freePort();
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "s3proxy.endpoint",
            "http://127.0.0.1:" + port,
            "s3proxy.authorization",
            "aws-v2-or-v4",
            "s3proxy.identity",
            KEY,
            "s3proxy.credential",
            SECRET,
            "jclouds.provider",
            "filesystem-nio2",
            "jclouds.identity",
            "x",
            "jclouds.credential",
            "x",
            "jclouds.filesystem.basedir",
            objects.toString()));
    Path file = folder.resolve("s3proxy.properties");
    try (var out = Files.newOutputStream(file)) {
      settings.store(out, null);
    }
    Path log = folder.resolve("logback.xml");
    Files.writeString(log, "<configuration><root level=\"OFF\"/></configuration>");
    Process process =
        new ProcessBuilder(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dlogback.configurationFile=" + log,
                "-cp",
                classPath(),
                "org.gaul.s3proxy.Main",
                "--properties",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(process, port, objects);
    server.awaitStart(folder);
    return server;
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What a client needs in its environment to reach the server at that address. */
  public static Map<String, String> environment(String endpoint) {
    return Map.of(
        "AWS_REGION", "eu-west-1",
        "AWS_ACCESS_KEY_ID", KEY,
        "AWS_SECRET_ACCESS_KEY", SECRET,
        "AWS_ENDPOINT_URL_S3", endpoint);
  }

  /** What a client needs in its environment. */
  public Map<String, String> environment() {
    return environment(endpoint());
  }

  /** Keys below a prefix, in order. */
  public List<String> keys(String prefix) throws IOException {
    Path bucket = objects.resolve(BUCKET);
    try (var files = Files.walk(bucket)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** The content of an object. */
  public byte[] read(String key) throws IOException {
    return Files.readAllBytes(objects.resolve(BUCKET).resolve(key));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitStart(Path folder) throws IOException, InterruptedException {
    for (int tenth = 0; tenth < 10 * START_SECONDS && process.isAlive(); tenth++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    process.destroyForcibly();
    throw new IOException(
        "S3Proxy did not start: " + Files.readString(folder.resolve("s3proxy.log")));
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String classPath() throws IOException {
    try (InputStream in = S3Server.class.getResourceAsStream("/s3proxy.classpath")) {
      if (in == null) {
        throw new IOException("this build of test-servers carries no class path of S3Proxy");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .replace(':', File.pathSeparatorChar);
    }
  }
}
