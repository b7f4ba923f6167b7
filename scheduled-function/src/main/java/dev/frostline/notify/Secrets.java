package dev.frostline.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is kept outside of {@code frostline.toml}: {@code env:NAME} in the environment, {@code
 * secretsmanager:NAME} or {@code secretsmanager:NAME#KEY} of a JSON secret, {@code ssm:/PATH} of
 * the Parameter Store. Each is asked for once a run.
 */
final class Secrets {
  private final Map<String, String> environment;
  private final AwsRequests aws;
  private final Map<String, String> known = new HashMap<>();

  Secrets(Map<String, String> environment, AwsRequests aws) {
    this.environment = environment;
    this.aws = aws;
  }

  String of(String reference) throws IOException {
    String value = known.get(reference);
    if (value == null) {
      value = ask(reference);
      known.put(reference, value);
    }
    return value;
  }

  private String ask(String reference) throws IOException {
    int colon = reference.indexOf(':');
    String name = reference.substring(colon + 1);
    try {
      return switch (reference.substring(0, colon)) {
        case "env" -> variable(name);
        case "ssm" -> parameter(name);
        case "secretsmanager" -> secret(name);
        default -> throw new IOException("no place that secrets are kept in");
      };
    } catch (IOException e) {
      throw new IOException("cannot read " + reference + ": " + e.getMessage(), e);
    }
  }

  private String variable(String name) throws IOException {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IOException("the variable is not set");
    }
    return value;
  }

  private String parameter(String name) throws IOException {
    JsonNode input =
        JsonNodeFactory.instance.objectNode().put("Name", name).put("WithDecryption", true);
    return AwsRequests.text(aws.ask("ssm", "AmazonSSM.GetParameter", input), "Parameter", "Value");
  }

  private String secret(String name) throws IOException {
    String[] parts = name.split("#", 2);
    JsonNode input = JsonNodeFactory.instance.objectNode().put("SecretId", parts[0]);
    String value =
        AwsRequests.text(
            aws.ask("secretsmanager", "secretsmanager.GetSecretValue", input), "SecretString");
    if (parts.length == 1) {
      return value;
    }
    try {
      return AwsRequests.text(AwsRequests.parsed(value), parts[1]);
    } catch (JsonProcessingException e) {
      throw new IOException("the secret is no JSON", null);
    }
  }
}
