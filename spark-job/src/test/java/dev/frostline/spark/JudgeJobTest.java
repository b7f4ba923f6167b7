package dev.frostline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.ingest.LineTally;
import dev.frostline.ingest.LogFile;
import dev.frostline.ingest.Origin;
import dev.frostline.lake.Compaction;
import dev.frostline.lake.Place;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.verdict.FindingRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark over a lake of real cold starts finds what the store finds that wrote it, to the byte. */
final class JudgeJobTest {
  private static final Path LOGS =
      Path.of(System.getProperty("frostline.shared", "../../shared"), "data/lambda-python");

  @TempDir static Path folder = Path.of("");

  private static List<String> ofStore = List.of();
  private static String lake = "";

  @SuppressWarnings("NullAway.Init") // by start
  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException, SQLException {
    lake = folder.resolve("lake").toString();
    try (Store store = Store.open(folder.resolve("store.duckdb"))) {
      try (Stream<Path> files = Files.walk(LOGS)) {
        for (Path file :
            files.filter(one -> one.toString().matches(".*/quiet/.*gz")).sorted().toList()) {
          take(file, store);
        }
      }
      store.judge();
      new Compaction(store, Place.at(lake, null)).run(false, Instant.MAX);
      ofStore = rows(store, "finding");
    }
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void findings_areThoseOfTheStore() throws IOException, SQLException {
    assertEquals(ofStore.size(), JudgeJob.run(spark, lake));
    assertTrue(ofStore.size() > 10, ofStore.size() + " findings");
    assertEquals(ofStore, ofLake(lake));
  }

  /** Two processes beside the driver's: what goes from one to another must be fit for the way. */
  @Test
  void executorsOfTheirOwn_findTheSame() throws IOException, InterruptedException, SQLException {
    Path home = folder.resolve("spark");
    Files.createDirectories(
        home.resolve("jars")); // Spark asks for the folder; the class path has them
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of("java", "-Xmx1g"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dspark.master=local-cluster[2,1,1024]",
            "-Dspark.executor.memory=1g",
            "-Dspark.executor.extraClassPath=" + classPath,
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=4",
            "-cp",
            classPath,
            JudgeJob.class.getName(),
            lake));
    Path log = folder.resolve("cluster.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile()).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    int exit = builder.start().waitFor();
    assertEquals(0, exit, () -> text(log));
    assertEquals(ofStore, ofLake(lake));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void secondRun_replacesTheFile_andLeavesNothingBeside() throws IOException, SQLException {
    RecordTable<FindingRow> table = new RecordTable<>(spark, FindingRow.class);
    List<FindingRow> findings = JudgeJob.findings(JudgeJob.judged(new LakeTables(spark, lake)));
    table.write(findings.subList(0, 3), "", lake + "/finding/data.parquet");
    table.write(findings, "", lake + "/finding/data.parquet");
    assertEquals(ofStore, ofLake(lake));
    try (Stream<Path> files = Files.list(Path.of(lake, "finding"))) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.endsWith(".crc"))
              .toList();
      assertEquals(List.of("data.parquet"), names);
    }
  }

  @Test
  void runThatFails_leavesTheFindingsOfTheRunBefore() throws IOException, SQLException {
    findings_areThoseOfTheStore();
    String damaged = folder.resolve("damaged").toString();
    try (Stream<Path> files = Files.walk(Path.of(lake))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = Path.of(damaged).resolve(Path.of(lake).relativize(file));
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
      }
    }
    try (Stream<Path> files = Files.walk(Path.of(damaged, "import_timing"))) {
      Path file =
          files.filter(one -> one.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(file, new byte[] {'P', 'A', 'R', '1'});
    }
    assertThrows(Exception.class, () -> JudgeJob.run(spark, damaged));
    assertEquals(ofStore, ofLake(damaged));
  }

  private static List<String> ofLake(String place) throws SQLException {
    try (Store reader = Store.open(folder.resolve("reader.duckdb"))) {
      return rows(
          reader,
          "(SELECT *, 0 AS found_at FROM read_parquet('" + place + "/finding/data.parquet'))");
    }
  }

  /** As text, times as numbers: Parquet of Spark knows that they are UTC. */
  static List<String> rows(Store store, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = store.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (r)::VARCHAR FROM (SELECT * EXCLUDE (found_at) REPLACE"
                    + " (epoch_us(before_since) AS before_since, epoch_us(after_since) AS"
                    + " after_since, epoch_us(closed_at) AS closed_at) FROM "
                    + table
                    + ") r ORDER BY ALL")) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  private static void take(Path file, Store store) throws IOException {
    Origin origin = new Origin("123456789012", "eu-west-1", null, null, null, null);
    try (Ingestion ingestion = store.ingest("file", file.toString())) {
      LineTally tally = new LogFile(file, origin).read(ingestion::add);
      ingestion.commit(tally.received(), tally.notOursEvents(), tally.rejects());
    }
  }
}
