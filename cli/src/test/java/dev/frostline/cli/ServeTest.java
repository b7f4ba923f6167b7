package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.output.Failure;
import dev.frostline.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a program sees it: who may ask, what the twins say, what SQL may do. */
final class ServeTest {
  private static final String HEAVY = "/f/123456789012/eu-west-1/heavy";
  @TempDir Path folder = Path.of(".");

  @Test
  void otherHosts_andThoseWithoutToken_getNothing() throws Exception {
    try (ServedStore served = served()) {
      URI origin = URI.create(served.origin);
      for (String host : List.of("evil.example:" + origin.getPort(), "127.0.0.1", "127.0.0.1:1")) {
        assertTrue(
            raw(origin.getPort(), "GET / HTTP/1.1\r\nHost: " + host).contains(" 403 "), host);
      }
      for (String path : List.of("/", "/fleet.json", HEAVY, "/sql", "/nothing")) {
        HttpResponse<String> closed = served.send(served.request(path));
        assertEquals(401, closed.statusCode(), path);
        assertFalse(closed.body().contains("heavy"), path);
      }
      assertEquals(
          401, served.send(served.request("/").header("Authorization", "Bearer x")).statusCode());
      assertEquals(401, served.send(served.post("/session", "t=wrong")).statusCode());
    }
  }

  @Test
  void token_opensASession_thatOtherSitesCannotUse() throws Exception {
    try (ServedStore served = served()) {
      HttpResponse<String> opened = served.send(served.post("/session", "t=" + served.token));
      String cookie = opened.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
      assertFalse(cookie.contains(served.token));
      HttpResponse<String> page = served.send(served.request("/"));
      assertEquals(200, page.statusCode());
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals(List.of(), page.headers().allValues("Access-Control-Allow-Origin"));

      String form = "token=" + formToken(served) + "&run=a&q=SELECT+1";
      assertEquals(
          403, served.send(without(served, "/sql", form, "http://evil.example")).statusCode());
      assertEquals(403, served.send(without(served, "/sql", form, "null")).statusCode());
      assertEquals(403, served.send(served.post("/sql", "token=x&run=a&q=SELECT+1")).statusCode());
      assertEquals(303, served.send(served.post("/sql", form)).statusCode());
      String tooLong = form.replace("SELECT+1", "x".repeat((1 << 20) + 1));
      assertEquals(413, served.send(served.post("/sql", tooLong)).statusCode());
      assertEquals(404, served.send(served.post("/health", form)).statusCode());
      assertEquals(405, served.send(served.request("/").DELETE()).statusCode());
    }
  }

  @Test
  void everyView_hasATwinThatSaysTheSame() throws Exception {
    try (ServedStore served = served()) {
      JsonNode fleet = json(served, "/fleet.json");
      assertEquals(1, fleet.path("schema_version").intValue());
      assertEquals(5, fleet.path("fleet").size());
      JsonNode comparison = json(served, HEAVY + "/1..2.json").path("comparison");
      assertEquals("slower", comparison.path("verdict").textValue());
      assertEquals("pkg3.m77", comparison.path("suspects").path(0).path("name").textValue());
      String page = served.get(HEAVY + "/1..2").body();
      assertTrue(page.contains("▲ slower") && page.contains("pkg3.m77"), page);
      String start =
          json(served, HEAVY + ".json?table=starts")
              .path("starts")
              .path(0)
              .path("cold_start_id")
              .asText();
      assertEquals(120, json(served, "/c/" + start + ".json").path("cold_start_imports").size());
      assertEquals(5, json(served, "/i/python/pkg3.m77.json").path("functions").size());
      assertEquals(
          0, json(served, "/health.json").path("health").path(0).path("difference").intValue());
      String csv = served.get(HEAVY + ".csv?table=starts").body();
      assertEquals(21, csv.lines().count(), csv);
      assertTrue(csv.startsWith("cold_start_id,started_at,"), csv);
      assertEquals(404, served.get(HEAVY + ".csv?table=nothing").statusCode());
    }
  }

