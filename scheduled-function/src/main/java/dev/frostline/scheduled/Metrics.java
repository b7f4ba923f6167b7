package dev.frostline.scheduled;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.store.NamedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in CloudWatch's embedded format (EMF): lines of the function's own log, of which
 * CloudWatch makes metrics, without a request. {@code {"_aws":{…"Namespace":"Frostline"…},
 * "init_ms":[218.4,305.1],"cold_starts":2}}
 */
final class Metrics {
  /** CloudWatch takes so many values of a metric from one line. */
  private static final int MOST_VALUES = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** For what there are metrics: CloudWatch bills each of them by the month. */
  enum Detail {
    NONE,
    /** Four metrics of the whole fleet. */
    FLEET,
    /** Those, and four of each function. */
    FUNCTIONS
  }

  private final Instant at;
  private final List<String> lines = new ArrayList<>();

  private Metrics(Instant at) {
    this.at = at;
  }

  /** One cold start; one of the two durations. */
  private record Start(String function, @Nullable Double initMs, @Nullable Double restoreMs) {}

  /**
   * The lines of a stretch of time.
   *
   * @param open findings that are open now, by function
   */
  static List<String> of(
      Connection store, Instant since, Instant until, Map<String, Integer> open, Detail detail)
      throws SQLException {
    Metrics metrics = new Metrics(until);
    if (detail == Detail.NONE) {
      return metrics.lines;
    }
    List<Start> starts =
        NamedQuery.of("start_metrics")
            .with("since", LocalDateTime.ofInstant(since, ZoneOffset.UTC))
            .with("until", LocalDateTime.ofInstant(until, ZoneOffset.UTC))
            .rows(
                store,
                row ->
                    new Start(
                        row.getString("function"),
                        (Double) row.getObject("init_ms"),
                        (Double) row.getObject("restore_ms")));
    metrics.add(null, starts, open.values().stream().mapToInt(Integer::intValue).sum());
    if (detail == Detail.FUNCTIONS) {
      Map<String, List<Start>> byFunction = new TreeMap<>();
      open.keySet().forEach(name -> byFunction.put(name, new ArrayList<>()));
      starts.forEach(
          start ->
              byFunction.computeIfAbsent(start.function(), any -> new ArrayList<>()).add(start));
      byFunction.forEach((name, own) -> metrics.add(name, own, open.getOrDefault(name, 0)));
    }
    return metrics.lines;
  }

  /** One line, and more where a line does not hold all values; counts stand in the first. */
  private void add(@Nullable String function, List<Start> starts, int open) {
    List<Double> inits = starts.stream().map(Start::initMs).filter(ms -> ms != null).toList();
    List<Double> restores = starts.stream().map(Start::restoreMs).filter(ms -> ms != null).toList();
    int most = Math.max(inits.size(), restores.size());
    for (int from = 0; from == 0 || from < most; from += MOST_VALUES) {
      ObjectNode line = JSON.createObjectNode();
      ObjectNode head = line.putObject("_aws").put("Timestamp", at.toEpochMilli());
      ObjectNode directive = head.putArray("CloudWatchMetrics").addObject();
      directive.put("Namespace", "Frostline");
      ArrayNode dimensions = directive.putArray("Dimensions").addArray();
      if (function != null) {
        dimensions.add("function");
        line.put("function", function);
      }
      ArrayNode names = directive.putArray("Metrics");
      values(line, names, "init_ms", inits, from);
      values(line, names, "restore_ms", restores, from);
      if (from == 0) {
        names.addObject().put("Name", "cold_starts").put("Unit", "Count");
        line.put("cold_starts", starts.size());
        names.addObject().put("Name", "findings_open").put("Unit", "Count");
        line.put("findings_open", open);
      }
      lines.add(text(line));
    }
  }

  private static void values(
      ObjectNode line, ArrayNode names, String metric, List<Double> all, int from) {
    if (from < all.size()) {
      names.addObject().put("Name", metric).put("Unit", "Milliseconds");
      ArrayNode values = line.putArray(metric);
      all.subList(from, Math.min(all.size(), from + MOST_VALUES)).forEach(values::add);
    }
  }

  private static String text(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers and names are always JSON", e);
    }
  }
}
