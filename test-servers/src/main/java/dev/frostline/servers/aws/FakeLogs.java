package dev.frostline.servers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CloudWatch Logs: groups, subscription filters, the account policy, and which events each filter
 * lets through. Limits and answers as AWS documents or gave them.
 */
public final class FakeLogs {
  private static final int MOST_IN_A_PAGE = 50;

  /** Log groups with their class and filters, by name. */
  public final Map<String, Group> groups = new TreeMap<>();

  /** Filters a group may have. */
  public int slots = 2;

  public final List<ObjectNode> policies = new ArrayList<>();

  private final FakeLambda lambda;

  FakeLogs(FakeLambda lambda) {
    this.lambda = lambda;
  }

  /**
   * A subscription filter.
   *
   * @param role that delivers to a bucket; empty for a function
   */
  public record Filter(String name, String pattern, String destination, String role) {
    public Filter(String name, String pattern, String destination) {
      this(name, pattern, destination, "");
    }
  }

  /** A log group. */
  public static final class Group {
    public final String logClass;
    public final Map<String, Filter> filters = new TreeMap<>();

    Group(String logClass) {
      this.logClass = logClass;
    }
  }

  public Group group(String name) {
    return group(name, "STANDARD");
  }

  public Group group(String name, String logClass) {
    return groups.computeIfAbsent(name, key -> new Group(logClass));
  }

  /** A filter that somebody else made. */
  public void foreign(String group, String filter) {
    group(group)
        .filters
        .put(
            filter,
            new Filter(filter, "", "arn:aws:lambda:eu-west-1:123456789012:function:" + filter));
  }

  /** What arrives at each destination when these messages are logged. */
  public Map<String, List<String>> deliver(String group, List<String> messages) {
    Map<String, List<String>> delivered = new TreeMap<>();
    for (Filter filter : group(group).filters.values()) {
      FilterPattern pattern = FilterPattern.parse(filter.pattern());
      delivered
          .computeIfAbsent(filter.destination(), key -> new ArrayList<>())
          .addAll(messages.stream().filter(pattern::matches).toList());
    }
    return delivered;
  }

  void answer(String operation, JsonNode request, ObjectNode answer) {
    switch (operation) {
      case "DescribeLogGroups" -> describeLogGroups(request, answer);
      case "DescribeSubscriptionFilters" -> describeFilters(request, answer);
      case "PutSubscriptionFilter" -> putFilter(request);
      case "DeleteSubscriptionFilter" -> deleteFilter(request);
      case "DescribeAccountPolicies" -> describePolicies(answer);
      case "PutAccountPolicy" -> putPolicy(request, answer);
      case "DeleteAccountPolicy" -> deletePolicy(request);
      default -> throw new Refusal(400, "UnknownOperationException", operation);
    }
  }

  private void describeLogGroups(JsonNode request, ObjectNode answer) {
    String prefix = request.path("logGroupNamePrefix").asText("");
    int limit = request.path("limit").asInt(MOST_IN_A_PAGE);
    Refusal.unless(
        limit >= 1 && limit <= MOST_IN_A_PAGE, "InvalidParameterException", "limit out of range");
    List<String> names = groups.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    int from = request.path("nextToken").asInt(0);
    ArrayNode page = answer.putArray("logGroups");
    for (String name : names.subList(from, Math.min(names.size(), from + limit))) {
      page.addObject()
          .put("logGroupName", name)
          .put("logGroupClass", group(name).logClass)
          .put("creationTime", 1_700_000_000_000L);
    }
    if (from + limit < names.size()) {
      answer.put("nextToken", String.valueOf(from + limit));
    }
  }

  private Group existing(JsonNode request) {
    String name = request.path("logGroupName").asText();
    Refusal.unless(
        name.matches("[.\\-_/#A-Za-z0-9]{1,512}"), "InvalidParameterException", "logGroupName");
    Refusal.unless(
        groups.containsKey(name),
        "ResourceNotFoundException",
        "The specified log group does not exist.");
    return group(name);
  }

