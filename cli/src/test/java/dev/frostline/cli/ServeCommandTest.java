package dev.frostline.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.cli.output.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code frostline serve} as a process: its options, its beginning and its end. */
final class ServeCommandTest {
  @TempDir static Path folder = Path.of(".");
  private static String db = "";

  @BeforeAll
  static void makeFleet() throws Exception {
    db = new MadeFleet(folder).file.toString();
  }

  @Test
  void open_handsTheAddressToTheBrowser_andTheEndLeavesNothing() throws Exception {
    Path path = Files.createDirectory(folder.resolve("bin"));
    Path opened = folder.resolve("opened");
    Path browser = path.resolve("xdg-open");
    Files.writeString(
        browser,
        "#!/bin/sh\necho \"$1\" > "
            + opened
            + ".part && /bin/mv "
            + opened
            + ".part "
            + opened
            + "\n");
    assertTrue(browser.toFile().setExecutable(true));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process serve = serve(path, temporary, "--open", "--once");
    try (BufferedReader out = serve.inputReader()) {
      String address = address(out);
      while (!Files.exists(opened)) {
        Chromium.pause();
      }
      assertEquals(address, Files.readString(opened).strip());
      assertEquals(200, fleet(address).statusCode());
      assertTrue(serve.isAlive(), "it waits for more to be asked");
      assertEquals(1, left(temporary));
    } finally {
      serve.destroy();
    }
    assertTrue(serve.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, left(temporary));
  }

  @Test
  void machineWithoutABrowser_isToldAndServed() throws Exception {
    Path path = Files.createDirectory(folder.resolve("nothing"));
    Process serve = serve(path, folder, "--open");
    try (BufferedReader out = serve.inputReader();
        BufferedReader err = serve.errorReader()) {
      String address = address(out);
      assertTrue(err.readLine().contains("There is no browser to open here"));
      assertEquals(200, fleet(address).statusCode());
    } finally {
      serve.destroy();
    }
  }

  /** With its own patience cut short: 20 s for a request and 75 s for an idle connection. */
  @Test
  void slowAndEndlessRequests_areCut_andTakeNobodysPlace() throws Exception {
    Process serve =
        serve(
            List.of(
                "-Dsun.net.httpserver.maxReqTime=3",
                "-Dsun.net.httpserver.idleInterval=3",
                "-Dsun.net.httpserver.clockTick=200",
                "-Dsun.net.httpserver.timerMillis=200"),
            folder,
            folder);
    List<Socket> slow = new ArrayList<>();
    try (BufferedReader out = serve.inputReader()) {
      String address = address(out);
      int port = URI.create(address).getPort();
      Socket idle = socket(port, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      for (int i = 0; i < 300; i++) {
        slow.add(socket(port, "POST /session HTTP/1.1\r\nHost: x\r\nX: "));
      }
      assertEquals(200, fleet(address).statusCode());
      for (Socket socket : slow) {
        assertTrue(isCut(socket), "a request that never ends");
      }
      assertTrue(read(idle).startsWith("HTTP/1.1 200 "), "answered, and closed when idle");
      String tooLong = "GET /healthz HTTP/1.1\r\nX: " + "x".repeat(70_000) + "\r\n\r\n";
      assertFalse(read(socket(port, tooLong)).startsWith("HTTP/1.1 200 "));
      String names = IntStream.range(0, 102).mapToObj(i -> "X-" + i + ": x\r\n").collect(joining());
      String tooMany = "GET /healthz HTTP/1.1\r\n" + names + "\r\n";
      assertFalse(read(socket(port, tooMany)).startsWith("HTTP/1.1 200 "));
      assertEquals(200, fleet(address).statusCode());
    } finally {
      serve.destroy();
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static Socket socket(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Whether the server closes it, though a byte comes now and then. */
  private static boolean isCut(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    while (true) {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        socket.getOutputStream().write('x');
      } catch (SocketException e) {
        return true;
      }
    }
  }

  /** All that comes until the server closes it. */
  private static String read(Socket socket) throws IOException {
    try (socket) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "reset";
    }
  }

  @Test
  void port_isTakenAsAsked_orRefusedWithAReason() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Cli cli = Cli.run("serve", "--db", db, "--port", port);
      assertEquals(Failure.COULD_NOT, cli.exitCode());
      assertTrue(cli.err().contains("Cannot serve on port " + port), cli.err());
      assertTrue(cli.err().contains("Choose another with --port"), cli.err());
    }
    for (String port : new String[] {"70000", "-1", "http"}) {
      assertEquals(Failure.USAGE, Cli.run("serve", "--db", db, "--port", port).exitCode(), port);
    }
  }

  @Test
  void once_endsWhenNothingIsAskedAnyMore_butNotBeforeAnythingWas() throws Exception {
    try (ServedStore served = new ServedStore(Path.of(db), false)) {
      Thread waiting = new Thread(() -> await(served));
      waiting.start();
      waiting.join(500);
      assertTrue(waiting.isAlive());
      served.send(served.request("/"));
      waiting.join(500);
      assertTrue(waiting.isAlive(), "somebody without the token asked");
      served.get("/");
      waiting.join();
    }
  }

  private static void await(ServedStore served) {
    try {
      served.awaitIdle(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process serve(Path path, Path temporary, String... options) throws IOException {
    return serve(List.of(), path, temporary, options);
  }

  private static Process serve(List<String> jvm, Path path, Path temporary, String... options)
      throws IOException {
    String[] arguments =
        Stream.concat(Stream.of("serve", "--db", db, "--port", "0"), Stream.of(options))
            .toArray(String[]::new);
    ProcessBuilder builder = CliProcess.of(folder, arguments);
    builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
    builder.command().addAll(1, jvm);
    builder.environment().put("PATH", path.toString());
    return builder.start();
  }

  private static String address(BufferedReader out) throws IOException {
    String said = out.readLine();
    assertTrue(
        said.matches("Frostline on http://127\\.0\\.0\\.1:\\d+/#t=\\S+  \\(Ctrl-C stops\\)"), said);
    return said.split(" ", -1)[2];
  }

  private static HttpResponse<String> fleet(String address) throws Exception {
    String[] parts = address.split("#t=", -1);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(parts[0] + "fleet.json"))
                .header("Authorization", "Bearer " + parts[1])
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static long left(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("frostline-serve"))
          .count();
    }
  }
}
