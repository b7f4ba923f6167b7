package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frostline.cli.output.Failure;
import dev.frostline.page.sql.SqlDesk;
import dev.frostline.page.sql.SqlReply;
import dev.frostline.page.sql.SqlRequest;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that only reads changes a byte beside or in the store, whatever it is given. */
final class ReadOnlyTest {
  private static final String SECRET = "the secret of this folder";
  @TempDir Path folder = Path.of(".");
  private Path store = Path.of("s.duckdb");

  /** A store whose last rows are still in its log, as after a crash, among other files. */
  @BeforeEach
  void make() throws IOException, SQLException {
    Path live = HostileStore.in(Files.createDirectory(folder.resolve("live")));
    Path shop = Files.createDirectory(folder.resolve("shop"));
    store = shop.resolve("s.duckdb");
    try (Store writer = Store.open(live);
        Statement statement = writer.connection().createStatement()) {
      statement.execute("SET checkpoint_threshold = '1GB'");
      statement.execute("INSERT INTO ingest_reject VALUES (0, 'only in the log', 1)");
      Files.copy(live, store);
      Files.copy(Path.of(live + ".wal"), Path.of(store + ".wal"));
    }
    Files.writeString(shop.resolve("secret.txt"), SECRET);
  }

  @Tag("long")
  @Test
  void hostileStatements_onTheCommandLine_changeNothing() throws IOException {
    FolderState before = FolderState.of(shop());
    for (String statement : statements()) {
      Path file = Files.writeString(folder.resolve("statement.sql"), statement);
      for (Cli cli :
          List.of(
              Cli.run("sql", statement, "--db", store.toString(), "-o", "json"),
              Cli.run("sql", "-f", file.toString(), "--db", store.toString()))) {
        assertEquals(before, FolderState.of(shop()), statement);
        assertFalse(cli.out().contains(SECRET), statement);
        assertNotEquals(1, cli.exitCode(), statement + cli.err());
        assertTrue(cli.exitCode() == 0 || isSentence(cli.err()), statement + cli.err());
      }
    }
  }

  @Test
  void hostileStatements_onThePage_changeNothing() throws IOException, SqlDesk.BusyException {
    FolderState before = FolderState.of(shop());
    try (SqlDesk desk = new SqlDesk(Files.createDirectory(folder.resolve("desk")))) {
      for (String statement : statements()) {
        SqlReply reply = desk.run("x", new SqlRequest(store.toString(), statement, Map.of()));
        assertEquals(before, FolderState.of(shop()), statement);
        assertFalse(String.valueOf(reply.answer()).contains(SECRET), statement);
        assertEquals(reply.answer() == null, reply.problem() != null, statement);
        assertFalse(
            String.valueOf(reply.problem()).contains("needed more memory"),
            statement + reply.problem());
      }
    }
  }

