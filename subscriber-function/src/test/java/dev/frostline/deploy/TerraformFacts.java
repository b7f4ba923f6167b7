package dev.frostline.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Terraform module says, in the words of {@link CloudFormationFacts}. */
final class TerraformFacts {
  private static final Pattern RESOURCE =
      Pattern.compile("(?ms)^resource \"(\\w+)\" \"(\\w+)\" \\{$(.*?)^}$");
  private static final Pattern STATEMENT =
      Pattern.compile("Effect\\s*= \"(\\w+)\"\\s+Action\\s*= \\[([^]]*)]");
  private static final Pattern FOR_EACH = Pattern.compile("for_each\\s*= local\\.(\\w+)");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("aws_lambda_layer_version", "LayerVersion"),
          Map.entry("aws_s3_bucket", "Bucket"),
          Map.entry("aws_cloudwatch_log_group", "LogGroup"),
          Map.entry("aws_iam_role", "Role"),
          Map.entry("aws_iam_role_policy", "Role"),
          Map.entry("aws_iam_policy", "ManagedPolicy"),
          Map.entry("aws_lambda_function", "Function"),
          Map.entry("aws_lambda_alias", "Alias"),
          Map.entry("aws_lambda_function_event_invoke_config", "EventInvokeConfig"),
          Map.entry("aws_lambda_permission", "Permission"),
          Map.entry("aws_cloudwatch_event_rule", "Rule"),
          Map.entry("aws_sns_topic", "Topic"),
          Map.entry("aws_sns_topic_subscription", "Subscription"),
          Map.entry("aws_cloudwatch_metric_alarm", "Alarm"),
          Map.entry("aws_cloudwatch_dashboard", "Dashboard"));

  /** Parts of a bucket or a rule in CloudFormation, and the jar that Terraform uploads itself. */
  private static final Set<String> ALONE =
      Set.of(
          "aws_s3_bucket_public_access_block",
          "aws_s3_bucket_server_side_encryption_configuration",
          "aws_s3_bucket_lifecycle_configuration",
          "aws_s3_bucket_logging",
          "aws_s3_bucket_policy",
          "aws_s3_object",
          "aws_cloudwatch_event_target");

  private static final Map<String, String> FACTS =
      Map.ofEntries(
          Map.entry("runtime", "Runtime"),
          Map.entry("handler", "Handler"),
          Map.entry("memory_size", "MemorySize"),
          Map.entry("timeout", "Timeout"),
          Map.entry("metric_name", "MetricName"),
          Map.entry("namespace", "Namespace"),
          Map.entry("statistic", "Statistic"),
          Map.entry("period", "Period"),
          Map.entry("evaluation_periods", "EvaluationPeriods"),
          Map.entry("threshold", "Threshold"),
          Map.entry("schedule_expression", "ScheduleExpression"),
          Map.entry("principal", "Principal"),
          Map.entry("maximum_retry_attempts", "MaximumRetryAttempts"),
          Map.entry("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds"),
          Map.entry("treat_missing_data", "TreatMissingData"));

  private final Map<String, String> facts = new TreeMap<>();
  private final String module;

  private TerraformFacts(String module) {
    this.module = module;
  }

  static Map<String, String> of(Path module) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(module)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tf")).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    TerraformFacts facts = new TerraformFacts(text.toString());
    RESOURCE.matcher(text).results().forEach(facts::add);
    return facts.facts;
  }

  private void add(MatchResult resource) {
    String type = resource.group(1);
    if (ALONE.contains(type)) {
      return;
    }
    String body = resource.group(3);
    Matcher each = FOR_EACH.matcher(body);
    for (String name : each.find() ? keys(each.group(1)) : List.of(resource.group(2))) {
      add(type, TYPES.getOrDefault(type, type) + " " + name.replace("_", ""), body);
    }
  }

  /** Keys of a local set, or of a local map with one key a line. */
  private List<String> keys(String local) {
    Matcher set = Pattern.compile("(?m)^  " + local + "\\s*= toset\\(\\[(.*)]\\)$").matcher(module);
    if (set.find()) {
      return QUOTED.matcher(set.group(1)).results().map(key -> key.group(1)).toList();
    }
    Matcher map = Pattern.compile("(?ms)^  " + local + " = \\{$(.*?)^  }$").matcher(module);
    if (!map.find()) {
      throw new IllegalStateException("No local set or map " + local);
    }
    return Pattern.compile("(?m)^    (\\w+)\\s*=")
        .matcher(map.group(1))
        .results()
        .map(key -> key.group(1))
        .toList();
  }

  private void add(String type, String subject, String body) {
    facts.put(subject, "there");
    for (Map.Entry<String, String> fact : FACTS.entrySet()) {
      Matcher value =
          Pattern.compile("(?m)^ *" + fact.getKey() + "\\s*= \"?([^\"\\n]+)\"?$").matcher(body);
      if (value.find()) {
        facts.put(subject + " " + fact.getValue(), value.group(1));
      }
    }
    put(subject + " variables", Pattern.compile("(?m)^ *(FROSTLINE_\\w+) *=").matcher(body));
    Matcher events = Pattern.compile("eventName = \\[([^]]*)]").matcher(body);
    if (events.find()) {
      put(subject + " events", QUOTED.matcher(events.group(1)));
    }
    if (body.contains("aws:ResourceTag/")) {
      facts.put(subject + " condition", "by tag");
    }
    if (!type.equals("aws_iam_role")) {
      addActions(subject, body);
    }
  }

  private void addActions(String subject, String body) {
    Set<String> actions = new TreeSet<>();
    for (MatchResult statement : STATEMENT.matcher(body).results().toList()) {
      for (MatchResult action : QUOTED.matcher(statement.group(2)).results().toList()) {
        actions.add(statement.group(1) + " " + action.group(1));
      }
    }
    if (!actions.isEmpty()) {
      facts.put(subject + " actions", actions.toString());
    }
  }

  private void put(String subject, Matcher values) {
    List<String> found = values.results().map(value -> value.group(1)).toList();
    if (!found.isEmpty()) {
      facts.put(subject, new TreeSet<>(found).toString());
    }
  }
}