  private void describeFilters(JsonNode request, ObjectNode answer) {
    ArrayNode filters = answer.putArray("subscriptionFilters");
    for (Filter filter : existing(request).filters.values()) {
      filters
          .addObject()
          .put("filterName", filter.name())
          .put("logGroupName", request.path("logGroupName").asText())
          .put("filterPattern", filter.pattern())
          .put("destinationArn", filter.destination())
          .put("roleArn", filter.role().isEmpty() ? null : filter.role())
          .put("distribution", "ByLogStream")
          .put("applyOnTransformedLogs", false)
          .put("creationTime", 1_700_000_000_000L);
    }
  }

  private void putFilter(JsonNode request) {
    Group group = existing(request);
    String name = request.path("filterName").asText();
    String pattern = request.path("filterPattern").asText();
    String destination = request.path("destinationArn").asText();
    Refusal.unless(
        name.matches("[^:*]{1,512}"), "InvalidParameterException", "filterName is invalid");
    Refusal.unless(
        request.has("filterPattern") && pattern.length() <= 1024,
        "InvalidParameterException",
        "filterPattern is invalid");
    Refusal.unless(
        FilterPattern.isValid(pattern), "InvalidParameterException", "Invalid filter pattern");
    String role = request.path("roleArn").asText("");
    if (group.logClass.equals("DELIVERY")) {
      Refusal.unless(
          destination.startsWith("arn:aws:s3:::") && role.startsWith("arn:aws:iam::"),
          "InvalidParameterException",
          "A log group of class DELIVERY delivers to a bucket, with a role.");
    } else {
      Refusal.unless(
          group.logClass.equals("STANDARD"),
          "ValidationException",
          "Subscription filters are not supported for log groups of class " + group.logClass);
      mayInvoke(destination, request.path("logGroupName").asText());
    }
    Refusal.unless(
        group.filters.containsKey(name) || group.filters.size() < slots,
        "LimitExceededException",
        "Resource limit exceeded.");
    group.filters.put(name, new Filter(name, pattern, destination, role));
  }

  private void mayInvoke(String destination, String group) {
    Refusal.unless(
        destination.contains(":" + ControlPlane.ACCOUNT + ":"),
        "AccessDeniedException",
        "Cross-account pass role is not allowed.");
    Refusal.unless(
        destination.startsWith("arn:aws:lambda:" + ControlPlane.REGION + ":")
            && lambda.allowsLogs(
                destination,
                "arn:aws:logs:"
                    + ControlPlane.REGION
                    + ":"
                    + ControlPlane.ACCOUNT
                    + ":log-group:"
                    + group
                    + ":*"),
        "InvalidParameterException",
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission"
            + " to execute your function.");
  }

  private void deleteFilter(JsonNode request) {
    Refusal.unless(
        existing(request).filters.remove(request.path("filterName").asText()) != null,
        "ResourceNotFoundException",
        "The specified subscription filter does not exist.");
  }

  private void describePolicies(ObjectNode answer) {
    policies.forEach(answer.putArray("accountPolicies")::add);
  }

  private void putPolicy(JsonNode request, ObjectNode answer) {
    String selection = request.path("selectionCriteria").asText();
    Refusal.unless(
        selection.length() <= 25_000
            && selection.matches("LogGroupName NOT IN \\[(\"[.\\-_/#A-Za-z0-9]+\",?)*]"),
        "InvalidParameterException",
        "selectionCriteria is invalid");
    String name = request.path("policyName").asText();
    policies.removeIf(policy -> policy.path("policyName").asText().equals(name));
    Refusal.unless(policies.isEmpty(), "LimitExceededException", "Resource limit exceeded.");
    policies.add(request.deepCopy());
    answer.set("accountPolicy", request);
  }

  private void deletePolicy(JsonNode request) {
    String name = request.path("policyName").asText();
    Refusal.unless(
        policies.removeIf(policy -> policy.path("policyName").asText().equals(name)),
        "ResourceNotFoundException",
        "Policy does not exist.");
  }
}
