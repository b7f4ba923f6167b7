package dev.frostline.servers.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda: functions with their configuration, tags and resource policies; AWS's limits hold. */
public final class FakeLambda {
  private static final int MOST_LAYERS = 5;
  private static final int MOST_ENVIRONMENT_BYTES = 4096;
  private static final int PAGE = 50;
  private static final Pattern FUNCTION =
      Pattern.compile("/20[0-9-]+/functions/([^/]+)/(configuration|policy|concurrency)(?:/(.+))?");

  /** Functions as GetFunctionConfiguration tells them, by name. */
  public final Map<String, ObjectNode> functions = new TreeMap<>();

  public final Map<String, Map<String, String>> tags = new TreeMap<>();

  /** Statements by function and statement id. */
  public final Map<String, Map<String, ObjectNode>> policies = new TreeMap<>();

  public final Map<String, Integer> concurrency = new TreeMap<>();

  private final Set<String> deletedAliases = new TreeSet<>();

  private int revisions;

  /** A function that logs as text to the group of its name. */
  public ObjectNode function(String name, String runtime) {
    ObjectNode function = ControlPlane.JSON.createObjectNode();
    function
        .put("FunctionName", name)
        .put("FunctionArn", arn(name))
        .put("Runtime", runtime)
        .put("Handler", "app.handler")
        .put("PackageType", "Zip")
        .put("State", "Active")
        .put("LastUpdateStatus", "Successful")
        .put("RevisionId", nextRevision());
    function
        .putObject("LoggingConfig")
        .put("LogFormat", "Text")
        .put("LogGroup", "/aws/lambda/" + name);
    functions.put(name, function);
    return function;
  }

  /** A function that carries the layer. */
  public ObjectNode wrapped(String name) {
    ObjectNode function = function(name, "python3.13");
    function.putArray("Layers").addObject().put("Arn", layer("frostline", 3));
    function
        .putObject("Environment")
        .putObject("Variables")
        .put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/bin/importtime_wrapper");
    return function;
  }

  public static String arn(String name) {
    return "arn:aws:lambda:"
        + ControlPlane.REGION
        + ":"
        + ControlPlane.ACCOUNT
        + ":function:"
        + name;
  }

  public static String layer(String name, int version) {
    return "arn:aws:lambda:"
        + ControlPlane.REGION
        + ":"
        + ControlPlane.ACCOUNT
        + ":layer:"
        + name
        + ":"
        + version;
  }

  /** Lets CloudWatch Logs invoke it from everywhere, as a template does. */
  public void allowLogs(String destination) {
    policies
        .computeIfAbsent(destination, key -> new TreeMap<>())
        .put(
            "FromTemplate",
            statement(
                "FromTemplate",
                "logs.amazonaws.com",
                "arn:aws:logs:"
                    + ControlPlane.REGION
                    + ":"
                    + ControlPlane.ACCOUNT
                    + ":log-group:*"));
  }

  /** Deletes an alias, and with it its resource policy. */
  public void deleteAlias(String arn) {
    deletedAliases.add(arn);
    policies.remove(arn);
  }

  boolean allowsLogs(String destination, String source) {
    if (!functions.containsKey(nameOf(destination))) {
      return false;
    }
    return policies.getOrDefault(destination, Map.of()).values().stream()
        .map(statement -> statement.at("/Condition/ArnLike/AWS:SourceArn").asText())
        .anyMatch(pattern -> source.matches(pattern.replace("*", ".*")));
  }

  static String operation(String method, String path) {
    if (path.matches("/2015-03-31/functions/?")) {
      return "ListFunctions";
    }
    if (path.startsWith("/2017-03-31/tags/")) {
      return "ListTags";
    }
    Matcher matcher = FUNCTION.matcher(path);
    String what = matcher.matches() ? matcher.group(2) : "?";
    return switch (what + " " + method) {
      case "configuration GET" -> "GetFunctionConfiguration";
      case "configuration PUT" -> "UpdateFunctionConfiguration";
      case "policy GET" -> "GetPolicy";
      case "policy POST" -> "AddPermission";
      case "policy DELETE" -> "RemovePermission";
      case "concurrency GET" -> "GetFunctionConcurrency";
      default -> "Unknown " + method + " " + path;
    };
  }

  void answer(String operation, URI uri, JsonNode request, ObjectNode answer) {
    String path = uri.getPath();
    Matcher matcher = FUNCTION.matcher(path);
    String name = matcher.matches() ? matcher.group(1) : "";
    String qualified = qualified(name, uri.getQuery());
    switch (operation) {
      case "ListFunctions" -> list(uri.getQuery(), answer);
      case "GetFunctionConfiguration" -> answer.setAll(existing(qualified));
      case "UpdateFunctionConfiguration" -> answer.setAll(update(existing(name), request));
      case "GetPolicy" -> policy(qualified, answer);
      case "AddPermission" -> addPermission(qualified, request, answer);
      case "RemovePermission" -> removePermission(qualified, matcher.group(3));
      case "GetFunctionConcurrency" -> {
        if (concurrency.containsKey(existing(name).path("FunctionName").asText())) {
          answer.put(
              "ReservedConcurrentExecutions",
              concurrency.get(existing(name).path("FunctionName").asText()));
        }
      }
      case "ListTags" -> {
        ObjectNode found = answer.putObject("Tags");
        String arn =
            URLDecoder.decode(path.substring("/2017-03-31/tags/".length()), StandardCharsets.UTF_8);
        tags.getOrDefault(nameOf(arn), Map.of()).forEach(found::put);
      }
      default -> throw new Refusal(404, "UnknownOperationException", operation);
    }
  }

