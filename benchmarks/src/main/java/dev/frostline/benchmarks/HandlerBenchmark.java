package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.servers.LambdaProcess;
import dev.frostline.servers.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the ingest function costs from JVM start to its first batch landed in an S3-compatible
 * server, and for each further one: CPU seconds and peak memory of whole processes with the
 * deployable jar and nothing else on the class path but this class. An empty JVM is the floor.
 *
 * <p>Arguments: deployable jars, to be compared in turns, and a folder of decoded batches by the
 * line (.gz). {@code --layer FOLDER}, Frostline's own layer unpacked, asks instead what that adds
 * under AWS's runtime client.
 */
public final class HandlerBenchmark {
  private static final int RUNS = 7;
  private static final int WARM = 50;
  private static final int LARGEST_GZIP = 1_000_000;

  private HandlerBenchmark() {}

  /** Prints medians; called with {@code --batch FILE} it is the measured process itself. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2 && arguments[0].equals("--batch")) {
      land(arguments[1]);
      return;
    }
    List<Path> jars = new ArrayList<>();
    Path logs = Path.of("../shared/data/lambda-python/checkout-api/quiet");
    Path layer = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].endsWith(".jar")) {
        jars.add(Path.of(arguments[i]));
      } else if (arguments[i].equals("--layer")) {
        layer = Path.of(arguments[++i]).toAbsolutePath();
      } else {
        logs = Path.of(arguments[i]);
      }
    }
    if (jars.isEmpty()) {
      jars.add(Path.of("ingest-function/target/ingest-function-0.1.0-lambda.jar"));
    }
    try (WorkFolder folder = WorkFolder.make("handler");
        S3Server server = S3Server.start(folder.path())) {
      if (layer != null) {
        Path batch = folder.path().resolve("batch");
        write(logs, batch, 1);
        compareLayer(jars.get(0), layer, Files.readString(batch), server, folder.path());
        return;
      }
      measure("empty JVM", jars.subList(0, 1), "", server, 0);
      for (int most : new int[] {1, LARGEST_GZIP}) {
        Path batch = folder.path().resolve("batch-" + most);
        int lines = write(logs, batch, most);
        measure("one batch of " + lines + " lines", jars, batch.toString(), server, lines);
      }
    }
  }

  private static void measure(
      String what, List<Path> jars, String batch, S3Server server, int lines)
      throws IOException, InterruptedException {
    double[][][] figures = new double[jars.size()][3][RUNS];
    for (int run = 0; run < RUNS; run++) {
      for (int form = 0; form < jars.size(); form++) {
        String[] printed = child(jars.get(form), batch, server).split(" ", -1);
        for (int figure = 0; figure < printed.length; figure++) {
          figures[form][figure][run] = Double.parseDouble(printed[figure]);
        }
      }
    }
    for (int form = 0; form < jars.size(); form++) {
      print(jars.size() == 1 ? what : what + ", " + jars.get(form), figures[form], lines);
    }
  }

  private static void print(String what, double[][] figures, int lines) {
    double[] medians = new double[figures.length];
    for (int figure = 0; figure < figures.length; figure++) {
      Arrays.sort(figures[figure]);
      medians[figure] = figures[figure][RUNS / 2];
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s cold %.2f CPU-s, peak %.0f MB; warm %.1f CPU-ms a batch: %,.0f batches and %,.0f"
            + " lines a CPU-s%n",
        what,
        medians[0],
        medians[1],
        1000 * medians[2],
        medians[2] == 0 ? 0 : 1 / medians[2],
        medians[2] == 0 ? 0 : lines / medians[2]);
  }

  /** From the start of an environment to the answer to its first event, in turns. */
  private static void compareLayer(Path jar, Path layer, String data, S3Server server, Path folder)
      throws IOException, InterruptedException {
    Map<String, String> plain = new HashMap<>(server.environment());
    plain.put("AWS_EXECUTION_ENV", "AWS_Lambda_java17");
    Map<String, String> layered = new HashMap<>(plain);
    layered.put("AWS_LAMBDA_EXEC_WRAPPER", layer.resolve("bin/importtime_wrapper").toString());
    double[][][] figures = new double[2][3][RUNS];
    String timed = "";
    for (int run = 0; run < RUNS; run++) {
      for (int form = 0; form < 2; form++) {
        Map<String, String> environment = new HashMap<>(form == 0 ? plain : layered);
        environment.put(
            "FROSTLINE_LANDING", "s3://" + S3Server.BUCKET + "/layer-" + System.nanoTime());
        try (LambdaProcess function =
            new LambdaProcess(jar, Delivery.HANDLER, environment, folder)) {
          LambdaProcess.Answer answer =
              function.invoke("{\"awslogs\":{\"data\":\"" + data + "\"}}", Duration.ofMinutes(1));
          if (!answer.succeeded()) {
            throw new IOException("the handler failed: " + answer.body());
          }
          figures[form][0][run] = cpuSeconds(function.process().toHandle());
          figures[form][1][run] = peakMegabytes(String.valueOf(function.process().pid()));
          timed = function.log().replaceFirst("(?s).*FROSTLINE end .* records=(\\d+) .*", "$1");
        }
      }
    }
    print("runtime client alone", figures[0], 0);
    print("with the layer, " + timed + " classes told", figures[1], 0);
  }

