package dev.frostline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that would take a careless page over are text in every view. */
@Tag("long")
final class HostilePageTest {
  @TempDir Path folder = Path.of(".");

  @Test
  void names_areTextInEveryViewAndTwin() throws IOException, SQLException {
    try (Chromium chromium = new Chromium(folder.resolve("profile"));
        ServedStore served = new ServedStore(HostileStore.in(folder))) {
      chromium.open(served.address());
      chromium.await("#functions");
      chromium.complaints();
      for (JsonNode function : json(served, "/fleet.json").path("fleet")) {
        String name = function.path("function").textValue();
        assertTrue(HostileStore.NAMES.contains(name), name);
      }
      List<String> pages =
          new ArrayList<>(
              List.of(
                  "/",
                  "/health",
                  "/changes",
                  "/sql?q="
                      + path("SELECT '" + HostileStore.NAMES.get(5).replace("'", "''") + "'")));
      JsonNode start =
          json(served, "/f/1/r/" + path(HostileStore.NAMES.get(0)) + ".json")
              .path("starts")
              .path(0);
      pages.add("/c/" + start.path("cold_start_id").asText());
      for (String name : HostileStore.NAMES) {
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
