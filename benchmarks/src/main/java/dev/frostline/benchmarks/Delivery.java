package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.servers.FaultProxy;
import dev.frostline.servers.LambdaProcess;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lambda's asynchronous invocation with everything that it may do: each event is delivered 1 to 5
 * times, in any order, to 8 environments; one that fails is delivered twice more and then goes to
 * the on-failure destination; environments are killed at random.
 */
final class Delivery {
  static final String HANDLER = "dev.frostline.ingest.IngestHandler::handleRequest";
  private static final Path JAR =
      Path.of("ingest-function/target/ingest-function-0.1.0-lambda.jar");
  private static final int ENVIRONMENTS = 8;
  private static final int MOST_DELIVERIES = 5;
  private static final int TRIES = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final double KILLED = 0.01;

  /** Shares of S3 requests that meet a fault, and for how many deliveries. */
  private static final List<Map.Entry<Double, Integer>> FAULTS =
      List.of(
          Map.entry(0.01, 100),
          Map.entry(0.05, 100),
          Map.entry(0.2, 60),
          Map.entry(0.5, 30),
          Map.entry(1.0, 10));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path jar;
  private final Path folder;
  private final Path failures;
  private final FaultProxy proxy;
  private final Random random;
  private final Map<String, String> environment;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger givenUp = new AtomicInteger();
  private int deliveries;
  private int calm;
  private int killed;

  Delivery(Path root, Path folder, String landing, FaultProxy proxy, Random random)
      throws IOException {
    this.jar = root.resolve(JAR);
    this.folder = folder;
    this.failures = Files.createDirectories(folder.resolve("failures"));
    this.proxy = proxy;
    this.random = random;
    this.environment = new HashMap<>(S3Server.environment(proxy.endpoint()));
    environment.put("FROSTLINE_LANDING", landing);
  }

  /**
   * Deliveries with their repetitions, those that failed, events given up, and what was done to
   * them.
   */
  record Counts(
      int deliveries, int failures, int givenUp, int killed, long requests, long spoilt) {}

  synchronized Counts counts() {
    return new Counts(
        deliveries, failed.get(), givenUp.get(), killed, proxy.requests(), proxy.spoilt());
  }

  /** Where the on-failure destination keeps its records. */
  Path failures() {
    return failures;
  }

  /** Sends decoded batches and returns when each was taken or given up. */
  void send(List<String> batches) throws Exception {
    List<String> events = new ArrayList<>();
    for (String batch : batches) {
      events.addAll(
          Collections.nCopies(1 + random.nextInt(MOST_DELIVERIES), LambdaEvents.of(batch)));
    }
    Collections.shuffle(events, random);
    Queue<Attempt> queue = new ConcurrentLinkedQueue<>();
    events.forEach(event -> queue.add(new Attempt(event, 1)));
    AtomicReferenceArray<LambdaProcess> running = new AtomicReferenceArray<>(ENVIRONMENTS);
    ExecutorService threads = Executors.newFixedThreadPool(ENVIRONMENTS);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < ENVIRONMENTS; i++) {
      int number = i;
      workers.add(
          threads.submit(
              () -> {
                work(queue, running, number);
                return null;
              }));
    }
    try {
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private record Attempt(String event, int number) {}

  private void work(Queue<Attempt> queue, AtomicReferenceArray<LambdaProcess> running, int number)
      throws IOException, InterruptedException {
    try {
      for (Attempt next = queue.poll(); next != null; next = queue.poll()) {
        LambdaProcess environment = running.get(number);
        if (environment == null || !environment.process().isAlive()) {
          environment = new LambdaProcess(jar, HANDLER, this.environment, folder);
          running.set(number, environment);
        }
        disturb(running);
        if (!succeeds(environment, next.event())) {
          failed.incrementAndGet();
          again(next, queue);
        }
      }
    } finally {
      LambdaProcess environment = running.get(number);
      if (environment != null) {
        environment.close();
      }
    }
  }

  private static boolean succeeds(LambdaProcess environment, String event)
      throws InterruptedException {
    try {
      return environment.invoke(event, TIMEOUT).succeeded();
    } catch (IOException e) {
      return false; // it was killed
    }
  }

  private void again(Attempt attempt, Queue<Attempt> queue) throws IOException {
    if (attempt.number() < TRIES) {
      queue.add(new Attempt(attempt.event(), attempt.number() + 1));
      return;
    }
    Map<String, Object> record =
        Map.of(
            "version", "1.0",
            "requestContext",
                Map.of(
                    "functionArn",
                    "arn:aws:lambda:eu-west-1:123456789012:function:frostline-ingest:live",
                    "condition",
                    "RetriesExhausted",
                    "approximateInvokeCount",
                    TRIES),
            "requestPayload", JSON.readTree(attempt.event()));
    JSON.writeValue(failures.resolve("failure-" + givenUp.incrementAndGet()).toFile(), record);
  }

  /** Counts a delivery; now and then changes how many requests fail, or kills an environment. */
  private synchronized void disturb(AtomicReferenceArray<LambdaProcess> running) {
    deliveries++;
    if (--calm < 0) {
      Map.Entry<Double, Integer> next = FAULTS.get(random.nextInt(FAULTS.size()));
      proxy.spoil(next.getKey());
      calm = next.getValue();
    }
    LambdaProcess victim = running.get(random.nextInt(ENVIRONMENTS));
    if (random.nextDouble() < KILLED && victim != null && victim.process().isAlive()) {
      victim.process().destroyForcibly();
      killed++;
    }
  }
}
