package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.frostline.servers.Fault;
import dev.frostline.servers.FaultProxy;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Landing in a real S3-compatible server, through a proxy with faults. */
final class S3LandingTest {
  private static final byte[] CONTENT = {1, 2, 3};
  private static final String KEY = "landing/dt=2026-09-19/06/00ff00ff00ff00ff";

  @TempDir static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // by startServer
  private static S3Server server;

  @SuppressWarnings("NullAway.Init") // by startProxy
  private FaultProxy proxy;

  private String prefix = "";

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startProxy() throws IOException {
    proxy = new FaultProxy(server.port(), 7);
    prefix = "p" + System.nanoTime();
  }

  @AfterEach
  void stopProxy() throws IOException {
    proxy.close();
  }

  @Test
  void object_isCreatedOnce_underItsPrefix() throws IOException {
    assertTrue(put(KEY, CONTENT, soon(20)));
    assertFalse(put(KEY, CONTENT, soon(20)));
    assertEquals(List.of(prefix + "/" + KEY), server.keys(prefix));
    assertArrayEquals(CONTENT, server.read(prefix + "/" + KEY));
  }

  @Test
  void prefixOfAnyCharacters_isSignedRight() throws IOException {
    prefix = "a b+c=d/é~(1)!*'";
    assertTrue(put(KEY, CONTENT, soon(20)));
    assertEquals(List.of(prefix + "/" + KEY), server.keys("a b"));
  }

  @ParameterizedTest
  @EnumSource
  void everyFault_isSurvived(Fault fault) throws IOException {
    proxy.spoil(0.5, fault);
    for (int object = 0; object < 4; object++) {
      put(KEY + object, CONTENT, soon(60));
    }
    assertEquals(4, server.keys(prefix).size());
    assertTrue(proxy.spoilt() > 0);
  }

  @Test
  void manyWritersOfTheSameObjects_underEveryFault_landEachOnce() throws Exception {
    proxy.spoil(0.3);
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      for (int object = 0; object < 10; object++) {
        String key = KEY + object;
        puts.add(() -> put(key, CONTENT, soon(60)));
      }
    }
    int created = 0;
    ExecutorService writers = Executors.newFixedThreadPool(8);
    for (Future<Boolean> put : writers.invokeAll(puts)) {
      created += put.get() ? 1 : 0;
    }
    writers.shutdown();
    assertEquals(10, server.keys(prefix).size());
    assertTrue(created <= 10, "created by " + created);
  }

  @Test
  void whenNothingGetsThrough_theReasonIsTold_beforeTheDeadline() {
    proxy.spoil(1, Fault.SLOW_DOWN);
    IOException e = assertThrows(IOException.class, () -> put(KEY, CONTENT, soon(2)));
    assertTrue(
        String.valueOf(e.getMessage())
            .matches("cannot land it as http.*/" + KEY + " \\(tried \\d+ times\\): 503 SlowDown"),
        e.getMessage());
    assertTrue(proxy.requests() > 2 && proxy.requests() < 60, "requests " + proxy.requests());
  }

  @Test
  void wrongSecret_isToldAtOnce() {
    Map<String, String> environment = environment();
    environment.put("AWS_SECRET_ACCESS_KEY", "other");
    IOException e =
        assertThrows(
            IOException.class, () -> Landing.at(place(), environment).put(KEY, CONTENT, soon(20)));
    assertTrue(
        String.valueOf(e.getMessage()).endsWith("(tried 1 times): 403 SignatureDoesNotMatch"),
        e.getMessage());
    assertEquals(1, proxy.requests());
  }

  @Test
  void restoredFunction_takesItsCredentialsFromTheirAddress() throws IOException {
    Map<String, String> environment = environment();
    HttpServer address =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address.createContext(
        "/keys",
        exchange -> {
          boolean known = "t0k".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body =
              Reading.utf8(
                  "{\"AccessKeyId\":\"frostline\",\"SecretAccessKey\":\"not-a-secret\","
                      + "\"Expiration\":\"2099-01-01T00:00:00Z\"}");
          exchange.sendResponseHeaders(known ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    address.start();
    environment.keySet().removeIf(name -> name.startsWith("AWS_ACCESS") || name.contains("SECRET"));
    environment.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:" + address.getAddress().getPort() + "/keys");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "t0k");
    try {
      assertTrue(Landing.at(place(), environment).put(KEY, CONTENT, soon(20)));
    } finally {
      address.stop(0);
    }
  }

  @Test
  void placeThatIsNone_isRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> Landing.at("s3://", environment()));
    assertThrows(
        IllegalArgumentException.class, () -> Landing.at("s3://bucket", Map.of("AWS_REGION", "")));
  }

  private boolean put(String key, byte[] content, Instant deadline) throws IOException {
    return Landing.at(place(), environment()).put(key, content, deadline);
  }

  private String place() {
    return "s3://" + S3Server.BUCKET + "/" + prefix;
  }

  private Map<String, String> environment() {
    return new HashMap<>(S3Server.environment(proxy.endpoint()));
  }

  private static Instant soon(int seconds) {
    return Instant.now().plus(Duration.ofSeconds(seconds));
  }
}
