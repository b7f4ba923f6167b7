package dev.frostline.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is deployed, run by AWS's own runtime interface client. */
final class DeployableJarIT {
  private static final Path JAR = Path.of(System.getProperty("frostline.lambda.jar", ""));
  private static final Path EVENT =
      Path.of(
          System.getProperty("frostline.shared", ""),
          "data/sample-events/checkout-api_awslogs.json");

  /** A class of each jar that the managed runtime brings. */
  private static final List<String> CLIENT_TYPES =
      List.of(
          "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
          "com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers");

  @TempDir Path folder = Path.of(".");

  @Test
  void carriesNoDatabase_andIsSmall() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertEquals(
          List.of(),
          names.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains("duckdb")).toList());
      assertTrue(names.contains("dev/frostline/ingest/IngestHandler.class"));
    }
    assertTrue(Files.size(JAR) < 5_000_000, "bytes: " + Files.size(JAR));
  }

  @Test
  void underTheRuntimeInterfaceClient_aBatchLands() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    HttpServer api = runtimeApi(answer);
    Process client = runtimeClient("127.0.0.1:" + api.getAddress().getPort());
    try {
      String body = answer.completeOnTimeout("no answer", 60, TimeUnit.SECONDS).get();
      assertTrue(
          body.contains("\"received\":1005"),
          body + Files.readString(folder.resolve("client.log")));
      assertTrue(body.contains("\"new\":true"), body);
      DirectoryLanding landing = new DirectoryLanding(folder);
      LandingObject landed = LandingObject.decode(landing.read(landing.keys().get(0)));
      assertEquals("checkout-api", landed.streams().keySet().iterator().next().function());
    } finally {
      client.destroyForcibly().waitFor();
      api.stop(0);
    }
  }

  private Process runtimeClient(String address) throws Exception {
    List<String> classPath = new ArrayList<>(List.of(JAR.toString()));
    for (String type : CLIENT_TYPES) {
      classPath.add(
          Class.forName(type).getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(File.pathSeparator, classPath),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "dev.frostline.ingest.IngestHandler::handleRequest");
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", address,
                "AWS_REGION", "eu-west-1",
                "AWS_LAMBDA_FUNCTION_NAME", "frostline-ingest",
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/frostline-ingest",
                "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "LAMBDA_TASK_ROOT", folder.toString(),
                "FROSTLINE_LANDING", folder.toString()));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("client.log").toFile())
        .start();
  }

  /** Hands out one event; the request for a second one waits. */
  private static HttpServer runtimeApi(CompletableFuture<String> answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    byte[] event = Files.readAllBytes(EVENT);
    server.createContext(
        "/2018-06-01/runtime/invocation/next",
        exchange -> {
          if (!answer.isDone()) {
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "1");
            exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", "1900000000000");
            exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", "arn");
            reply(exchange, 200, event);
          }
        });
    server.createContext(
        "/2018-06-01/runtime/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          answer.complete(body);
          reply(exchange, 202, "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
        });
    server.start();
    return server;
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
