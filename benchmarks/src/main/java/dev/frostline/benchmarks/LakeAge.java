package dev.frostline.benchmarks;

import com.amazonaws.services.lambda.runtime.events.CloudWatchLogsEvent;
import dev.frostline.ingest.IngestHandler;
import dev.frostline.lake.LakeSync;
import dev.frostline.lake.Place;
import dev.frostline.servers.S3Server;
import dev.frostline.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * What a sync into a lake costs by the lake's age: 40 functions with 10 cold starts of 300 imports
 * a day each, on a real S3-compatible server; then an hour's batches, 20 cold starts, five times.
 *
 * <p>Arguments: days, e.g. {@code 10 300}.
 */
public final class LakeAge {
  private static final int FUNCTIONS = 40;
  private static final int STARTS = 10;
  private static final int IMPORTS = 300;
  private static final int ROUNDS = 5;

  private LakeAge() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    try (WorkFolder work = WorkFolder.make("age");
        S3Server server = S3Server.start(work.path())) {
      System.setProperty("aws.accessKeyId", "frostline");
      System.setProperty("aws.secretAccessKey", "not-a-secret");
      System.setProperty("aws.region", "eu-west-1");
      for (String days : arguments) {
        measure(work.path(), server, Integer.parseInt(days));
      }
    }
  }

  private static void measure(Path folder, S3Server server, int days)
      throws IOException, SQLException {
    String root = "s3://" + S3Server.BUCKET + "/" + days;
    Path store = folder.resolve(days + ".duckdb");
    fill(store, days);
    try (Place landing = Place.at(root, server.endpoint());
        Metered lake = new Metered(Place.at(root + "/lake", server.endpoint()))) {
      new LakeSync(landing, lake).moveIn(store, landing);
      sync(landing, lake);
      System.out.printf(Locale.ROOT, "%d days, store of %,d MB:%n", days, Files.size(store) >> 20);
      Files.delete(store);
      for (int round = 0; round < ROUNDS; round++) {
        land(landing, round);
        lake.reset();
        long begin = System.nanoTime();
        long cpu = cpuNanos();
        LakeSync.Summary summary = sync(landing, lake);
        System.out.printf(
            Locale.ROOT,
            "  %.2f s, %.2f CPU s, read %,d kB and written %,d kB of the lake by %d requests; %d"
                + " days%n",
            (System.nanoTime() - begin) / 1e9,
            (cpuNanos() - cpu) / 1e9,
            lake.read >> 10,
            lake.written >> 10,
            lake.requests,
            summary.daysWritten());
      }
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static LakeSync.Summary sync(Place landing, Place lake) throws IOException {
    return new LakeSync(landing, lake)
        .run(Instant.MAX, false, LakeAge::failed, (judged, looked, open) -> {});
  }

  /** The days before today, each like the others. */
  private static void fill(Path file, int days) throws SQLException {
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          """
          CREATE TEMP TABLE made AS
          SELECT
            (hash(f, d, n) >> 1)::BIGINT AS id, f, d, n,
            date_trunc('day', current_timestamp AT TIME ZONE 'UTC') - to_days((d + 1)::INT) + to_minutes((60 * n + f)::INT) AS began
          FROM range(%d) functions(f), range(%d) days(d), range(%d) starts(n)
          """
              .formatted(FUNCTIONS, days, STARTS));
      statement.execute(
          """
          INSERT INTO log_stream
          SELECT id, '123456789012', 'eu-west-1', '/aws/lambda/age-' || f, strftime(began, '%Y/%m/%d') || '/[1]' || id, began,
            began + INTERVAL 1 MINUTE, 1, 'x'::BLOB, id
          FROM made
          """);
      statement.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT id AS cold_start_id, id AS stream_id, '123456789012' AS account, 'eu-west-1' AS region, 'age-' || f AS function,
            (1 + (400 - d) // 5)::VARCHAR AS version, version AS deployment, '/aws/lambda/age-' || f AS log_group,
            strftime(began, '%Y/%m/%d') || '/[1]' || id AS log_stream, 0 AS ordinal, began AS started_at, 'python3.13' AS runtime,
            'x86_64' AS architecture, 512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust,
            0 AS suspect_lines, 'complete' AS completeness, 300 + n AS init_ms, 300 AS import_count
          FROM made
          """);
      statement.execute(
          """
          INSERT INTO import_timing
          SELECT id, m, NULL, 0, 0, 'python module', 'package' || m // 10 || '.module' || m, 300 + hash(id, m) %% 900, 900, 'init', false
          FROM made, range(%d) modules(m)
          """
              .formatted(IMPORTS));
      statement.execute("CHECKPOINT");
    }
  }

  /** Half of the functions start once more, and print a few imports. */
  private static void land(Place landing, int round) throws IOException {
    IngestHandler handler =
        new IngestHandler(
            (key, content, deadline) -> landing.create(key, content), "eu-west-1", null);
    for (int function = 0; function < FUNCTIONS / 2; function++) {
      CloudWatchLogsEvent.AWSLogs logs = new CloudWatchLogsEvent.AWSLogs();
      logs.setData(data(batch(function, round)));
      CloudWatchLogsEvent event = new CloudWatchLogsEvent();
      event.setAwsLogs(logs);
      handler.handleRequest(event, null);
    }
  }

  private static String batch(int function, int round) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String day = now.toString().substring(0, 10).replace('-', '/');
    StringBuilder events = new StringBuilder();
    String request = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", function);
    List<String> lines =
        List.of(
            "INIT_START Runtime Version: python:3.13.v43 Runtime Version ARN:"
                + " arn:aws:lambda:eu-west-1::runtime:x",
            "import time:       900 |        900 | package1.module1",
            "START RequestId: " + request + " Version: 80",
            "END RequestId: " + request,
            "REPORT RequestId: "
                + request
                + " Duration: 9.00 ms Billed Duration: 320 ms Memory Size: 512 MB Max Memory Used:"
                + " 60 MB Init Duration: 310.00 ms");
    for (int i = 0; i < lines.size(); i++) {
      long at = now.toEpochMilli() - 5000 + i;
      events
          .append(i == 0 ? "" : ",")
          .append("{\"id\":\"")
          .append(String.format(Locale.ROOT, "%056d", at * 1000 + i))
          .append("\",\"timestamp\":")
          .append(at)
          .append(",\"message\":\"")
          .append(lines.get(i).replace(" Duration", "\\tDuration").replace(" Billed", "\\tBilled"))
          .append("\"}");
    }
    return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"/aws/lambda/age-"
        + function
        + "\",\"logStream\":\""
        + day
        + "/[80]"
        + String.format(Locale.ROOT, "%032x", 1000 * round + function)
        + "\",\"subscriptionFilters\":[\"frostline\"],\"logEvents\":["
        + events
        + "]}";
  }

  private static String data(String batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(batch.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void failed(String key, String reason) {
    throw new IllegalStateException(key + ": " + reason);
  }

  /** Counts what passes. */
  private static final class Metered implements Place {
    private final Place place;
    private long read;
    private long written;
    private int requests;

    Metered(Place place) {
      this.place = place;
    }

    void reset() {
      read = 0;
      written = 0;
      requests = 0;
    }

    @Override
    public List<Entry> entries(String folder) throws IOException {
      requests++;
      return place.entries(folder);
    }

    @Override
    public InputStream open(String key) throws IOException {
      requests++;
      return new FilterInputStream(place.open(key)) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = super.read(bytes, offset, length);
          read += Math.max(0, count);
          return count;
        }
      };
    }

    @Override
    public String link(String key, Duration valid) throws IOException {
      return place.link(key, valid);
    }

    @Override
    public boolean create(String key, byte[] content) throws IOException {
      requests++;
      written += content.length;
      return place.create(key, content);
    }

    @Override
    public void write(String key, Path file) throws IOException {
      requests++;
      written += Files.size(file);
      place.write(key, file);
    }

    @Override
    public void delete(String key) throws IOException {
      requests++;
      place.delete(key);
    }

    @Override
    public void close() {
      place.close();
    }
  }
}