  @Tag("long")
  @Test
  void hostileStatements_postedToTheServer_changeNothing() throws IOException {
    FolderState before = FolderState.of(shop());
    try (ServedStore served = new ServedStore(store, false)) {
      String form = "token=" + ServeTest.formToken(served) + "&run=x&q=";
      served.send(served.post("/session", "t=" + served.token));
      for (String statement : statements()) {
        String sql = URLEncoder.encode(statement, StandardCharsets.UTF_8);
        HttpResponse<String> ran = served.send(served.post("/sql", form + sql));
        assertEquals(303, ran.statusCode(), statement + ran.body());
        String shown = ran.headers().firstValue("Location").orElse("");
        for (String twin : List.of(shown, shown.replace("/sql?", "/sql.json?"))) {
          assertFalse(served.get(twin).body().contains(SECRET), statement);
        }
        assertEquals(before, FolderState.of(shop()), statement);
      }
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void hostileStatements_toAnotherEngine_changeNothing() throws IOException {
    FolderState before = FolderState.of(shop());
    List<String> sent = new ArrayList<>();
    HttpServer trino =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trino.createContext("/v1/statement", exchange -> refuse(exchange, sent));
    trino.start();
    try {
      String url = "jdbc:trino://127.0.0.1:" + trino.getAddress().getPort() + "/hive/frostline";
      for (String statement : statements()) {
        Path file = Files.writeString(folder.resolve("statement.sql"), statement);
        for (String[] said : new String[][] {{statement}, {"-f", file.toString()}}) {
          List<String> words = new ArrayList<>(List.of("sql", "--engine", "trino", "--url", url));
          words.addAll(List.of(said));
          words.addAll(List.of("--db", store.toString()));
          Cli cli = Cli.run(words.toArray(String[]::new));
          assertEquals(before, FolderState.of(shop()), statement);
          assertTrue(cli.exitCode() == 2 || cli.exitCode() == 4, statement + cli.err());
          assertTrue(isSentence(cli.err()), statement + cli.err());
        }
      }
    } finally {
      trino.stop(0);
    }
    assertTrue(sent.stream().anyMatch(one -> one.startsWith("SELECT")), "none was sent");
    for (String one : sent) {
      assertFalse(one.matches("(?is)\\W*(copy|insert|create|attach|set|call|update|drop).*"), one);
    }
  }

  private static void refuse(HttpExchange exchange, List<String> sent) throws IOException {
    sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] body =
        "{\"id\": \"1\", \"error\": {\"message\": \"no such table\"}}"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Test
  void rowsOfTheLog_areRead() {
    Cli cli =
        Cli.run(
            "sql",
            "SELECT reason FROM ingest_reject WHERE reason LIKE 'only%'",
            "--db",
            store.toString());
    assertTrue(cli.out().contains("only in the log"), cli.err());
  }

  @Test
  @Tag("long")
  void otherReadingCommands_changeNothing_whateverTheyAreAsked() throws IOException {
    FolderState before = FolderState.of(shop());
    String out = Files.createDirectory(folder.resolve("out")).toString();
    List<String> names = new ArrayList<>(HostileStore.NAMES);
    names.addAll(List.of(store.toString(), "'; COPY (SELECT 1) TO '" + store + "'; --"));
    for (String name : names) {
      for (String[] words : uses(name, out)) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--db";
        all[words.length + 1] = store.toString();
        Cli cli = Cli.run(all);
        assertFalse(cli.err().contains("\tat "), String.join(" ", all) + cli.err());
      }
      assertEquals(before, FolderState.of(shop()), name);
    }
  }

  private static List<String[]> uses(String name, String out) {
    return List.of(
        new String[] {"regressions", "--function", name, "--all"},
        new String[] {"explain", name, "A.." + name},
        new String[] {"compare", name, "A", name},
        new String[] {"functions", "--function", name},
        new String[] {"imports", name},
        new String[] {"gate", "--function", name, "--limit-ms", "1"},
        new String[] {"export", name, name, "--out", out + "/x"},
        new String[] {"rejects"},
        new String[] {"ack", "--list"},
        new String[] {"report", "--out", out, "--week", "2026-W41"},
        new String[] {"sql", "slowest_imports", "-p", "function=" + name});
  }

  @Test
  void values_thatOnlyTheEngineKnows_areShownOrSaid() {
    Cli bytes = sql("SELECT '\\xDE\\xAD\\xBE\\xEF'::BLOB AS b, NULL::BLOB AS n");
    assertEquals("b,n\r\nDEADBEEF,\r\n", bytes.out());
    Cli nested = sql("SELECT ['\\xAA'::BLOB] AS l, {'a': 1} AS s");
    assertEquals("l,s\r\n['\\\\xAA'],{'a': 1}\r\n", nested.out());
    Cli late = sql("SELECT TIME '24:00:00' AS t");
    assertEquals(Failure.COULD_NOT, late.exitCode());
    assertEquals(
        "frostline: The column t holds a TIME that cannot be shown as it is. Cast it to text:"
            + " value::VARCHAR\n",
        late.err());
  }

  @Test
  void namesOfWith_areKnownWhereTheyStand() {
    for (String fine :
        List.of(
            "WITH a AS (SELECT 1 AS n), b AS (FROM a) SELECT n FROM b JOIN a USING (n)",
            "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT"
                + " max(n) FROM r",
            "WITH a AS (SELECT 1 AS n) SELECT (WITH b AS (FROM a) SELECT n FROM b) AS n",
            "WITH a AS MATERIALIZED (SELECT 1 AS n) FROM a UNION ALL FROM a",
            "WITH A AS (SELECT 1 AS n) FROM a",
            "SELECT count(*) FROM main.cold_starts",
            "SUMMARIZE cold_start",
            "DESCRIBE SELECT 1",
            "VALUES (1)")) {
      assertEquals(0, sql(fine).exitCode(), fine + sql(fine).err());
    }
    String inner = "SELECT * FROM elsewhere, (WITH elsewhere AS (SELECT 1) FROM elsewhere)";
    assertEquals("frostline: There is no table elsewhere in the store.\n", sql(inner).err());
  }

  private Cli sql(String statement) {
    return Cli.run("sql", statement, "--db", store.toString(), "-o", "csv");
  }

  private List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>();
    try (InputStream own =
        Objects.requireNonNull(ReadOnlyTest.class.getResourceAsStream("hostile_statements.txt"))) {
      statements.addAll(split(new String(own.readAllBytes(), StandardCharsets.UTF_8)));
    }
    String given = Files.readString(Path.of(Cli.shared("attacks/sql-cli.txt")));
    statements.addAll(split(given.replaceFirst("^--.*\\n", "")));
    assertTrue(statements.size() > 100, "" + statements.size());
    return statements;
  }

  private List<String> split(String text) {
    Path here = Path.of("").toAbsolutePath();
    return List.of(text.split("\\n---\\n", -1)).stream()
        .map(statement -> statement.replace("@S", store.toString()))
        .map(statement -> statement.replace("@R", here.relativize(store).toString()))
        .map(statement -> statement.replace("@D", shop().toString()))
        .toList();
  }

  private Path shop() {
    return Objects.requireNonNull(store.getParent());
  }

  private static boolean isSentence(String said) {
    return said.startsWith("frostline: ") && said.lines().count() == 1;
  }
}
