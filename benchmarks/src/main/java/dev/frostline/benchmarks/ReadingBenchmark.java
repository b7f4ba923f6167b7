package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.ingest.BatchReader;
import dev.frostline.ingest.LineTally;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads real subscription batches from base64 to rows of cold starts and import timings, against
 * the floor (base64 and gunzip of the same bytes, which no reader can go without) and against a
 * Python script with a regular expression. CPU time of the reading thread; the three take turns in
 * one run.
 *
 * <p>Arguments: a file of decoded batches by the line (.gz), and the number of rounds.
 */
public final class ReadingBenchmark {
  private final List<String> batches = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 16];
  private final BatchReader reader = new BatchReader("eu-west-1", null);
  private long lines;
  private long sink;

  private ReadingBenchmark() {}

  /** Prints lines per second and ratios. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file =
        Path.of(
            arguments.length > 0
                ? arguments[0]
                : "../shared/data/lambda-python/checkout-api/quiet/v4.ndjson.gz");
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    ReadingBenchmark benchmark = new ReadingBenchmark();
    benchmark.load(file);
    benchmark.run(rounds);
  }

  private void load(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader payloads =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String payload = payloads.readLine(); payload != null; payload = payloads.readLine()) {
        JsonNode batch = json.readTree(payload);
        lines += batch.path("logEvents").size();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
          out.write(payload.getBytes(StandardCharsets.UTF_8));
        }
        batches.add(Base64.getEncoder().encodeToString(gzip.toByteArray()));
      }
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    long[] floor = new long[rounds];
    long[] rows = new long[rounds];
    for (int round = -rounds / 2; round < rounds; round++) {
      long begin = cpu();
      floor();
      long between = cpu();
      rows();
      long end = cpu();
      if (round >= 0) {
        floor[round] = between - begin;
        rows[round] = end - between;
      }
    }
    double python = python();
    double floorSeconds = median(floor);
    double rowSeconds = median(rows);
    System.out.printf(
        Locale.ROOT,
        "batches %d, lines %d, rounds %d (check %d)%n",
        batches.size(),
        lines,
        rounds,
        sink);
    System.out.printf(
        Locale.ROOT, "floor, base64 + gunzip   %,12.0f lines/s%n", lines / floorSeconds);
    System.out.printf(
        Locale.ROOT,
        "batch to rows            %,12.0f lines/s   %.2f x the time of the floor (bound 2.4)%n",
        lines / rowSeconds,
        rowSeconds / floorSeconds);
    System.out.printf(
        Locale.ROOT,
        "Python, json + re        %,12.0f lines/s   ours is %.1f x as fast (bound 4)%n",
        lines / python,
        python / rowSeconds);
  }

  private void floor() throws IOException {
    for (String batch : batches) {
      try (InputStream in =
          new GZIPInputStream(
              new ByteArrayInputStream(Base64.getDecoder().decode(batch)), 1 << 16)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          sink += read;
        }
      }
    }
  }

  private void rows() throws IOException {
    for (String batch : batches) {
      reader.read(
          batch,
          (stream, timed) -> {
            for (ColdStart start : StreamAssembly.assemble(stream, timed).coldStarts()) {
              sink += start.imports().size();
            }
          },
          new LineTally());
    }
  }

  /**
   * The same bytes through the script that people write first; it prints its own CPU seconds a
   * pass.
   */
  private double python() throws IOException, InterruptedException {
    Path data = Files.createTempFile("batches", ".txt");
    try {
      Files.write(data, batches);
      String script = String.join("\n", PYTHON);
      Process process =
          new ProcessBuilder("python3", "-c", script, data.toString())
              .redirectErrorStream(true)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IOException("the Python script failed: " + printed);
      }
      return Double.parseDouble(printed);
    } finally {
      Files.delete(data);
    }
  }

  private static final List<String> PYTHON =
      List.of(
          "import base64, gzip, json, re, sys, time",
          "row = re.compile(r'import time:\\s+(-?\\d+) \\|\\s+(\\d+) \\| ( *)(.*)')",
          "batches = open(sys.argv[1]).read().split()",
          "passes = []",
          "for turn in range(7):",
          "    began = time.process_time()",
          "    rows = []",
          "    for batch in batches:",
          "        payload = json.loads(gzip.decompress(base64.b64decode(batch)))",
          "        for event in payload['logEvents']:",
          "            found = row.match(event['message'])",
          "            if found:",
          "                own, total, indent, name = found.groups()",
          "                rows.append((event['id'], int(own), int(total), len(indent) // 2,"
              + " name))",
          "    passes.append(time.process_time() - began)",
          "print(sorted(passes)[3])");

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e9;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
