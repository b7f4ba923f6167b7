package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.store.Store;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that would take a careless page over, as functions, deployments and imports at once. */
final class HostilePageTest {
  private static final List<String> NAMES =
      List.of(
          "</script><script>document.title='owned'</script>",
          "\"><img src=x onerror=\"document.title='owned'\">",
          "' onmouseover='document.title=1' autofocus onfocus='document.title=2",
          "</title><script>document.title='owned'</script>",
          "</style><svg/onload=document.title='owned'>",
          "</textarea><script>document.title='owned'</script>",
          "javascript:document.title='owned'",
          "<iframe srcdoc='<script>top.document.title=1</script>'>",
          "<base href='https://example.invalid/'>",
          "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
          "${7*7}{{constructor.constructor('document.title=1')()}}",
          "=HYPERLINK(\"https://example.invalid\",\"x\")",
          "../../etc/passwd?x=1&y=2#t=z",
          "\u202egnp.exe\u2066",
          "line\nbreak\r\u0007\u001b[2J.json");

  @TempDir Path folder = Path.of(".");

  @Test
  void names_areTextInEveryViewAndTwin() throws IOException, SQLException {
    try (Chromium chromium = new Chromium(folder.resolve("profile"));
        ServedStore served = new ServedStore(store())) {
      chromium.open(served.address());
      chromium.await("#functions");
      chromium.complaints();
      for (JsonNode function : json(served, "/fleet.json").path("fleet")) {
        String name = function.path("function").textValue();
        assertTrue(NAMES.contains(name), name);
      }
      List<String> pages =
          new ArrayList<>(
              List.of(
                  "/",
                  "/health",
                  "/changes",
                  "/sql?q=" + path("SELECT '" + NAMES.get(5).replace("'", "''") + "'")));
      JsonNode start =
          json(served, "/f/1/r/" + path(NAMES.get(0)) + ".json").path("starts").path(0);
      pages.add("/c/" + start.path("cold_start_id").asText());
      for (String name : NAMES) {
        String function = "/f/1/r/" + path(name);
        pages.addAll(List.of(function, function + "/A.." + path(name), "/i/python/" + path(name)));
      }
      for (String page : pages) {
        chromium.open(served.origin + page);
        String title = chromium.driver.getTitle();
        assertTrue(title != null && title.endsWith("– Frostline"), page + " " + title);
        assertEquals(served.origin + page, chromium.driver.getCurrentUrl());
        assertEquals(List.of(), chromium.complaints(), page);
        assertEquals(2, chromium.all("script").size(), page);
        assertEquals(List.of(), chromium.all("img, iframe, base, meta[http-equiv]"), page);
      }
      for (String page : pages) {
        if (!page.startsWith("/sql")) {
          String path = page.equals("/") ? "/fleet" : page;
          json(served, path + ".json");
          assertFalse(served.get(path + ".csv").body().matches("(?s).*(^|,|\n)=HYPERLINK.*"), path);
        }
      }
      assertEquals(List.of(), served.log);
    }
  }

  /** Fifteen functions with two deployments; every start imports all the names. */
  private Path store() throws SQLException {
    Path file = folder.resolve("hostile.duckdb");
    try (Store store = Store.open(file);
        Statement statement = store.connection().createStatement()) {
      statement.execute("CREATE TEMP TABLE hostile (i INTEGER, name VARCHAR)");
      try (PreparedStatement insert =
          store.connection().prepareStatement("INSERT INTO hostile VALUES (?, ?)")) {
        for (int i = 0; i < NAMES.size(); i++) {
          insert.setInt(1, i);
          insert.setString(2, NAMES.get(i));
          insert.execute();
        }
      }
      statement.execute(
          """
          INSERT INTO cold_start BY NAME
          SELECT 1000 * i + 100 * d + n + 1 AS cold_start_id, 1 AS stream_id, '1' AS account, 'r' AS region, name AS function,
            'x' AS version, CASE d WHEN 0 THEN 'A' ELSE name END AS deployment, '/g' AS log_group, name AS log_stream,
            0 AS ordinal, TIMESTAMP '2026-10-05' + to_days(d::INT) + to_hours(n::INT) AS started_at, name AS runtime,
            name AS runtime_version, name AS architecture, 512 AS memory_mb, 'on-demand' AS init_kind, 'success' AS status,
            'ok' AS trust, 0 AS suspect_lines, 'complete' AS completeness, 100.0 + 50 * d + n AS init_ms, 5.0 AS runtime_bootstrap_ms,
            60.0 AS imports_ms, 35.0 AS unattributed_ms, 15 AS import_count
          FROM hostile, range(2) a(d), range(8) b(n)
          """);
      statement.execute(
          """
          INSERT INTO import_timing
          SELECT cold_start_id, i, CASE WHEN i < 14 THEN 14 END, CASE WHEN i < 14 THEN 1 ELSE 0 END, 0, 'python module', name,
            2000 + 1000 * (cold_start_id // 100 % 10), CASE WHEN i < 14 THEN 2000 ELSE 60000 END, 'init', false
          FROM cold_start, hostile
          """);
      statement.execute(
          "INSERT INTO ingest_ledger SELECT i, 'file', name, now()::TIMESTAMP, 1, 0, 0, 0, 1, 0, 0 FROM hostile");
      statement.execute("INSERT INTO ingest_reject SELECT i, name, 1 FROM hostile");
    }
    return file;
  }

  private static String path(String name) {
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("..", "%2E%2E");
    return encoded.replaceFirst("\\.json$", "%2Ejson");
  }

  private static JsonNode json(ServedStore served, String path) throws IOException {
    String body = served.get(path).body();
    assertTrue(body.startsWith("{"), path + body);
    return new ObjectMapper().readTree(body);
  }
}
