package dev.frostline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frostline.cli.output.Failure;
import dev.frostline.cli.settings.ConfigOptions;
import dev.frostline.cli.store.StoreOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Answers a program that speaks the Model Context Protocol over standard input and output: one
 * JSON-RPC 2.0 message a line. Each tool is a command that reads, with the JSON that it prints for
 * everybody.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25">the specification</a>
 */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description =
        "Answers an assistant that speaks the Model Context Protocol, over standard input and"
            + " output.",
    footer = {
      "",
      "The tools functions, findings, explain, imports and sql only read. They answer what the"
          + " commands of these names (findings: regressions) print with -o json. An assistant"
          + " starts the command itself; its settings say for instance:",
      "",
      "  {\"mcpServers\": {\"frostline\":",
      "    {\"command\": \"frostline\", \"args\": [\"mcp\", \"--db\", \"s3://BUCKET/lake\"]}}}",
      "",
      "Example: frostline mcp --db frostline.duckdb"
    })
final class McpCommand implements Callable<Integer> {
  private static final List<String> PROTOCOLS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin StoreOption store = new StoreOption();

  /**
   * A parameter of a tool.
   *
   * @param option the option that it is on the command line; empty where it is a word of its own
   */
  private record Parameter(String name, String option, String description, boolean isRequired) {}

  /** A tool and the words of its command. */
  private record Tool(
      String name, List<String> words, String description, List<Parameter> parameters) {}

  private static final Parameter FUNCTION =
      new Parameter("function", "--function", "Only this function.", false);
  private static final Parameter ACCOUNT =
      new Parameter("account", "--account", "Only functions of this AWS account.", false);
  private static final Parameter REGION =
      new Parameter("region", "--region", "Only functions of this AWS Region.", false);
  private static final Parameter SINCE =
      new Parameter(
          "since", "--since", "Only from then on: 7d, 2026-11-16, 2026-W47 or an ISO time.", false);

