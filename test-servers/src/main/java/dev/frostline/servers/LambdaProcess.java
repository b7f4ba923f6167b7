package dev.frostline.servers;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment of a deployed jar: AWS's own runtime interface client in a process with
 * the flags of Lambda's managed Java, against the Runtime API after its public description. It
 * takes one event after the other, as Lambda's environments do.
 */
public final class LambdaProcess implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final long GRACE_SECONDS = 60;
  private static final String LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** The program that Lambda runs in place of its own start command, which it gets as arguments. */
  private static final String WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";

  /** A class of each jar that the managed runtime brings. */
  private static final List<String> CLIENT_TYPES =
      List.of(
          AWSLambda.class.getName(),
          "com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final HttpServer api;
  private final Path log;
  private final Process process;
  private final CompletableFuture<Void> ended;
  private volatile CompletableFuture<Answer> answer = new CompletableFuture<>();

  /** What an invocation came to: the function's answer, or its error as JSON. */
  public record Answer(boolean succeeded, String body) {}

  private record Invocation(String event, Duration timeout) {}

  /**
   * Starts the environment.
   *
   * @param handler {@code CLASS::METHOD}
   * @param folder for its log
   */
  public LambdaProcess(Path jar, String handler, Map<String, String> environment, Path folder)
      throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.setExecutor(threads);
    api.createContext(ROOT + "invocation/next", this::next);
    api.createContext(ROOT, this::take);
    api.start();
    log = Files.createTempFile(folder, "lambda-", ".log");
    process = start(jar, handler, environment, libraryOption(folder));
    ended = process.onExit().thenAccept(exited -> answer.cancel(false));
  }

  /**
   * Invokes the function and waits for what it answers.
   *
   * @throws IOException when the environment ended before it answered
   */
  public Answer invoke(String event, Duration timeout) throws IOException, InterruptedException {
    CompletableFuture<Answer> expected = new CompletableFuture<>();
    answer = expected;
    if (!process.isAlive()) {
      throw new IOException("the environment has ended: " + log());
    }
    events.add(new Invocation(event, timeout));
    try {
      return expected.get(timeout.toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.CancellationException e) {
      throw new IOException("the environment ended: " + log(), e);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("no answer: " + log(), e);
    }
  }

  /** The process, to be measured or killed. */
  public Process process() {
    return process;
  }

  /** What it printed. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    ended.join();
    threads.shutdownNow();
    api.stop(0);
  }

  /**
   * The option by which AWS's client takes its native library from a file in a folder: by itself it
   * would unpack one to /tmp, over that of another environment.
   */
  public static synchronized String libraryOption(Path folder) throws IOException {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "/jni/libaws-lambda-jni.linux-" + processor + ".so";
    Path file = folder.resolve(name.substring("/jni/".length()));
    if (!Files.exists(file)) {
      try (InputStream in = AWSLambda.class.getResourceAsStream(name)) {
        Files.copy(Objects.requireNonNull(in, name), file);
      }
    }
    return "-D" + LIBRARY_PROPERTY + "=" + file;
  }

  private Process start(
      Path jar, String handler, Map<String, String> environment, String libraryOption)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (environment.containsKey(WRAPPER)) {
      command.add(environment.get(WRAPPER));
    }
    command.addAll(
        List.of(
            S3Server.java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            libraryOption,
            "-cp",
            classPath(jar),
            CLIENT_TYPES.get(0),
            handler));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort(),
                "AWS_REGION", "eu-west-1",
                "AWS_LAMBDA_FUNCTION_NAME", "frostline-ingest",
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/frostline-ingest",
                "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[$LATEST]0",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "LAMBDA_TASK_ROOT", jar.toString()));
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static String classPath(Path jar) {
    List<String> entries = new ArrayList<>(List.of(jar.toString()));
    for (String type : CLIENT_TYPES) {
      try {
        entries.add(
            Class.forName(type).getProtectionDomain().getCodeSource().getLocation().getPath());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("The runtime interface client is a dependency", e);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      Invocation invocation = events.take();
      Instant deadline = Instant.now().plus(invocation.timeout());
      exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "request");
      exchange
          .getResponseHeaders()
          .add("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline.toEpochMilli()));
      exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", "arn");
      reply(exchange, 200, invocation.event().getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean succeeded = exchange.getRequestURI().getPath().endsWith("/response");
    reply(exchange, 202, "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
    answer.complete(new Answer(succeeded, body));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
