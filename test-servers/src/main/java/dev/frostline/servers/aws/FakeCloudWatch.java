package dev.frostline.servers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** CloudWatch: sums of metrics of the last day; AWS's limits of a request hold. */
public final class FakeCloudWatch {
  private static final int MOST_QUERIES = 500;
  private static final String PATH = "/service/GraniteServiceVersion20100801/operation/";

  /** Sums by metric and dimensions; what is not there has no data points. */
  private final Map<String, Double> sums = new TreeMap<>();

  private boolean denied;

  /** Counts log events of a subscription filter, e.g. ForwardedLogEvents. */
  public void count(String metric, String logGroup, String filter, double events) {
    sums.put(
        metric
            + new TreeMap<>(
                Map.of(
                    "LogGroupName", logGroup, "DestinationType", "Lambda", "FilterName", filter)),
        events);
  }

  /** Lets nobody read metrics any more. */
  public void deny() {
    denied = true;
  }

  static String operation(String path) {
    return path.startsWith(PATH) ? path.substring(PATH.length()) : "Unknown " + path;
  }

  void answer(String operation, JsonNode request, ObjectNode answer) {
    if (!operation.equals("GetMetricData")) {
      throw new Refusal(404, "UnknownOperationException", operation);
    }
    if (denied) {
      throw new Refusal(403, "AccessDeniedException", "not authorized");
    }
    JsonNode queries = request.path("MetricDataQueries");
    Refusal.unless(
        !queries.isEmpty() && queries.size() <= MOST_QUERIES,
        "ValidationError",
        "MetricDataQueries has 1 to 500 members");
    Refusal.unless(
        request.path("StartTime").asDouble() < request.path("EndTime").asDouble(),
        "ValidationError",
        "The parameter StartTime must be less than the parameter EndTime.");
    Set<String> ids = new HashSet<>();
    ArrayNode results = answer.putArray("MetricDataResults");
    for (JsonNode query : queries) {
      String id = query.path("Id").asText();
      JsonNode stat = query.path("MetricStat");
      Refusal.unless(
          id.matches("[a-z][a-zA-Z0-9_]*") && ids.add(id), "ValidationError", "Id " + id);
      Refusal.unless(
          stat.path("Stat").asText().equals("Sum") && stat.path("Period").asInt() % 60 == 0,
          "ValidationError",
          "Stat or Period of " + id);
      ObjectNode result = results.addObject().put("Id", id).put("StatusCode", "Complete");
      Double sum = sums.get(name(stat.path("Metric")));
      ArrayNode values = result.putArray("Values");
      if (sum != null) { // over two periods
        values.add(sum - 1).add(1.0);
      }
    }
  }

  private static String name(JsonNode metric) {
    Refusal.unless(
        metric.path("Namespace").asText().equals("AWS/Logs"), "ValidationError", "Namespace");
    Map<String, String> dimensions = new TreeMap<>();
    metric
        .path("Dimensions")
        .forEach(one -> dimensions.put(one.path("Name").asText(), one.path("Value").asText()));
    return metric.path("MetricName").asText() + dimensions;
  }
}