  private static final List<Tool> TOOLS =
      List.of(
          new Tool(
              "functions",
              List.of("functions"),
              "Lists the Lambda functions with the init time of what is live now, and the health of"
                  + " their data.",
              List.of(FUNCTION, ACCOUNT, REGION)),
          new Tool(
              "findings",
              List.of("regressions"),
              "Says which deployments changed cold starts, by how many milliseconds with a 99 %"
                  + " interval, which import is to blame, and which slowdowns are still open; of"
                  + " the last 28 days of the data by default.",
              List.of(FUNCTION, ACCOUNT, REGION, SINCE)),
          new Tool(
              "explain",
              List.of("explain"),
              "Explains what changed between two deployments of a function, down to the import and"
                  + " its place in the import tree.",
              List.of(
                  new Parameter("function", "", "Function name.", true),
                  new Parameter(
                      "deployments",
                      "",
                      "BEFORE..AFTER, e.g. 41..42; what is live and what it replaced by default.",
                      false),
                  ACCOUNT,
                  REGION)),
          new Tool(
              "imports",
              List.of("imports"),
              "Says which functions pay for an import, or which packages cost the whole fleet"
                  + " most.",
              List.of(
                  new Parameter(
                      "name",
                      "",
                      "An import, e.g. pandas.core.frame; the costliest packages by default.",
                      false),
                  FUNCTION,
                  ACCOUNT,
                  REGION,
                  SINCE)),
          new Tool(
              "sql",
              List.of("sql"),
              "Runs one SELECT (DuckDB) over the views cold_starts, imports, deployments and"
                  + " findings; read-only. SELECT table_name, column_name, comment FROM"
                  + " duckdb_columns() says what is there.",
              List.of(new Parameter("statement", "", "A SELECT statement.", true))));

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode answer = line.isBlank() ? null : answer(line);
      if (answer != null) {
        out.print(JSON.writeValueAsString(answer) + "\n");
        out.flush();
      }
    }
    return 0;
  }

  /** The answer to a message; none to a notification. */
  private @Nullable ObjectNode answer(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return error(JsonNodeFactory.instance.nullNode(), PARSE_ERROR, "no JSON");
    }
    JsonNode id = message.path("id");
    String method = message.path("method").asText();
    if (!message.isObject() || !message.path("method").isTextual()) {
      return id.isMissingNode()
          ? error(JsonNodeFactory.instance.nullNode(), INVALID_REQUEST, "no request")
          : null;
    }
    if (id.isMissingNode()) {
      return null;
    }
    JsonNode parameters = message.path("params");
    return switch (method) {
      case "initialize" -> result(id, hello(parameters.path("protocolVersion").asText()));
      case "ping" -> result(id, JSON.createObjectNode());
      case "tools/list" -> result(id, tools());
      case "tools/call" -> called(id, parameters);
      default -> error(id, METHOD_NOT_FOUND, "no method " + method);
    };
  }

  private ObjectNode hello(String asked) {
    ObjectNode hello = JSON.createObjectNode();
    hello.put("protocolVersion", PROTOCOLS.contains(asked) ? asked : PROTOCOLS.get(0));
    hello.putObject("capabilities").putObject("tools");
    hello
        .putObject("serverInfo")
        .put("name", "frostline")
        .put("version", spec.root().version()[0].replaceFirst("^frostline ", ""));
    hello.put(
        "instructions",
        "Frostline knows which deployment made AWS Lambda cold starts slower and which import did"
            + " it. Begin with findings; explain tells one of them in full.");
    return hello;
  }

  private static ObjectNode tools() {
    ObjectNode answer = JSON.createObjectNode();
    for (Tool tool : TOOLS) {
      ObjectNode one = answer.withArray("tools").addObject();
      one.put("name", tool.name());
      one.put("description", tool.description());
      ObjectNode schema = one.putObject("inputSchema").put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      for (Parameter parameter : tool.parameters()) {
        properties
            .putObject(parameter.name())
            .put("type", "string")
            .put("description", parameter.description());
        if (parameter.isRequired()) {
          schema.withArray("required").add(parameter.name());
        }
      }
      schema.put("additionalProperties", false);
      one.putObject("annotations").put("readOnlyHint", true).put("openWorldHint", false);
    }
    return answer;
  }

  private ObjectNode called(JsonNode id, JsonNode parameters) {
    String name = parameters.path("name").asText();
    Tool tool = TOOLS.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    if (tool == null) {
      return error(id, INVALID_PARAMS, "no tool " + name);
    }
    String wrong = wrong(tool, parameters.path("arguments"));
    if (wrong != null) {
      return error(id, INVALID_PARAMS, wrong);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Frostline.run(
            new PrintWriter(out),
            new PrintWriter(err),
            words(tool, parameters.path("arguments")).toArray(String[]::new));
    boolean isAnswered = exitCode == 0 || exitCode == Failure.JUDGED;
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", isAnswered ? out.toString() : err.toString());
    answer.put("isError", !isAnswered);
    return result(id, answer);
  }

  /** What is wrong with arguments, in words. */
  private static @Nullable String wrong(Tool tool, JsonNode arguments) {
    List<String> known = tool.parameters().stream().map(Parameter::name).toList();
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      if (!known.contains(argument.getKey())) {
        return tool.name() + " has no parameter " + argument.getKey() + ": it has " + known;
      }
      if (!argument.getValue().isTextual()) {
        return argument.getKey() + " is a string";
      }
    }
    return tool.parameters().stream()
        .filter(parameter -> parameter.isRequired() && !arguments.has(parameter.name()))
        .map(parameter -> tool.name() + " needs " + parameter.name())
        .findFirst()
        .orElse(null);
  }

  /** No argument can become an option: words come behind {@code --}, values behind their option. */
  private List<String> words(Tool tool, JsonNode arguments) {
    List<String> words = new ArrayList<>(tool.words());
    words.addAll(List.of("--output=json", "--db=" + store.name));
    words.addAll(ConfigOptions.words(spec));
    for (Parameter parameter : tool.parameters()) {
      if (arguments.has(parameter.name()) && !parameter.option().isEmpty()) {
        words.add(parameter.option() + "=" + arguments.path(parameter.name()).asText());
      }
    }
    words.add("--");
    Stream<Parameter> own = tool.parameters().stream().filter(one -> one.option().isEmpty());
    own.filter(one -> arguments.has(one.name()))
        .forEach(one -> words.add(arguments.path(one.name()).asText()));
    return words;
  }

  private static ObjectNode result(JsonNode id, ObjectNode result) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set("result", result);
    return answer;
  }

  private static ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }
}
