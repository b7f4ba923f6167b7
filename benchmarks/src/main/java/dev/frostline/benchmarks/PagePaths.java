package dev.frostline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Addresses of the page that a viewer goes through: fleet to function to comparison to import. */
final class PagePaths {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PagePaths() {}

  static List<String> of(ServeProcess served, int functions)
      throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>(List.of("/", "/changes", "/health", "/sql"));
    JsonNode fleet = JSON.readTree(served.get("/fleet.json").body()).path("fleet");
    for (JsonNode row : fleet) {
      if (paths.size() > 4 * functions) {
        return paths;
      }
      String function =
          "/f/" + part(row, "account") + "/" + part(row, "region") + "/" + part(row, "function");
      JsonNode view = JSON.readTree(served.get(function + ".json").body());
      JsonNode start = view.path("starts").path(0).path("cold_start_id");
      paths.add(function);
      paths.add("/c/" + start.asText());
      JsonNode deployments = view.path("deployments");
      if (deployments.size() > 1) {
        String after = part(deployments.path(0), "deployment");
        paths.add(function + "/" + part(deployments.path(1), "deployment") + ".." + after);
      }
    }
    return paths;
  }

  private static String part(JsonNode row, String key) {
    return encoded(row.path(key).asText());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