  private void list(String query, ObjectNode answer) {
    Matcher marker = Pattern.compile("Marker=(\\d+)").matcher(query == null ? "" : query);
    int from = marker.find() ? Integer.parseInt(marker.group(1)) : 0;
    List<ObjectNode> all = List.copyOf(functions.values());
    ArrayNode page = answer.putArray("Functions");
    all.subList(from, Math.min(all.size(), from + PAGE)).forEach(page::add);
    if (from + PAGE < all.size()) {
      answer.put("NextMarker", String.valueOf(from + PAGE));
    }
  }

  private ObjectNode existing(String name) {
    ObjectNode function = functions.get(nameOf(name));
    if (function == null || deletedAliases.contains(name)) {
      throw new Refusal(404, "ResourceNotFoundException", "Function not found: " + name);
    }
    return function;
  }

  private ObjectNode update(ObjectNode function, JsonNode request) {
    if (request.has("RevisionId")
        && !request.path("RevisionId").asText().equals(function.path("RevisionId").asText())) {
      throw new Refusal(
          412,
          "PreconditionFailedException",
          "The Revision Id provided does not match the latest Revision Id.");
    }
    if (!function.path("LastUpdateStatus").asText().equals("Successful")) {
      throw new Refusal(
          409, "ResourceConflictException", "The operation cannot be performed at this time.");
    }
    Refusal.unless(
        request.path("Layers").size() <= MOST_LAYERS,
        "InvalidParameterValueException",
        "Layers count should be less than or equal to 5.");
    JsonNode variables = request.path("Environment").path("Variables");
    int bytes = 0;
    for (Map.Entry<String, JsonNode> variable : variables.properties()) {
      bytes += variable.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += variable.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
    }
    Refusal.unless(
        bytes <= MOST_ENVIRONMENT_BYTES,
        "InvalidParameterValueException",
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided exceeded the 4KB limit.");
    function.remove("Layers");
    if (!request.path("Layers").isEmpty()) {
      ArrayNode layers = function.putArray("Layers");
      request.path("Layers").forEach(layer -> layers.addObject().put("Arn", layer.asText()));
    }
    function.remove("Environment");
    if (!variables.isEmpty()) {
      function.putObject("Environment").set("Variables", variables);
    }
    function.put("RevisionId", nextRevision());
    return function;
  }

  private void policy(String qualified, ObjectNode answer) {
    Map<String, ObjectNode> statements = policies.getOrDefault(qualified, Map.of());
    if (statements.isEmpty()) {
      throw new Refusal(
          404, "ResourceNotFoundException", "The resource you requested does not exist.");
    }
    ObjectNode policy = ControlPlane.JSON.createObjectNode().put("Version", "2012-10-17");
    ArrayNode array = policy.putArray("Statement");
    statements.values().forEach(array::add);
    answer.put("Policy", policy.toString());
  }

  private void addPermission(String qualified, JsonNode request, ObjectNode answer) {
    existing(qualified);
    String id = request.path("StatementId").asText();
    Refusal.unless(id.matches("[a-zA-Z0-9-_]{1,100}"), "ValidationException", "statementId");
    Map<String, ObjectNode> statements =
        policies.computeIfAbsent(qualified, key -> new TreeMap<>());
    if (statements.containsKey(id)) {
      throw new Refusal(
          409, "ResourceConflictException", "The statement id provided already exists.");
    }
    statements.put(
        id, statement(id, request.path("Principal").asText(), request.path("SourceArn").asText()));
    answer.put("Statement", statements.get(id).toString());
  }

  private void removePermission(String qualified, String id) {
    if (policies.getOrDefault(qualified, Map.of()).remove(id) == null) {
      throw new Refusal(404, "ResourceNotFoundException", "Statement " + id + " is not found.");
    }
  }

  private static ObjectNode statement(String id, String principal, String source) {
    ObjectNode statement = ControlPlane.JSON.createObjectNode();
    statement.put("Sid", id).put("Effect", "Allow").put("Action", "lambda:InvokeFunction");
    statement.putObject("Principal").put("Service", principal);
    ObjectNode condition = statement.putObject("Condition");
    condition.putObject("StringEquals").put("AWS:SourceAccount", ControlPlane.ACCOUNT);
    condition.putObject("ArnLike").put("AWS:SourceArn", source);
    return statement;
  }

  /** A version's or alias's own policy is another than the function's. */
  private static String qualified(String name, String query) {
    Matcher qualifier = Pattern.compile("Qualifier=([^&]+)").matcher(query == null ? "" : query);
    String arn = name.startsWith("arn:") ? name : arn(name);
    return qualifier.find() ? arn + ":" + qualifier.group(1) : arn;
  }

  /** The name in an ARN, without version or alias. */
  private static String nameOf(String function) {
    String[] parts = function.split(":", -1);
    return parts.length > 6 ? parts[6] : function;
  }

  private String nextRevision() {
    return "revision-" + ++revisions;
  }
}
