package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names from logs come out of every export as they went in, by the readers of each format. */
final class HostileExportTest {
  private static final Set<String> NAMES = Set.copyOf(HostileStore.NAMES);

  /** A formula and a name of two lines, as function and deployment. */
  private static final List<String> FEW =
      List.of(HostileStore.NAMES.get(11), HostileStore.NAMES.get(14));

  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir static Path folder = Path.of(".");

  @BeforeAll
  static void makeStore() throws SQLException {
    HostileStore.in(folder);
  }

  @Test
  void speedscope_holdsThemAsTheyAre() throws IOException {
    for (String function : HostileStore.NAMES) {
      String profile = Files.readString(export("speedscope", function));
      assertEquals(
          Set.of(),
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(Files.readString(Speedscope.file("file-format-schema.json")))
              .validate(profile, InputFormat.JSON));
      JsonNode read = JSON.readTree(profile);
      assertEquals(function + " " + function, read.path("name").textValue());
      assertEquals(NAMES, texts(read.path("shared").path("frames"), "name"));
    }
  }

  @Test
  void chromeTrace_holdsThemAsTheyAre() throws IOException {
    for (String function : HostileStore.NAMES) {
      Set<String> names = new HashSet<>();
      JsonNode trace = JSON.readTree(export("chrome-trace", function).toFile());
      for (JsonNode event : trace.path("traceEvents")) {
        boolean isName = event.path("ph").textValue().equals("M");
        JsonNode name = isName ? event.path("args").path("name") : event.path("name");
        names.add(name.textValue());
      }
      Set<String> expected = new HashSet<>(NAMES);
      expected.add(function + " " + function);
      assertEquals(expected, names);
    }
  }

  @Test
  void otlp_holdsThemAsTheyAre() throws IOException {
    for (String function : HostileStore.NAMES) {
      TracesData.Builder traces = TracesData.newBuilder();
      JsonFormat.parser().merge(Files.readString(export("otlp", function)), traces);
      Set<String> names = new HashSet<>();
      traces
          .getResourceSpans(0)
          .getScopeSpans(0)
          .getSpansList()
          .forEach(span -> names.add(span.getName()));
      Set<String> expected = new HashSet<>(NAMES);
      expected.add(function + " " + function);
      assertEquals(expected, names);
      assertEquals(
          function,
          traces.getResourceSpans(0).getResource().getAttributes(0).getValue().getStringValue());
    }
  }

  /** A separator within a name becomes an underscore: the format has no other way. */
  @Test
  void foldedStacks_areALineEach() throws IOException {
    Set<String> expected = new HashSet<>();
    NAMES.forEach(name -> expected.add(name.replaceAll("[;\\s\\p{Cntrl}]", "_")));
    Set<String> names = new HashSet<>();
    for (String line : Files.readAllLines(export("folded", HostileStore.NAMES.get(0)))) {
      assertTrue(line.matches("\\S+ \\d+"), line);
      names.addAll(Set.of(line.replaceFirst(" \\d+$", "").split(";")));
    }
    assertEquals(expected, names);
  }

  @Test
  void parquet_holdsThemAsTheyAre() throws IOException, SQLException {
    for (String function : FEW) {
      Path file = export("parquet", function);
      try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duckdb.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT function, deployment, name FROM '" + file + "'")) {
        Set<String> names = new HashSet<>();
        while (rows.next()) {
          assertEquals(function, rows.getString(1));
          assertEquals(function, rows.getString(2));
          names.add(rows.getString(3));
        }
        assertEquals(NAMES, names);
      }
    }
  }

  /** Exact, formulas too: what a program reads is what was logged. */
  @Test
  void csv_isReadByPython() throws Exception {
    for (String function : FEW) {
      JsonNode rows = PythonCsv.rows(export("csv", function));
      assertEquals(8 * NAMES.size(), rows.size());
      assertEquals(NAMES, texts(rows, "name"));
      assertEquals(Set.of(function), texts(rows, "function"));
      assertEquals(Set.of(function), texts(rows, "deployment"));
    }
  }

  /** The name of a file is made of a name from logs: it stays where the user is. */
  @Test
  void fileWithoutAName_isInTheWorkingFolder() throws Exception {
    Path here = Files.createDirectory(folder.resolve("here"));
    String name = "../../etc/passwd?x=1&y=2#t=z";
    String db = folder.resolve("hostile.duckdb").toString();
    Cli cli =
        CliProcess.run(
            CliProcess.of(here, "export", name, name, "--format", "folded", "--db", db), Map.of());
    assertEquals(0, cli.exitCode(), cli.err());
    try (Stream<Path> files = Files.list(here)) {
      assertEquals(1, files.count(), cli.out());
    }
  }

  private static Set<String> texts(JsonNode rows, String key) {
    Set<String> texts = new HashSet<>();
    rows.forEach(row -> texts.add(row.path(key).textValue()));
    return texts;
  }

  private static Path export(String format, String function) {
    Path file = folder.resolve("export." + format);
    Cli export =
        Cli.run(
            "export",
            function,
            function,
            "--format",
            format,
            "--out",
            file.toString(),
            "--db",
            folder.resolve("hostile.duckdb").toString());
    assertEquals(0, export.exitCode(), export.err());
    return file;
  }
}
