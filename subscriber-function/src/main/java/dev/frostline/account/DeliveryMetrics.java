package dev.frostline.account;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * What CloudWatch Logs counted of a subscription filter's deliveries (namespace AWS/Logs). Apart
 * from {@link Account}, since the subscriber of an account never asks.
 */
public final class DeliveryMetrics implements AutoCloseable {
  private static final int MOST_QUERIES = 500;
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final List<String> METRICS =
      List.of("ForwardedLogEvents", "DeliveryErrors", "DeliveryThrottling");

  private final CloudWatchClient cloudWatch;

  /**
   * Log events of the last day.
   *
   * @param forwarded delivered
   * @param errors met an error: tried again for 24 hours if it may pass, else skipped
   * @param throttled tried again for 24 hours
   */
  public record Counts(long forwarded, long errors, long throttled) {}

  /** One metric of one log group. */
  private record Question(String logGroup, String metric) {}

  /** Opens a client; calls nothing yet. */
  public DeliveryMetrics(Connection connection) {
    cloudWatch = connection.client(CloudWatchClient.builder());
  }

  /**
   * What was counted in the last day, by log group.
   *
   * @param filter name of the filter on each of them
   * @throws AccountException when AWS refuses
   */
  public Map<String, Counts> lastDay(String filter, List<String> logGroups) {
    Map<Question, Long> sums = new HashMap<>();
    List<Question> questions = new ArrayList<>();
    for (String group : logGroups) {
      METRICS.forEach(metric -> questions.add(new Question(group, metric)));
    }
    for (int from = 0; from < questions.size(); from += MOST_QUERIES) {
      int end = Math.min(from + MOST_QUERIES, questions.size());
      ask(filter, questions.subList(from, end), sums);
    }
    Map<String, Counts> counts = new HashMap<>();
    for (String group : logGroups) {
      long[] three =
          METRICS.stream()
              .mapToLong(metric -> sums.getOrDefault(new Question(group, metric), 0L))
              .toArray();
      counts.put(group, new Counts(three[0], three[1], three[2]));
    }
    return counts;
  }

  @Override
  public void close() {
    cloudWatch.close();
  }

  private void ask(String filter, List<Question> questions, Map<Question, Long> sums) {
    Instant now = Instant.now();
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      queries.add(query("q" + i, filter, questions.get(i)));
    }
    List<MetricDataResult> results =
        Account.call(
            "read CloudWatch's metrics of deliveries",
            () ->
                cloudWatch
                    .getMetricDataPaginator(
                        request ->
                            request
                                .metricDataQueries(queries)
                                .startTime(
                                    now.minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS))
                                .endTime(now))
                    .metricDataResults()
                    .stream()
                    .toList());
    for (MetricDataResult result : results) {
      Question question = questions.get(Integer.parseInt(result.id().substring(1)));
      double sum = result.values().stream().mapToDouble(Double::doubleValue).sum();
      sums.merge(question, Math.round(sum), Long::sum);
    }
  }

  private static MetricDataQuery query(String id, String filter, Question question) {
    Map<String, String> dimensions =
        Map.of(
            "LogGroupName", question.logGroup(), "DestinationType", "Lambda", "FilterName", filter);
    List<Dimension> asked =
        dimensions.entrySet().stream()
            .map(one -> Dimension.builder().name(one.getKey()).value(one.getValue()).build())
            .toList();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.stat("Sum")
                    .period((int) PERIOD.toSeconds())
                    .metric(
                        metric ->
                            metric
                                .namespace("AWS/Logs")
                                .metricName(question.metric())
                                .dimensions(asked)))
        .build();
  }
}
