package dev.frostline.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.scheduled.Metrics.Detail;
import dev.frostline.store.Store;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines of CloudWatch's embedded metric format, by its specification. */
class MetricsTest {
  private static final Instant SINCE = Instant.parse("2026-11-29T05:00:00Z");
  private static final Instant UNTIL = SINCE.plus(Duration.ofHours(1));

  @Test
  void everyColdStart_isInTheFleetsLinesOnce_andItsFunctions() throws Exception {
    List<JsonNode> lines = lines(Detail.FUNCTIONS);
    int fleet = 0;
    int busy = 0;
    for (JsonNode line : lines) {
      assertTrue(line.path("init_ms").size() <= 100, line.toString());
      fleet += line.has("function") ? 0 : line.path("init_ms").size();
      busy += line.path("function").asText().equals("busy") ? line.path("init_ms").size() : 0;
    }
    assertEquals(250, busy);
    assertEquals(251, fleet, "the one of another function, and none beyond the hour or failed");
    assertEquals(1, lines.get(0).path("findings_open").asInt());
    assertEquals(252, lines.get(0).path("cold_starts").asInt(), "with a restore");
    assertEquals("[31.5]", lines.get(0).path("restore_ms").toString());
    assertEquals(
        1,
        lines.stream()
            .filter(line -> line.path("function").asText().equals("quiet"))
            .mapToInt(line -> line.path("findings_open").asInt())
            .sum(),
        "a function with a finding and no start");
  }

  @Test
  void lines_areAsTheSpecificationSays() throws Exception {
    for (JsonNode line : lines(Detail.FUNCTIONS)) {
      assertEquals(UNTIL.toEpochMilli(), line.at("/_aws/Timestamp").asLong());
      JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
      assertEquals("Frostline", directive.path("Namespace").asText());
      for (JsonNode dimension : directive.path("Dimensions").get(0)) {
        assertTrue(line.path(dimension.asText()).isTextual(), line.toString());
      }
      for (JsonNode metric : directive.path("Metrics")) {
        JsonNode value = line.path(metric.path("Name").asText());
        assertTrue(value.isNumber() || value.isArray(), line.toString());
        assertTrue(List.of("Count", "Milliseconds").contains(metric.path("Unit").asText()));
      }
    }
  }

  @Test
  void fleetAlone_hasNoLineOfAFunction_andNoneIsNone() throws Exception {
    assertTrue(lines(Detail.FLEET).stream().noneMatch(line -> line.has("function")));
    assertEquals(List.of(), lines(Detail.NONE));
  }

  private static List<JsonNode> lines(Detail detail) throws Exception {
    try (Store store = Store.open(Path.of(":memory:"));
        Statement statement = store.connection().createStatement()) {
      String start =
          "INSERT INTO cold_start (cold_start_id, stream_id, account, region, function, version,"
              + " deployment, log_group, log_stream, ordinal, started_at, init_kind, status, trust,"
              + " suspect_lines, completeness, init_ms, restore_ms, import_count) SELECT %s, 1,"
              + " '1', 'r', '%s', '1', '1', 'g', 's', 0, TIMESTAMP '%s', '%s', '%s', 'ok', 0,"
              + " 'complete', %s, %s, 0%s";
      String in = "2026-11-29 05:30:00";
      String many = " FROM range(250) numbers(n)";
      for (String one :
          List.of(
              start.formatted("n", "busy", in, "on-demand", "success", "200 + n", "NULL", many),
              start.formatted("1000", "other", in, "on-demand", "success", "99", "NULL", ""),
              start.formatted("1001", "other", in, "restore", "success", "NULL", "31.5", ""),
              start.formatted("1002", "other", in, "failed", "error", "10000", "NULL", ""),
              start.formatted(
                  "1003",
                  "other",
                  "2026-11-29 06:00:00",
                  "on-demand",
                  "success",
                  "1",
                  "NULL",
                  ""))) {
        statement.execute(one);
      }
      List<JsonNode> lines = new ArrayList<>();
      for (String line : Metrics.of(store.connection(), SINCE, UNTIL, Map.of("quiet", 1), detail)) {
        lines.add(new ObjectMapper().readTree(line));
      }
      return lines;
    }
  }
}
