package dev.frostline.benchmarks;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.ImportTiming;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Stores real timing lines, against the floor: DuckDB's appender, inside a transaction, given
 * nothing but the finished rows of the largest table. Prints rows a second and bytes an import
 * timing takes in the store.
 *
 * <p>Arguments: a folder in the shape of lambda-python, and how many copies of it to store.
 */
public final class StoringBenchmark {
  private final Map<StreamId, List<TimedLine>> streams = new HashMap<>();
  private final int copies;

  private StoringBenchmark(int copies) {
    this.copies = copies;
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "../shared/data/lambda-python");
    StoringBenchmark benchmark =
        new StoringBenchmark(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4);
    benchmark.read(folder);
    try (WorkFolder work = WorkFolder.make("storing")) {
      benchmark.run(work.path());
    }
  }

  private void read(Path folder) throws IOException {
    Origin origin = Origin.ofRegion("eu-west-1");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(path -> path.toString().matches(".*/quiet/v[123].ndjson.gz"))
              .sorted()
              .toList()) {
        new LogFile(file, origin)
            .read(
                (stream, lines) ->
                    streams.computeIfAbsent(stream, key -> new ArrayList<>()).addAll(lines));
      }
    }
  }

  private void run(Path work) throws IOException, SQLException {
    Path file = work.resolve("store.duckdb");
    long cpu = cpuMillis();
    long begin = System.nanoTime();
    long rows = 0;
    try (Store store = Store.open(file)) {
      for (int copy = 0; copy < copies; copy++) {
        rows += store(store, copy);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuSeconds = (cpuMillis() - cpu) / 1e3;
    double floorSeconds = floor(work.resolve("floor.duckdb"));
    System.out.printf(
        Locale.ROOT, "import timings stored     %,d in %d transactions%n", rows, copies);
    System.out.printf(
        Locale.ROOT,
        "store: merge, assemble, append, commit  %,.0f rows/s wall, %,.0f rows/cpu-s%n",
        rows / seconds,
        rows / cpuSeconds);
    System.out.printf(
        Locale.ROOT,
        "floor: appender in a transaction alone  %,.0f rows/s wall; ours takes %.2f x its time%n",
        rows / floorSeconds,
        seconds / floorSeconds);
    System.out.printf(
        Locale.ROOT,
        "store size %,d bytes: %.2f bytes an import timing (aim 12)%n",
        Files.size(file),
        (double) Files.size(file) / rows);
  }

  private long store(Store store, int copy) {
    try (Ingestion ingestion = store.ingest("file", "copy " + copy)) {
      long events = 0;
      long imports = 0;
      for (Map.Entry<StreamId, List<TimedLine>> entry : streams.entrySet()) {
        StreamId stream = entry.getKey();
        ingestion.add(
            new StreamId(
                stream.account(), stream.region(), stream.logGroup(), stream.logStream() + copy),
            entry.getValue());
        events += entry.getValue().size();
        for (TimedLine line : entry.getValue()) {
          imports += line.line() instanceof TimingLine.ImportTime ? 1 : 0;
        }
      }
      ingestion.commit(events, 0, Map.of());
      return imports;
    }
  }

  private double floor(Path file) throws SQLException {
    List<ColdStart> starts = new ArrayList<>();
    streams.forEach(
        (stream, lines) -> starts.addAll(StreamAssembly.assemble(stream, lines).coldStarts()));
    long begin = System.nanoTime();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE import_timing (cold_start_id BIGINT, seq INTEGER, parent_seq INTEGER, depth INTEGER,"
              + " tree SMALLINT, kind VARCHAR, name VARCHAR, self_us BIGINT, cumulative_us BIGINT, phase VARCHAR,"
              + " cached BOOLEAN)");
      for (int copy = 0; copy < copies; copy++) {
        statement.execute("BEGIN TRANSACTION");
        append(connection, starts, copy);
        statement.execute("COMMIT");
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void append(Connection connection, List<ColdStart> starts, int copy)
      throws SQLException {
    try (DuckDBAppender rows =
        connection.unwrap(DuckDBConnection.class).createAppender("main", "import_timing")) {
      for (ColdStart start : starts) {
        long id = start.id() + copy;
        for (ImportTiming row : start.imports()) {
          rows.beginRow();
          rows.append(id);
          rows.append(row.seq());
          rows.append(row.parentSeq());
          rows.append(row.depth());
          rows.append((short) row.tree());
          rows.append(row.kind().label());
          rows.append(row.name());
          rows.append(row.selfMicros());
          rows.append(row.cumulativeMicros());
          rows.append(row.duringInit() ? "init" : "invoke");
          rows.append(row.cached());
          rows.endRow();
        }
      }
    }
  }

  private static long cpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }
}
