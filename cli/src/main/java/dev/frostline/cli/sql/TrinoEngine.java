package dev.frostline.cli.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.output.Grid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trino, by its <a href="https://trino.io/docs/current/develop/client-protocol.html">client
 * protocol</a>: a statement is posted, and each answer names the address of the next.
 */
final class TrinoEngine implements SqlEngine {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:jdbc:)?trino://([\\w.-]+|\\[[0-9a-fA-F:]+\\])(?::(\\d{1,5}))?/(\\w+)/(\\w+)(?:\\?(.*))?");
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
  private static final int TRIES = 10;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI server;
  private final List<String> headers;

  private TrinoEngine(URI server, List<String> headers) {
    this.server = server;
    this.headers = headers;
  }

  /**
   * The server at an address as its JDBC driver writes it, {@code
   * jdbc:trino://HOST:PORT/CATALOG/SCHEMA?SSL=true&user=NAME}.
   *
   * @param environment may have TRINO_PASSWORD, which is sent encrypted alone
   */
  static TrinoEngine at(String address, Map<String, String> environment) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new Failure(
          Failure.USAGE,
          "No address of a Trino: " + address + ". Write jdbc:trino://HOST:8080/CATALOG/SCHEMA");
    }
    boolean isSecure = false;
    String user = environment.getOrDefault("USER", "frostline");
    for (String option : String.valueOf(parts.group(5)).split("&", -1)) {
      if (option.equalsIgnoreCase("SSL=true")) {
        isSecure = true;
      } else if (option.startsWith("user=")) {
        user = option.substring("user=".length());
      } else if (parts.group(5) != null && !option.equalsIgnoreCase("SSL=false")) {
        throw new Failure(
            Failure.USAGE,
            "Of a Trino's address only SSL and user are read, not "
                + option.replaceFirst("=.*", "")
                + ". A password comes from TRINO_PASSWORD.");
      }
    }
    String port = parts.group(2) == null ? "" : ":" + parts.group(2);
    List<String> headers = new ArrayList<>();
    headers.addAll(List.of("X-Trino-User", user, "X-Trino-Source", "frostline"));
    headers.addAll(List.of("X-Trino-Catalog", parts.group(3), "X-Trino-Schema", parts.group(4)));
    headers.addAll(List.of("X-Trino-Time-Zone", "UTC"));
    String password = environment.getOrDefault("TRINO_PASSWORD", "");
    if (!password.isEmpty()) {
      if (!isSecure) {
        throw new Failure(
            Failure.USAGE, "TRINO_PASSWORD is set, and is sent encrypted only: add ?SSL=true");
      }
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      headers.addAll(List.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(both)));
    }
    return new TrinoEngine(
        URI.create((isSecure ? "https://" : "http://") + parts.group(1) + port), headers);
  }

  @Override
  public Answer run(String sql) {
    HttpRequest.Builder begin =
        request(server.resolve("/v1/statement")).POST(HttpRequest.BodyPublishers.ofString(sql));
    JsonNode page = sent(begin);
    List<String> types = new ArrayList<>();
    Grid rows = new Grid(List.of());
    boolean isKnown = false;
    while (true) {
      if (page.has("error")) {
        throw new Failure(
            Failure.COULD_NOT, "Trino says: " + page.path("error").path("message").asText());
      }
      if (!isKnown && page.has("columns")) {
        isKnown = true;
        List<String> names = new ArrayList<>();
        for (JsonNode column : page.path("columns")) {
          names.add(column.path("name").asText());
          types.add(column.path("type").asText());
        }
        rows = new Grid(names);
      }
      for (JsonNode row : page.path("data")) {
        rows.add(row(types, row));
      }
      if (!page.has("nextUri")) {
        long bytes = page.path("stats").path("physicalInputBytes").asLong();
        return new Answer(rows, "Trino read " + SqlEngine.megabytes(bytes));
      }
      page = sent(request(onServer(URI.create(page.path("nextUri").asText()))));
    }
  }

  /** Credentials go to the server that was named, whatever name it gives itself. */
  private URI onServer(URI next) {
    String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
    return server.resolve(next.getRawPath() + query);
  }

  private static List<@Nullable Object> row(List<String> types, JsonNode row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      JsonNode cell = row.path(i);
      String text = cell.isValueNode() ? cell.asText() : cell.toString();
      cells.add(cell.isNull() ? null : SqlEngine.value(types.get(i), text));
    }
    return cells;
  }

  private HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(ANSWER).headers(headers.toArray(String[]::new));
  }

  private JsonNode sent(HttpRequest.Builder request) {
    try {
      for (int tries = 1; ; tries++) {
        HttpResponse<String> answer =
            http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return JSON.readTree(answer.body());
        }
        if (!BUSY.contains(answer.statusCode()) || tries == TRIES) {
          throw refused(answer);
        }
        Thread.sleep(100L * tries);
      }
    } catch (JsonProcessingException e) {
      throw new Failure(Failure.COULD_NOT, server + " answers, but is no Trino");
    } catch (IOException e) {
      String why = e.getMessage() == null ? "nobody answers" : e.getMessage();
      throw new Failure(Failure.COULD_NOT, "Cannot reach Trino at " + server + ": " + why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.COULD_NOT, "Interrupted");
    }
  }

  private Failure refused(HttpResponse<String> answer) {
    if (answer.statusCode() == 401) {
      return new Failure(
          Failure.COULD_NOT,
          "Trino at " + server + " asks who you are: name user=… in --url, and set TRINO_PASSWORD");
    }
    String body = answer.body().lines().findFirst().orElse("");
    return new Failure(
        Failure.COULD_NOT,
        "Trino at "
            + server
            + " answered "
            + answer.statusCode()
            + (body.isEmpty() ? "" : ": ")
            + body.substring(0, Math.min(200, body.length())));
  }
}
