package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a sync of 200 new events on 100 streams costs, by how much the streams have said before:
 * each in a process of 512 MB heap, in CPU time. Requests are stored as every sync stores them;
 * more of the past are rows copied by SQL, between the cold starts and those requests.
 *
 * <p>Arguments: millions of stored events, e.g. {@code 1.2 12 120}.
 */
public final class SyncGrowth {
  private static final int STREAMS = 100;
  private static final int REQUESTS = 4_000;
  private static final int ROUNDS = 5;
  private static final Random RANDOM = new Random(18);
  private static final long BEGAN = 1_700_000_000_000L;
  private static final long SERVED = 1_790_000_000_000L;

  private SyncGrowth() {}

  /** Prints the figures. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    try (WorkFolder work = WorkFolder.make("growth")) {
      Path base = work.path().resolve("base.duckdb");
      fill(base);
      for (String millions : arguments) {
        Path store = work.path().resolve(millions + ".duckdb");
        Files.copy(base, store, StandardCopyOption.REPLACE_EXISTING);
        long events = grow(store, (long) (1e6 * Double.parseDouble(millions)));
        measure(work.path(), store, events);
        Files.delete(store);
      }
    }
  }

  private static void fill(Path file) {
    try (Store store = Store.open(file)) {
      for (int number = 0; number < STREAMS; number++) {
        List<TimedLine> lines = new ArrayList<>();
        add(
            lines,
            BEGAN,
            new TimingLine.InitStart("python:3.13.v43", null, null, null, null, null));
        request(lines, BEGAN + 300, 250_000L);
        for (int request = 0; request < REQUESTS; request++) {
          request(lines, SERVED + 1_000L * request, null);
        }
        try (Ingestion ingestion = store.ingest("file", "growth")) {
          ingestion.add(stream(number), lines);
          ingestion.commit(lines.size(), 0, Map.of());
        }
      }
    }
  }

  private static StreamId stream(int number) {
    return new StreamId("123456789012", "eu-west-1", "/aws/lambda/growth", streamName(number));
  }

  private static String streamName(int number) {
    return "2026/09/19/[4]" + String.format(Locale.ROOT, "%032x", number);
  }

  private static void request(List<TimedLine> lines, long at, @Nullable Long initMicros) {
    String id = new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
    add(lines, at, new TimingLine.Start(id, "4"));
    add(
        lines,
        at + 20,
        new TimingLine.Report(id, 20_000L, 20_000L, 512L, 80L, initMicros, null, null, null, null));
  }

  private static void add(List<TimedLine> lines, long at, TimingLine line) {
    lines.add(new TimedLine(at, new EventId(at, RANDOM.nextLong(), lines.size()), 0, line));
  }

  /** Copies runs of warm requests into the past until so many events are stored. */
  private static long grow(Path file, long events) throws SQLException {
    long before = 2L * STREAMS * (1 + REQUESTS);
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          """
          INSERT INTO warm_run
          SELECT stream_id, number + 1000 + copy * 100, first_at - to_hours(2 * copy + 2), last_at - to_hours(2 * copy + 2),
            lines, invocations, behind, events
          FROM range(%d) AS copies(copy), warm_run
          """
              .formatted(Math.max(0, events - before) / (2L * STREAMS * REQUESTS) + 1));
      statement.execute("CHECKPOINT");
      try (ResultSet rows = statement.executeQuery("SELECT sum(lines) FROM warm_run")) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void measure(Path folder, Path store, long events)
      throws IOException, InterruptedException {
    double[] seconds = new double[ROUNDS];
    long memory = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path landing =
          Files.createDirectories(folder.resolve("landing-" + store.getFileName() + round));
      land(landing, round);
      ProcessCost cost = run("sync", landing.toString(), "--db", store.toString());
      seconds[round] = cost.cpuSeconds();
      memory = Math.max(memory, cost.mostMegabytes());
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "%,d events stored (%,d MB): sync of %d new ones %.2f CPU-s (median of %d, least"
            + " %.2f), at most %,d MB of memory with -Xmx512m%n",
        events,
        Files.size(store) >> 20,
        2 * STREAMS,
        seconds[ROUNDS / 2],
        ROUNDS,
        seconds[0],
        memory);
  }

  private static void land(Path landing, int round) throws IOException {
    DirectoryLanding directory = new DirectoryLanding(landing);
    IngestHandler handler = new IngestHandler(directory, "eu-west-1", null);
    for (int number = 0; number < STREAMS; number++) {
      long at = SERVED + 1_000L * (REQUESTS + 10 + round);
      String id = new UUID(at, number).toString();
      String batch =
          """
          {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/growth","logStream":"%s",\
          "subscriptionFilters":["f"],"logEvents":[{"id":"%d1","timestamp":%d,"message":"START RequestId: %s Version: 4"},\
          {"id":"%d2","timestamp":%d,"message":"REPORT RequestId: %s\\tDuration: 20.00 ms\\tBilled Duration: 20 ms\\tMemory Size: 512 MB\\tMax Memory Used: 80 MB"}]}\
          """
              .formatted(streamName(number), at, at, id, at, at + 20, id);
      CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
      logs.setData(Base64.getEncoder().encodeToString(LambdaEvents.gzip(batch)));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(logs);
      handler.handleRequest(event, null);
    }
  }

  private static ProcessCost run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.frostline.cli.Frostline"));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile("frostline", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ProcessCost cost = ProcessCost.of(process);
    String said = Files.readString(log);
    Files.delete(log);
    if (process.exitValue() != 0 || !said.contains("200 = 200 stored")) {
      throw new IOException("sync exited with " + process.exitValue() + ": " + said);
    }
    return cost;
  }
}
