package dev.frostline.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the CloudFormation template says, in words that the Terraform module is asked for too. */
final class CloudFormationFacts {
  /** Types that both templates have, with the end of their logical ids. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("AWS::Lambda::LayerVersion", ""),
          Map.entry("AWS::S3::Bucket", "Bucket"),
          Map.entry("AWS::Logs::LogGroup", "Logs"),
          Map.entry("AWS::IAM::Role", "Role"),
          Map.entry("AWS::IAM::ManagedPolicy", "Policy"),
          Map.entry("AWS::Lambda::Function", "Function"),
          Map.entry("AWS::Lambda::Alias", "Alias"),
          Map.entry("AWS::Lambda::EventInvokeConfig", "Failures"),
          Map.entry("AWS::Lambda::Permission", "Permission"),
          Map.entry("AWS::Events::Rule", ""),
          Map.entry("AWS::SNS::Topic", "Topic"),
          Map.entry("AWS::SNS::Subscription", "Subscription"),
          Map.entry("AWS::CloudWatch::Alarm", "Alarm"),
          Map.entry("AWS::CloudWatch::Dashboard", ""));

  /** Of CloudFormation alone: Terraform publishes by itself. */
  private static final Set<String> ALONE = Set.of("AWS::Lambda::Version", "AWS::S3::BucketPolicy");

  private final JsonNode resources;
  private final Map<String, String> facts = new TreeMap<>();

  private CloudFormationFacts(JsonNode resources) {
    this.resources = resources;
  }

  static JsonNode read(Path template) throws IOException {
    return new YAMLMapper().readTree(template.toFile());
  }

  static Map<String, String> of(Path template) throws IOException {
    CloudFormationFacts facts = new CloudFormationFacts(read(template).path("Resources"));
    facts.resources.properties().forEach(entry -> facts.add(entry.getKey(), entry.getValue()));
    return facts.facts;
  }

  private void add(String id, JsonNode resource) {
    String type = resource.path("Type").asText();
    if (ALONE.contains(type)) {
      return;
    }
    String end = TYPES.getOrDefault(type, "?");
    if (!id.endsWith(end)) {
      throw new IllegalStateException(id + ": name a " + type + " by a word and " + end);
    }
    String name = id.substring(0, id.length() - end.length()).toLowerCase(Locale.ROOT);
    String subject = type.substring(type.lastIndexOf(':') + 1) + " " + name;
    facts.put(subject, "there");
    JsonNode properties = resource.path("Properties");
    for (String fact :
        Set.of(
            "Runtime",
            "Handler",
            "MemorySize",
            "Timeout",
            "MetricName",
            "Namespace",
            "Statistic",
            "Period",
            "EvaluationPeriods",
            "Threshold",
            "ScheduleExpression",
            "Principal",
            "MaximumRetryAttempts",
            "MaximumEventAgeInSeconds",
            "TreatMissingData")) {
      if (properties.has(fact)) {
        facts.put(subject + " " + fact, properties.path(fact).asText());
      }
    }
    addAll(subject + " variables", properties.at("/Environment/Variables"), true);
    addAll(subject + " events", properties.at("/EventPattern/detail/eventName"), false);
    if (properties.toString().contains("aws:ResourceTag/")) {
      facts.put(subject + " condition", "by tag");
    }
    if (!actions(properties).isEmpty()) {
      facts.put(subject + " actions", actions(properties).toString());
    }
  }

  private void addAll(String subject, JsonNode node, boolean names) {
    Set<String> values = new TreeSet<>();
    if (names) {
      node.fieldNames().forEachRemaining(values::add);
    } else {
      node.forEach(value -> values.add(value.asText()));
    }
    if (!values.isEmpty()) {
      facts.put(subject, values.toString());
    }
  }

  /** Effect and action of every statement of the policies in it, trust policies left out. */
  static Set<String> actions(JsonNode properties) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode policy :
        List.of(properties.path("Policies"), policy(properties.path("PolicyDocument")))) {
      policy.findParents("Effect").forEach(statement -> add(statement, actions));
    }
    return actions;
  }

  /** A policy; one that is a text with variables has what they are where their condition holds. */
  static JsonNode policy(JsonNode document) {
    if (!document.isArray()) {
      return document;
    }
    String text = document.path(0).asText();
    for (Map.Entry<String, JsonNode> variable : document.path(1).properties()) {
      String value = variable.getValue().at("/1/0").asText();
      text = text.replace("${" + variable.getKey() + "}", value);
    }
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This policy is no JSON: " + text, e);
    }
  }

  private static void add(JsonNode statement, Set<String> actions) {
    JsonNode action = statement.path("Action");
    if (!(action instanceof ArrayNode)) {
      throw new IllegalStateException("Actions are a list: " + statement);
    }
    action.forEach(one -> actions.add(statement.path("Effect").asText() + " " + one.asText()));
  }
}
