package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.servers.MotoServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL on Athena: its calls against a double of AWS that is not ours, and what that one never does
 * (pages, refusals, bytes) against answers as Athena's documentation has them. What the SQL itself
 * answers is TrinoIT's.
 */
final class AthenaTest {
  private static final String ROWS =
      """
      {"results": [{"rows": [
        {"Data": [{"VarCharValue": "function"}, {"VarCharValue": "n"}, {"VarCharValue": "p50_ms"}]},
        {"Data": [{"VarCharValue": "checkout-api"}, {"VarCharValue": "42"}, {"VarCharValue": "812.5"}]},
        {"Data": [{"VarCharValue": "search"}, {"VarCharValue": "7"}, {}]}],
       "column_info": [{"Name": "function", "Type": "varchar"}, {"Name": "n", "Type": "bigint"},
        {"Name": "p50_ms", "Type": "double"}]}], "region": "eu-west-1"}
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void signIn() {
    System.setProperty("aws.region", "eu-west-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void signOut() {
    System.clearProperty("aws.endpointUrlAthena");
    System.clearProperty("aws.region");
  }

  @Test
  void readyQuery_isRunThere_andItsRowsArePrinted() throws Exception {
    try (MotoServer aws = MotoServer.start()) {
      System.setProperty("aws.endpointUrlAthena", aws.endpoint());
      post(aws.endpoint() + "/moto-api/static/athena/query-results", ROWS);
      Cli answer =
          onAthena("functions", "-o", "csv", "--output-location", "s3://results/frostline/");
      assertEquals(
          "function,n,p50_ms\r\ncheckout-api,42,812.5\r\nsearch,7,\r\n",
          answer.out(),
          answer.err());
      assertTrue(
          answer.err().matches("2 rows · \\d+ ms · Athena scanned 0\\.0 MB: 0\\.00005 USD\\R"),
          answer.err());
    }
  }

  @Test
  void tablesAndViews_areMadeOneByOne() throws Exception {
    Path day = folder.resolve("cold_start/dt=2026-09-14");
    Files.createDirectories(day);
    Files.createFile(day.resolve("data.parquet"));
    try (MotoServer aws = MotoServer.start()) {
      System.setProperty("aws.endpointUrlAthena", aws.endpoint());
      Cli made = onAthena("--ddl", folder.toString(), "--create", "--database", "speed");
      assertEquals(
          "Made 16 tables and views in speed over " + folder + "\n", made.out(), made.err());
    }
    Cli printed = onAthena("--ddl", folder.toString());
    assertTrue(printed.out().contains("'projection.dt.range' = '2026-09-14,NOW'"), printed.out());
    assertTrue(printed.out().contains("CREATE OR REPLACE VIEW frostline.cold_starts"));
    assertEquals(16, printed.out().split(";\\n", -1).length - 1);
  }

  @Test
  void pages_areJoined_waitingIsPatient_andBytesArePriced() throws IOException {
    List<String> asked = new ArrayList<>();
    Deque<String> answers =
        new ArrayDeque<>(
            List.of(
                "400 {\"__type\": \"com.amazonaws.athena#TooManyRequestsException\", \"message\":"
                    + " \"slow down\"}",
                "200 {\"QueryExecutionId\": \"q\"}",
                "200 {\"QueryExecution\": {\"Status\": {\"State\": \"QUEUED\"}}}",
                "200 {\"QueryExecution\": {\"Status\": {\"State\": \"SUCCEEDED\"},"
                    + " \"StatementType\": \"DML\", \"Statistics\": {\"DataScannedInBytes\":"
                    + " 2000000000}}}",
                "200 "
                    + page("\"n\"", "{\"VarCharValue\": \"n\"}", "{\"VarCharValue\": \"1\"}")
                        .replaceFirst("\\}$", ", \"NextToken\": \"more\"}"),
                "200 " + page("\"n\"", "{\"VarCharValue\": \"2\"}", "{}")));
    Cli answer = against(answers, asked, "SELECT n FROM t", "-o", "csv", "--work-group", "fleet");
    assertEquals("n\r\n1\r\n2\r\n\r\n", answer.out(), answer.err());
    assertTrue(answer.err().contains("Athena scanned 2000.0 MB: 0.01000 USD"), answer.err());
    JsonNode start = new ObjectMapper().readTree(asked.get(1));
    assertEquals("SELECT n FROM t", start.path("QueryString").asText());
    assertEquals("fleet", start.path("WorkGroup").asText());
    assertEquals("frostline", start.path("QueryExecutionContext").path("Database").asText());
    assertEquals(asked.get(0), asked.get(1), "the same token, so that it is not started twice");
    assertTrue(asked.get(5).contains("\"NextToken\":\"more\""), asked.get(5));
  }

  @Test
  void refusals_sayWhat() throws IOException {
    Cli failed =
        against(
            new ArrayDeque<>(
                List.of(
                    "200 {\"QueryExecutionId\": \"q\"}",
                    "200 {\"QueryExecution\": {\"Status\": {\"State\": \"FAILED\","
                        + " \"StateChangeReason\": \"TABLE_NOT_FOUND: line 1:15: no such"
                        + " table\"}}}")),
            new ArrayList<>(),
            "SELECT n FROM t");
    assertEquals(4, failed.exitCode());
    assertEquals(
        "frostline: Athena says: TABLE_NOT_FOUND: line 1:15: no such table\n", failed.err());
    Cli denied =
        against(
            new ArrayDeque<>(
                List.of("400 {\"__type\": \"AccessDeniedException\", \"Message\": \"not yours\"}")),
            new ArrayList<>(),
            "SELECT n FROM t");
    assertEquals(4, denied.exitCode());
    assertEquals(
        "frostline: Athena refuses StartQueryExecution: AccessDeniedException: not yours\n",
        denied.err());
  }

  @Test
  void valuesThatJavaHasNoTypeFor_areTheirText() throws IOException {
    Deque<String> answers =
        new ArrayDeque<>(
            List.of(
                "200 {\"QueryExecutionId\": \"q\"}",
                "200 {\"QueryExecution\": {\"Status\": {\"State\": \"SUCCEEDED\"}}}",
                "200 {\"ResultSet\": {\"Rows\": [{\"Data\": [{}, {}]}, {\"Data\":"
                    + " [{\"VarCharValue\": \"+12026-01-01\"}, {\"VarCharValue\": \"+12026-01-01"
                    + " 00:00:00.000\"}]}], \"ResultSetMetadata\": {\"ColumnInfo\": [{\"Name\":"
                    + " \"d\", \"Type\": \"date\"}, {\"Name\": \"t\", \"Type\":"
                    + " \"timestamp\"}]}}}"));
    Cli answer = against(answers, new ArrayList<>(), "SELECT d, t FROM far", "-o", "csv");
    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(answer.out().contains("12026-01-01 00:00:00.000"), answer.out());
  }

  @Test
  void whatIsNotOfALake_orWrites_isRefusedBeforeItIsSent() {
    System.setProperty("aws.endpointUrlAthena", "http://127.0.0.1:1");
    Cli store = onAthena("rejects");
    assertEquals(2, store.exitCode());
    assertTrue(store.err().contains("is of the store alone"), store.err());
    for (String sql :
        List.of(
            "DROP TABLE t",
            "/* a */ INSERT INTO t SELECT 1",
            "EXPLAIN ANALYZE INSERT INTO t SELECT 1",
            "\n-- a comment ends here\rINSERT INTO t --\nSELECT 1",
            "")) {
      Cli writes = onAthena(sql);
      assertEquals(4, writes.exitCode(), writes.err());
      assertTrue(writes.err().contains("Only a statement that reads"), writes.err());
    }
    Cli unreachable = onAthena("SELECT 1");
    assertEquals(4, unreachable.exitCode());
    assertTrue(
        unreachable.err().startsWith("frostline: Cannot reach Athena at http://127.0.0.1:1"));
    assertEquals(2, Cli.run("sql", "--engine", "trino", "SELECT 1").exitCode());
    assertEquals(2, Cli.run("sql", "--ddl", "s3://bucket/lake").exitCode());
    assertEquals(
        2, Cli.run("sql", "--engine", "trino", "--url", "http://x", "SELECT 1").exitCode());
  }

  private static String page(String column, String... cells) {
    List<String> rows = new ArrayList<>();
    for (String cell : cells) {
      rows.add("{\"Data\": [" + cell + "]}");
    }
    return "{\"ResultSet\": {\"Rows\": ["
        + String.join(", ", rows)
        + "], \"ResultSetMetadata\": {\"ColumnInfo\": [{\"Name\": "
        + column
        + ", \"Type\": \"bigint\"}]}}}";
  }

  /** Against a server that gives these answers, one a request, each a status and a body. */
  private static Cli against(Deque<String> answers, List<String> asked, String... words)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, answers, asked));
    server.start();
    try {
      System.setProperty(
          "aws.endpointUrlAthena", "http://127.0.0.1:" + server.getAddress().getPort());
      return onAthena(words);
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, Deque<String> answers, List<String> asked)
      throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String[] next = answers.removeFirst().split(" ", 2);
    byte[] body = next[1].getBytes(StandardCharsets.UTF_8);
    boolean isSigned =
        exchange
            .getRequestHeaders()
            .getFirst("Authorization")
            .contains("/eu-west-1/athena/aws4_request");
    exchange.sendResponseHeaders(isSigned ? Integer.parseInt(next[0]) : 403, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Cli onAthena(String... words) {
    List<String> all = new ArrayList<>(List.of("sql", "--engine", "athena"));
    all.addAll(List.of(words));
    return Cli.run(all.toArray(String[]::new));
  }

  private static void post(String address, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }
}