  @Test
  void stateIsInTheAddress() throws Exception {
    try (ServedStore served = served()) {
      assertEquals(
          List.of("few", "heavy", "sized", "steady", "unnamed"),
          functions(served.get("/?sort=function").body()));
      assertEquals(List.of("heavy"), functions(served.get("/?q=HEAV").body()));
      assertEquals(
          List.of("heavy", "unnamed"),
          functions(served.get("/?verdict=slower&sort=function").body()));
      assertEquals(List.of(), functions(served.get("/?since=2026-06-01").body()));
      for (String bad :
          List.of("/?since=yesterday", "/?sort=nothing", "/%zz", "/c/%ff%fe?since=%")) {
        int status = served.get(bad.replace("%", "%25")).statusCode();
        assertTrue(status == 400 || status == 404, bad + status);
      }
      for (String missing :
          List.of(
              "/c/1",
              "/c/x",
              "/f/1/2/3",
              HEAVY + "/1..9",
              HEAVY + "/9",
              "/i/python/none",
              "/i/cobol/x",
              "/nothing",
              "/../etc/passwd",
              "/%2e%2e/etc/passwd",
              "/f")) {
        assertEquals(404, served.get(missing).statusCode(), missing);
      }
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void addressOfSql_runsNothing_untilItsReaderDoes() throws Exception {
    try (ServedStore served = served()) {
      String sql = "SELECT 40 + 2 AS answer, '=1+1' AS formula, -5 AS negative";
      String address = "/sql?q=" + encoded(sql);
      assertFalse(served.get(address).body().contains("<td class=\"n \">42</td>"));
      String form = "token=" + formToken(served) + "&run=r1&q=" + encoded(sql);
      served.send(served.post("/session", "t=" + served.token));
      HttpResponse<String> ran = served.send(served.post("/sql", form));
      String shown = ran.headers().firstValue("Location").orElse("");
      assertTrue(served.get(shown).body().contains("1 row · "), shown);
      String twin = shown.replace("/sql?", "/sql.csv?");
      assertEquals("answer,formula,negative\r\n42,'=1+1,-5\r\n", served.get(twin).body());
      assertEquals(
          42,
          json(served, shown.replace("/sql?", "/sql.json?"))
              .path("rows")
              .path(0)
              .path("answer")
              .intValue());
      served.send(
          served.post(
              "/sql",
              form.replace(encoded(sql), encoded("SELECT * FROM read_text('/etc/passwd')"))));
      assertTrue(
          served
              .get("/sql?q=" + encoded("SELECT * FROM read_text('/etc/passwd')") + "&run=r1")
              .body()
              .contains("read_text does not run here"));
    }
  }

  @Test
  void answer_hasNumbersAsPeopleWriteThem_andAMistypedTableItsName() throws Exception {
    try (ServedStore served = served()) {
      served.send(served.post("/session", "t=" + served.token));
      String form = "token=" + formToken(served) + "&run=n&q=";
      String sql =
          "SELECT 100.1::DOUBLE + 203.49::DOUBLE AS a, 1e300::DOUBLE AS b, 2.5::DOUBLE AS c";
      String shown =
          served
              .send(served.post("/sql", form + encoded(sql)))
              .headers()
              .firstValue("Location")
              .orElse("");
      String page = served.get(shown).body();
      for (String number : List.of("303.59", "1E+300", "2.5")) {
        assertTrue(page.matches("(?s).*>\\s*" + Pattern.quote(number) + "\\s*</td>.*"), number);
      }
      assertTrue(
          served.get(shown.replace("/sql?", "/sql.csv?")).body().contains("303.59000000000003"));
      served.send(served.post("/sql", form + encoded("FROM import")));
      assertTrue(
          served
              .get("/sql?q=" + encoded("FROM import") + "&run=n")
              .body()
              .contains("There is no table import in the store. Did you mean imports?"));
    }
  }

  @Test
  void importThatIsNotFound_isNotPaidFor() throws Exception {
    Path file = folder.resolve("found.duckdb");
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT 100 * f + n + 1 AS cold_start_id, 1 AS stream_id, '1' AS account, 'eu-west-1' AS region,
            ['pays', 'misses'][f + 1] AS function, '1' AS version, '1' AS deployment, '/g' AS log_group, 's' AS log_stream,
            0 AS ordinal, TIMESTAMP '2026-10-05' + to_hours(n::INT) AS started_at, 'python3.11' AS runtime,
            512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status, 'ok' AS trust, 0 AS suspect_lines,
            'complete' AS completeness, 100.0 AS init_ms, 2 - f AS import_count
          FROM range(2) a(f), range(8) b(n);
          INSERT INTO import_timing
          SELECT cold_start_id, 1, NULL, 0, 0, 'python module', 'pandas', if(function = 'pays', 80000, 70), if(function = 'pays', 90000, 70), 'init', false
          FROM cold_start;
          INSERT INTO import_timing
          SELECT cold_start_id, 0, 1, 1, 0, 'python module', 'pandas.core', 10000, 10000, 'init', false
          FROM cold_start WHERE function = 'pays'
          """);
    }
    try (ServedStore served = new ServedStore(file)) {
      String page = served.get("/i/python/pandas").body();
      for (String part :
          List.of(
              "<dd>1 <small>pay for it now; 1 function did not find it</small>",
              "<dd>90.0 ms <small>on average</small>",
              "<dd>720 ms <small>with all it pulls in</small>",
              "<small>not found there</small>")) {
        assertTrue(page.contains(part), part + page);
      }
    }
  }

  @Test
  void longStatement_isAnswered_underItsRun() throws Exception {
    try (ServedStore served = served()) {
      served.send(served.post("/session", "t=" + served.token));
      String sql = "SELECT length('" + "€".repeat(349_000) + "') AS n";
      String form = "token=" + formToken(served) + "&run=long&q=" + encoded(sql);
      HttpResponse<String> ran = served.send(served.post("/sql", form));
      assertEquals(303, ran.statusCode(), ran.body());
      String shown = ran.headers().firstValue("Location").orElse("");
      assertEquals("/sql?run=long", shown);
      String page = served.get(shown).body();
      assertTrue(page.contains("1 row · ") && page.contains("€€€') AS n</textarea>"));
      assertTrue(page.contains("frostline sql -f FILE"));
      assertEquals("n\r\n349000\r\n", served.get("/sql.csv?run=long").body());
    }
  }

  @Test
  void badPercentEscapes_areNoRequests() throws Exception {
    try (ServedStore served = served()) {
      int port = URI.create(served.origin).getPort();
      String head = "Host: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + served.token;
      for (String path :
          List.of("/%zz", "/?q=%", "/?q=%4", "/f/%f/x/y", "/?%zz=1", "/sql?q=%u0041")) {
        String answer = raw(port, "GET " + path + " HTTP/1.1\r\n" + head);
        assertTrue(answer.contains(" 400 "), path + answer);
      }
      String form = "token=" + formToken(served) + "&run=a&q=SELECT%";
      for (String path : List.of("/sql", "/sql/cancel", "/session")) {
        HttpResponse<String> answer =
            served.send(served.post(path, form).header("Authorization", "Bearer " + served.token));
        assertEquals(400, answer.statusCode(), path);
      }
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void oneClientsHundredRequests_leaveRoomForAnother() throws Exception {
    try (ServedStore served = served()) {
      ServedStore.Browser greedy = served.browser();
      ServedStore.Browser other = served.browser();
      List<CompletableFuture<HttpResponse<String>>> hundred =
          Stream.generate(() -> greedy.ask("/")).limit(100).toList();
      for (int i = 0; i < 5; i++) {
        assertEquals(200, other.ask("/").get().statusCode());
      }
      int answered = 0;
      for (CompletableFuture<HttpResponse<String>> one : hundred) {
        HttpResponse<String> answer = one.get();
        boolean isLater = answer.headers().firstValue("Retry-After").isPresent();
        assertEquals(isLater ? 503 : 200, answer.statusCode());
        answered += isLater ? 0 : 1;
      }
      assertTrue(answered > 0);
      assertEquals(200, greedy.ask("/").get().statusCode());
      assertEquals(List.of(), served.log);
    }
  }

  @Test
  void ingestDuringServe_isNotBlocked_andIsSeen() throws Exception {
    Path file = new MadeFleet(folder).file;
    try (ServedStore served = new ServedStore(file)) {
      assertEquals(5, json(served, "/fleet.json").path("fleet").size());
      try (Store writer = Store.open(file)) {
        rename(writer, "steady", "while-writing");
        assertTrue(served.get("/fleet.json").body().contains("\"steady\""));
      }
      String after = served.get("/fleet.json").body();
      assertTrue(after.contains("while-writing") && !after.contains("\"steady\""), after);
    }
  }

  @Test
  void end_waitsForAnAnswerOnItsWay() throws Exception {
    ServedStore served = served();
    try {
      served.send(served.post("/session", "t=" + served.token));
      String form = "token=" + formToken(served) + "&run=e&q=";
      String sql = encoded("SELECT sum(hash(range) % 7) FROM range(30000000)");
      CompletableFuture<HttpResponse<String>> answer;
      do {
        answer = CompletableFuture.supplyAsync(() -> served.send(served.post("/sql", form + sql)));
        while (!answer.isDone() && !served.get("/metrics").body().contains("in_progress 2\n")) {
          Chromium.pause();
        }
      } while (answer.isDone());
      served.close();
      assertEquals(303, answer.get().statusCode());
    } finally {
      served.close();
    }
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    long before = left();
    try (ServedStore served = served()) {
      served.get("/sql");
      served.get("/fleet.json");
    }
    assertEquals(before, left());
  }

  @Test
  void storeThatIsNotThere_isToldWhatToDo() {
    Cli cli = Cli.run("serve", "--db", folder.resolve("none.duckdb").toString(), "--port", "0");
    assertEquals(Failure.COULD_NOT, cli.exitCode());
    assertTrue(cli.err().contains("frostline ingest PATH"), cli.err());
  }

  private ServedStore served() throws IOException, SQLException {
    return new ServedStore(new MadeFleet(folder).file);
  }

  static void rename(Store store, String from, String to) throws SQLException {
    try (Statement statement = store.connection().createStatement()) {
      statement.execute(
          "UPDATE cold_start SET function = '"
              + to.replace("'", "''")
              + "' WHERE function = '"
              + from
              + "'");
    }
  }

  private static long left() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("frostline-serve"))
          .count();
    }
  }

  private static HttpRequest.Builder without(
      ServedStore served, String path, String form, String origin) {
    return served
        .request(path)
        .header("Origin", origin)
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  static String formToken(ServedStore served) {
    Matcher token =
        Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(served.get("/sql").body());
    assertTrue(token.find());
    return token.group(1);
  }

  private static List<String> functions(String page) {
    return Pattern.compile("<a href=\"/f/123456789012/eu-west-1/([^\"/?]+)[^\"/]*\">\\1</a>")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode json(ServedStore served, String path) throws IOException {
    return new ObjectMapper().readTree(served.get(path).body());
  }

  /** The first line of the answer to a request as written. */
  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      out.write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      return String.valueOf(in.readLine());
    }
  }
}
