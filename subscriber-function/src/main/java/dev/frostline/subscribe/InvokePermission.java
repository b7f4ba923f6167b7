package dev.frostline.subscribe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.account.Account;
import dev.frostline.account.LambdaFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The one statement that lets CloudWatch Logs invoke the ingest function from every log group of
 * the account. One per group would outgrow a resource policy's 20,480 bytes.
 */
public final class InvokePermission {
  private static final String STATEMENT = "frostline-logs";
  private static final ObjectMapper JSON = new ObjectMapper();

  private InvokePermission() {}

  /** Whether some statement, ours or a template's, already gives it. */
  public static boolean isGiven(Account account, String destination) {
    for (JsonNode statement : statements(account, destination)) {
      if (gives(statement, destination, account.region())) {
        return true;
      }
    }
    return false;
  }

  static boolean isOurs(Account account, String destination) {
    for (JsonNode statement : statements(account, destination)) {
      if (statement.path("Sid").asText().equals(STATEMENT)) {
        return true;
      }
    }
    return false;
  }

  static void give(Account account, String destination) {
    String owner = LambdaFunction.accountOf(destination);
    account.allowLogs(destination, STATEMENT, owner, everyGroup(destination, account.region()));
  }

  static void takeBack(Account account, String destination) {
    account.removePermission(destination, STATEMENT);
  }

  private static boolean gives(JsonNode statement, String destination, String region) {
    JsonNode principal = statement.path("Principal").path("Service");
    String service = principal.asText();
    boolean logs =
        service.equals("logs.amazonaws.com") || service.equals("logs." + region + ".amazonaws.com");
    JsonNode conditions = statement.path("Condition");
    String owner = conditions.path("StringEquals").path("AWS:SourceAccount").asText();
    String source = conditions.path("ArnLike").path("AWS:SourceArn").asText();
    String every = everyGroup(destination, region);
    return logs
        && statement.path("Effect").asText().equals("Allow")
        && statement.path("Action").asText().equals("lambda:InvokeFunction")
        && (owner.isEmpty() || owner.equals(LambdaFunction.accountOf(destination)))
        && (source.isEmpty() || source.equals(every) || source.equals(every + ":*"));
  }

  private static String everyGroup(String destination, String region) {
    String partition = destination.split(":", -1)[1];
    return "arn:"
        + partition
        + ":logs:"
        + region
        + ":"
        + LambdaFunction.accountOf(destination)
        + ":log-group:*";
  }

  private static List<JsonNode> statements(Account account, String destination) {
    List<JsonNode> statements = new ArrayList<>();
    try {
      JsonNode policy = JSON.readTree(account.resourcePolicy(destination).orElse("{}"));
      policy.path("Statement").forEach(statements::add);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("AWS's resource policy of " + destination + " is no JSON", e);
    }
    return statements;
  }
}