  /** The flags are those of Lambda's managed Java. */
  private static String child(Path jar, String batch, S3Server server)
      throws IOException, InterruptedException {
    String classes =
        HandlerBenchmark.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            jar + ":" + classes,
            HandlerBenchmark.class.getName(),
            "--batch",
            batch);
    builder.environment().putAll(server.environment());
    builder
        .environment()
        .put("FROSTLINE_LANDING", "s3://" + S3Server.BUCKET + "/run-" + System.nanoTime());
    Process process = builder.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("the handler failed: " + printed);
    }
    return printed;
  }

  /** Prints CPU seconds and peak MB with the first batch, and CPU seconds for each further one. */
  private static void land(String batch) throws IOException {
    double cold = 0;
    long peak = 0;
    double warm = 0;
    if (batch.isEmpty()) {
      cold = cpuSeconds();
      peak = peakMegabytes("self");
    } else {
      CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
      logs.setData(Files.readString(Path.of(batch)));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(logs);
      IngestHandler handler = new IngestHandler();
      handler.handleRequest(event, null);
      cold = cpuSeconds();
      for (int more = 0; more < 2 * WARM; more++) {
        warm = more == WARM ? cpuSeconds() : warm;
        handler.handleRequest(event, null);
      }
      warm = (cpuSeconds() - warm) / WARM;
      peak = peakMegabytes("self");
    }
    System.out.println(cold + " " + peak + " " + warm);
  }

  private static double cpuSeconds() {
    return cpuSeconds(ProcessHandle.current());
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
  }

  private static long peakMegabytes(String process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D+", "")) / 1000;
      }
    }
    return 0;
  }

  /** Writes a batch of as many events as fit into so much gzip, of one payload at least. */
  private static int write(Path logs, Path file, int mostGzip) throws IOException {
    List<String> payloads = DeliveryProof.batches(logs, 0);
    int most = payloads.size();
    while (true) {
      String batch = batch(payloads.subList(0, most));
      byte[] gzip = LambdaEvents.gzip(batch);
      if (gzip.length <= mostGzip || most == 1) {
        Files.writeString(file, Base64.getEncoder().encodeToString(gzip));
        return batch.split("\"timestamp\"", -1).length - 1;
      }
      most = Math.max(1, Math.min(most - 1, (int) ((long) most * mostGzip / gzip.length)));
    }
  }

  /** The events of all payloads under the head of the first. */
  private static String batch(List<String> payloads) {
    List<String> events = new ArrayList<>();
    for (String payload : payloads) {
      events.add(payload.substring(list(payload), payload.lastIndexOf("]}")));
    }
    String first = payloads.get(0);
    return first.substring(0, list(first)) + String.join(",", events) + "]}";
  }

  private static int list(String payload) {
    return payload.indexOf("\"logEvents\":[") + "\"logEvents\":[".length();
  }
}
