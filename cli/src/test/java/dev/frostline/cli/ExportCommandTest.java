package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.frostline.cli.output.Failure;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other people's readers make of real cold starts. */
class ExportCommandTest {
  @TempDir static Path folder = Path.of(".");
  private static double importsMs;

  @BeforeAll
  static void ingest() throws IOException {
    Cli ingest =
        Cli.run(
            "ingest",
            Cli.shared("lambda-python/checkout-api/quiet/v4.ndjson.gz"),
            Cli.shared("lambda-python/checkout-api/quiet/v3.ndjson.gz"),
            "--db",
            db());
    assertEquals(0, ingest.exitCode(), ingest.err());
    for (JsonNode row : rows("import_tree", "function=checkout-api", "deployment=4")) {
      importsMs += row.path("self_ms").doubleValue();
    }
    assertTrue(importsMs > 300, "the sum of own times");
  }

  @Test
  void speedscope_meetsItsPublishedSchema() throws Exception {
    String profile = Files.readString(exported("speedscope"));
    assertEquals(
        Set.of(),
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(Speedscope.file("file-format-schema.json")))
            .validate(profile, InputFormat.JSON));
    JsonNode evented = new ObjectMapper().readTree(profile).path("profiles").path(0);
    assertEquals(importsMs, evented.path("endValue").doubleValue(), 0.01);
    Deque<Integer> open = new ArrayDeque<>();
    double at = 0;
    for (JsonNode event : evented.path("events")) {
      assertTrue(event.path("at").doubleValue() >= at, "events stand in order of time");
      at = event.path("at").doubleValue();
      int frame = event.path("frame").intValue();
      if (event.path("type").textValue().equals("O")) {
        open.push(frame);
      } else {
        assertEquals(open.pop(), frame);
      }
    }
    assertTrue(open.isEmpty());
  }

  @Test
  void pprof_isReadByGo() throws Exception {
    String raw = run("go", "tool", "pprof", "-raw", exported("pprof").toString());
    assertTrue(raw.contains("import/nanoseconds"), raw.substring(0, 300));
    String top = run("go", "tool", "pprof", "-top", "-unit=ms", exported("pprof").toString());
    assertTrue(top.contains("pandas.core.indexes.accessors"), top.substring(0, 300));
    assertTrue(top.contains(String.format("%.2fms total", importsMs)), top.substring(0, 300));
  }

  @Test
  void foldedStacks_addUpToTheImports() throws IOException {
    long micros = 0;
    for (String line : Files.readAllLines(exported("folded"))) {
      assertTrue(line.matches("\\S+ \\d+"), line);
      micros += Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }
    assertEquals(importsMs, micros / 1000.0, 0.5);
  }

  /** The Trace Event Format: complete events nest on their thread, times are microseconds. */
  @Test
  void chromeTrace_hasNestedCompleteEvents() throws IOException {
    JsonNode trace = new ObjectMapper().readTree(exported("chrome-trace").toFile());
    Deque<Long> ends = new ArrayDeque<>();
    long last = 0;
    for (JsonNode event : trace.path("traceEvents")) {
      if (event.path("ph").textValue().equals("M")) {
        assertTrue(event.path("args").has("name"));
        continue;
      }
      assertEquals("X", event.path("ph").textValue());
      assertTrue(event.path("pid").isInt() && event.path("tid").isInt());
      long begin = event.path("ts").longValue();
      long end = begin + event.path("dur").longValue();
      while (!ends.isEmpty() && ends.peek() <= begin) {
        ends.pop();
      }
      assertTrue(ends.isEmpty() || end <= ends.peek(), event.toString());
      ends.push(end);
      last = Math.max(last, end);
    }
    assertEquals(importsMs, last / 1000.0, 0.01);
  }

  @Test
  void otlp_isReadByItsOwnMessages() throws Exception {
    TracesData.Builder traces = TracesData.newBuilder();
    JsonFormat.parser().merge(Files.readString(exported("otlp")), traces);
    Map<String, Span> spans = new HashMap<>();
    for (Span span : traces.getResourceSpans(0).getScopeSpans(0).getSpansList()) {
      spans.put(span.getSpanId().toString(StandardCharsets.ISO_8859_1), span);
    }
    assertEquals(traces.getResourceSpans(0).getScopeSpans(0).getSpansCount(), spans.size());
    Set<String> roots = new HashSet<>();
    for (Span span : spans.values()) {
      Span parent = spans.get(span.getParentSpanId().toString(StandardCharsets.ISO_8859_1));
      if (parent == null) {
        roots.add(span.getName());
        continue;
      }
      assertTrue(span.getStartTimeUnixNano() >= parent.getStartTimeUnixNano(), span.getName());
      assertTrue(span.getEndTimeUnixNano() <= parent.getEndTimeUnixNano(), span.getName());
    }
    assertEquals(Set.of("checkout-api 4"), roots);
  }

  @Test
  void parquetAndCsv_haveEveryRow() throws IOException, SQLException {
    Path parquet = exported("parquet");
    Path csv = exported("csv");
    JsonNode stored =
        Cli.run(
                "sql",
                "SELECT count(*) AS n FROM imports WHERE deployment = '4' AND tree = 0",
                "--db",
                db(),
                "-o",
                "json")
            .json();
    long expected = stored.path("rows").path(0).path("n").longValue();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (Path file : new Path[] {parquet, csv}) {
        try (ResultSet count =
            statement.executeQuery("SELECT count(*), count(DISTINCT name) FROM '" + file + "'")) {
          count.next();
          assertEquals(expected, count.getLong(1), file.toString());
          assertTrue(count.getLong(2) > 500);
        }
      }
    }
  }

  @Test
  void oneColdStart_keepsItsOwnOrder() throws IOException {
    Cli ids =
        Cli.run(
            "sql",
            "SELECT cold_start_id, imports_ms + runtime_bootstrap_ms AS traced_ms FROM cold_starts"
                + " LIMIT 1",
            "--db",
            db(),
            "-o",
            "json");
    JsonNode row = ids.json().path("rows").path(0);
    Path file = folder.resolve("one.json");
    Cli export =
        Cli.run(
            "export",
            "--cold-start",
            row.path("cold_start_id").asText(),
            "--format",
            "speedscope",
            "--out",
            file.toString(),
            "--db",
            db());
    assertEquals(0, export.exitCode(), export.err());
    double end =
        new ObjectMapper()
            .readTree(file.toFile())
            .path("profiles")
            .path(0)
            .path("endValue")
            .doubleValue();
    assertEquals(row.path("traced_ms").doubleValue(), end, 0.5);
  }

  @Test
  void exportOfWhatIsNotThere_saysWhatThereIs() {
    Cli none = Cli.run("export", "checkout-api", "9", "--format", "folded", "--db", db());
    assertEquals(Failure.CANNOT_JUDGE, none.exitCode());
    assertTrue(none.err().contains("there are 3, 4"), none.err());
    assertEquals(Failure.USAGE, Cli.run("export", "--format", "folded", "--db", db()).exitCode());
    assertEquals(
        Failure.CANNOT_JUDGE,
        Cli.run("export", "--cold-start", "1", "--format", "otlp", "--db", db()).exitCode());
  }

  private static Path exported(String format) throws IOException {
    Path file = folder.resolve(format.equals("csv") ? "e.csv" : "export." + format);
    Cli export =
        Cli.run(
            "export",
            "checkout-api",
            "4",
            "--format",
            format,
            "--out",
            file.toString(),
            "--db",
            db());
    assertEquals(0, export.exitCode(), export.err());
    assertTrue(Files.size(file) > 1000);
    return file;
  }

  private static JsonNode rows(String query, String... parameters) throws IOException {
    String[] words = new String[2 + 2 * parameters.length + 4];
    words[0] = "sql";
    words[1] = query;
    for (int i = 0; i < parameters.length; i++) {
      words[2 + 2 * i] = "-p";
      words[3 + 2 * i] = parameters[i];
    }
    System.arraycopy(new String[] {"--db", db(), "-o", "json"}, 0, words, words.length - 4, 4);
    return Cli.run(words).json().path("rows");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .directory(folder.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), String.join(" ", command));
    assertEquals(0, process.exitValue(), String.join(" ", command));
    return out;
  }

  private static String db() {
    return folder.resolve("store.duckdb").toString();
  }
}
