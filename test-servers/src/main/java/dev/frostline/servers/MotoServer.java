package dev.frostline.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * <a href="https://github.com/getmoto/moto">moto's</a> server: a double of AWS that others wrote,
 * so that what our own doubles believe of AWS is not all that is tested.
 */
public final class MotoServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  private MotoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it answers; it is fetched by deploy/fetch_tools. */
  public static MotoServer start() throws IOException, InterruptedException {
    Path server = Tool.fetched("moto/bin/moto_server").folder().resolve("moto_server");
    int port = freePort();
    Process process =
        new ProcessBuilder(server.toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MotoServer started = new MotoServer(process, port);
    Instant until = Instant.now().plus(LONGEST_START);
    while (!started.answers()) {
      if (!process.isAlive() || Instant.now().isAfter(until)) {
        started.close();
        throw new IOException("moto's server does not start");
      }
      Thread.sleep(100);
    }
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Its address, for every service. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Runs a Python script that makes something there by AWS's own SDK, given the address. */
  public void run(Path script) {
    Tool.fetched("moto/bin/python")
        .run(
            script.toAbsolutePath().resolveSibling(""),
            Map.of(),
            script.toAbsolutePath().toString(),
            endpoint());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
