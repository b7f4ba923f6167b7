package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.IngestHandler;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the ingest function costs from JVM start to its first batch landed: CPU seconds and peak
 * memory of whole processes with the deployable jar and nothing else on the class path but this
 * class. An empty JVM is the floor.
 *
 * <p>Arguments: the deployable jar, and a file of decoded batches by the line (.gz).
 */
public final class HandlerBenchmark {
  private static final int RUNS = 7;

  private HandlerBenchmark() {}

  /** Prints medians; called with {@code --batch FILE} it is the measured process itself. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2 && arguments[0].equals("--batch")) {
      land(arguments[1]);
      return;
    }
    Path jar =
        Path.of(
            arguments.length > 0
                ? arguments[0]
                : "ingest-function/target/ingest-function-0.1.0-lambda.jar");
    Path logs =
        Path.of(
            arguments.length > 1
                ? arguments[1]
                : "../shared/data/lambda-python/checkout-api/quiet/v4.ndjson.gz");
    Path work = Files.createTempDirectory("handler");
    measure("empty JVM", jar, "");
    measure(
        "one batch of " + write(logs, work.resolve("small"), 1) + " lines",
        jar,
        work.resolve("small").toString());
    measure(
        "one batch of " + write(logs, work.resolve("large"), 60) + " lines",
        jar,
        work.resolve("large").toString());
  }

  private static void measure(String what, Path jar, String batch)
      throws IOException, InterruptedException {
    double[] cpu = new double[RUNS];
    double[] memory = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      String[] printed = child(jar, batch).split(" ", -1);
      cpu[run] = Double.parseDouble(printed[0]);
      memory[run] = Double.parseDouble(printed[1]);
    }
    Arrays.sort(cpu);
    Arrays.sort(memory);
    System.out.printf(
        Locale.ROOT,
        "%-28s %.2f CPU-s (aim 0.4), peak %.0f MB (aim 100)%n",
        what,
        cpu[RUNS / 2],
        memory[RUNS / 2]);
  }

  /** The flags are those of Lambda's managed Java. */
  private static String child(Path jar, String batch) throws IOException, InterruptedException {
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
    Path landing = Files.createTempDirectory("landing");
    builder
        .environment()
        .putAll(Map.of("FROSTLINE_LANDING", landing.toString(), "AWS_REGION", "eu-west-1"));
    Process process = builder.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("the handler failed: " + printed);
    }
    return printed;
  }

  private static void land(String batch) throws IOException {
    if (!batch.isEmpty()) {
      CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
      logs.setData(Files.readString(Path.of(batch)));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(logs);
      new IngestHandler().handleRequest(event, null);
    }
    double cpu =
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        System.out.println(cpu + " " + Long.parseLong(line.replaceAll("\\D+", "")) / 1000);
      }
    }
  }

  /** Writes a batch of the first payloads' events, and returns how many lines it holds. */
  private static int write(Path logs, Path file, int payloads) throws IOException {
    List<String> events = new ArrayList<>();
    String head = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(logs)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && payloads > events.size();
          line = lines.readLine()) {
        int list = line.indexOf("\"logEvents\":[") + "\"logEvents\":[".length();
        head = head.isEmpty() ? line.substring(0, list) : head;
        events.add(line.substring(list, line.lastIndexOf("]}")));
      }
    }
    String batch = head + String.join(",", events) + "]}";
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(batch.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(file, Base64.getEncoder().encodeToString(gzip.toByteArray()));
    return batch.split("\"timestamp\"", -1).length - 1;
  }
}
