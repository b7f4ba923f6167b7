package dev.frostline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What {@code frostline ingest} costs by the size of what it is given, in CPU time and in processes
 * of 512 MB heap: a tenth of many small files against all of them, the export of one large stream,
 * and a large file of batches; and, in this process, a hundred appends to one stream.
 *
 * <p>Arguments: {@code --files N} (100,000), {@code --appends N} (100), {@code --export MB} (584),
 * {@code --batches MB} (2,000); 0 leaves one out.
 */
public final class IngestSize {
  private static final Random RANDOM = new Random(17);
  private static final long BEGAN = 1_790_000_000_000L;
  private static final int MODULES = 20;
  private static final int FUNCTIONS = 40;
  private static final int FILES_A_FOLDER = 1_000;

  private final Path work;

  private IngestSize(Path work) {
    this.work = work;
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> options = Options.of(arguments);
    try (WorkFolder folder = WorkFolder.make("size")) {
      IngestSize size = new IngestSize(folder.path());
      size.files(Integer.parseInt(options.getOrDefault("--files", "100000")));
      size.appends(Integer.parseInt(options.getOrDefault("--appends", "100")));
      size.export(Long.parseLong(options.getOrDefault("--export", "584")) << 20);
      size.batches(Long.parseLong(options.getOrDefault("--batches", "2000")) << 20);
    }
  }

  private void files(int count) throws IOException, InterruptedException {
    if (count == 0) {
      return;
    }
    Path logs = Files.createDirectory(work.resolve("files"));
    for (int i = 0; i < count; i++) {
      Path folder = Files.createDirectories(logs.resolve("" + i * 10L / count));
      Path part = Files.createDirectories(folder.resolve("" + i / FILES_A_FOLDER));
      Files.writeString(part.resolve(i + ".json"), batch(i, start(i)));
    }
    double some = ingest("tenth", logs.resolve("0")).cpuSeconds();
    ProcessCost all = ingest("all", logs);
    System.out.printf(
        Locale.ROOT,
        "%,d files: %s, %.2f CPU-ms a file; of a tenth of them %.2f%n",
        count,
        all,
        1e3 * all.cpuSeconds() / count,
        1e4 * some / count);
  }

  /** One after the other in one process, so that no start of a JVM is counted. */
  private void appends(int count) throws IOException {
    if (count == 0) {
      return;
    }
    double[] seconds = new double[count];
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Path file = work.resolve("append.json");
    try (Store store = Store.open(work.resolve("appends.duckdb"))) {
      for (int i = 0; i < count; i++) {
        StringBuilder events = new StringBuilder(i == 0 ? start(0) : "");
        for (int request = 0; request < 200; request++) {
          events.append(events.isEmpty() ? "" : ",");
          events.append(request(BEGAN + 1_000 + (i * 200L + request) * 1_000, ""));
        }
        Files.writeString(file, batch(0, events.toString()));
        long begun = system.getProcessCpuTime();
        try (Ingestion ingestion = store.ingest("file", "append " + i)) {
          LineTally tally = new LogFile(file, Origin.ofRegion("eu-west-1")).read(ingestion::add);
          ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
        }
        seconds[i] = (system.getProcessCpuTime() - begun) / 1e9;
      }
    }
    int tenth = count / 10;
    System.out.printf(
        Locale.ROOT,
        "%d appends of 200 requests to one stream: CPU-ms of the second tenth %.0f, of the last"
            + " %.0f (medians)%n",
        count,
        1e3 * median(Arrays.copyOfRange(seconds, tenth, 2 * tenth)),
        1e3 * median(Arrays.copyOfRange(seconds, count - tenth, count)));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private void export(long bytes) throws IOException, InterruptedException {
    if (bytes == 0) {
      return;
    }
    Path logs = work.resolve("export");
    Path stream =
        Files.createDirectories(logs.resolve("2026-09-21-[7]00000000000000000000000000000001"));
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(stream.resolve("000000"))) {
      for (long at = BEGAN; written < bytes; at += 1_000) {
        String id = uuid();
        String text =
            exported(at, "START RequestId: " + id + " Version: 7")
                + exported(at + 20, "END RequestId: " + id)
                + exported(at + 21, report(id, at == BEGAN ? "\\tInit Duration: 310.11 ms" : ""));
        out.write(text);
        written += text.length();
      }
    }
    ProcessCost cost = ingest("export", logs, "-f", "large");
    System.out.printf(Locale.ROOT, "export of one stream, %,d MB: %s%n", written >> 20, cost);
  }

  private void batches(long bytes) throws IOException, InterruptedException {
    if (bytes == 0) {
      return;
    }
    Path file = work.resolve("batches.ndjson");
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; written < bytes; i++) {
        String text = batch(i, start(i)) + "\n";
        out.write(text);
        written += text.length();
      }
    }
    ProcessCost cost = ingest("batches", file);
    System.out.printf(Locale.ROOT, "batches in one file, %,d MB: %s%n", written >> 20, cost);
  }

  private ProcessCost ingest(String store, Path logs, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.frostline.cli.Frostline",
                "ingest",
                logs.toString(),
                "--region",
                "eu-west-1",
                "--db",
                work.resolve(store + ".duckdb").toString(),
                "-o",
                "off"));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).inheritIO().start();
    ProcessCost cost = ProcessCost.of(process);
    if (process.exitValue() != 0) {
      throw new IOException("ingest ended with " + process.exitValue());
    }
    return cost;
  }

  private static String batch(int number, String events) {
    return """
    {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/size-%d","logStream":"%s",\
    "subscriptionFilters":["f"],"logEvents":[%s]}\
    """
        .formatted(
            number % FUNCTIONS,
            "2026/09/19/[4]" + String.format(Locale.ROOT, "%032x", number),
            events);
  }

  private static String start(int number) {
    long at = BEGAN + number * 1_000L;
    StringBuilder events =
        new StringBuilder(event(at, "INIT_START Runtime Version: python:3.13.v43"));
    for (int i = 0; i < MODULES; i++) {
      String row =
          String.format(
              Locale.ROOT,
              "import time: %9d | %10d | pkg%d.mod%d",
              50 + RANDOM.nextInt(5_000),
              5_050,
              i % 7,
              i);
      events.append(',').append(event(at + 100, row));
    }
    String init = "\\tInit Duration: " + (200 + RANDOM.nextInt(200)) + ".5 ms";
    return events.append(',').append(request(at + 300, init)).toString();
  }

  private static String request(long at, String init) {
    String id = uuid();
    return event(at, "START RequestId: " + id + " Version: 4")
        + ","
        + event(at + 20, "END RequestId: " + id)
        + ","
        + event(at + 21, report(id, init));
  }

  private static String uuid() {
    return new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  private static String report(String id, String init) {
    return "REPORT RequestId: "
        + id
        + "\\tDuration: 20.07 ms\\tBilled Duration: 21 ms\\tMemory Size: 512 MB"
        + "\\tMax Memory Used: 80 MB"
        + init;
  }

  private static String exported(long at, String message) {
    return Instant.ofEpochMilli(at) + " " + message.replace("\\t", "\t") + "\n";
  }

  private static String event(long at, String message) {
    return "{\"id\":\"3"
        + String.format(Locale.ROOT, "%018d%018d", at, RANDOM.nextLong() >>> 5)
        + "\",\"timestamp\":"
        + at
        + ",\"message\":\""
        + message
        + "\"}";
  }
}
