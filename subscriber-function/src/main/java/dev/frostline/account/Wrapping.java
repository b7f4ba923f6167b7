package dev.frostline.account;

import java.util.Map;

/**
 * How Frostline's layer is on a function.
 *
 * @param layer one of the function's layers is ours
 * @param wrapper {@code AWS_LAMBDA_EXEC_WRAPPER} is ours
 * @param option a variable loads the layer without the wrapper, as the layer's page describes
 */
public record Wrapping(boolean layer, boolean wrapper, boolean option) {
  /** The variable that names the program Lambda starts a runtime through. */
  public static final String EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";

  /** Our wrapper in the layer. */
  public static final String OURS = "/opt/bin/importtime_wrapper";

  private static final String IN_LAYER = "/opt/frostline/";

  static final String LAYER_NAME = "frostline";

  /** Reads it off a function's configuration. */
  public static Wrapping of(LambdaFunction function) {
    Map<String, String> variables = function.environment();
    boolean option =
        holds(variables, "NODE_OPTIONS")
            || holds(variables, "JAVA_TOOL_OPTIONS")
            || holds(variables, "DOTNET_STARTUP_HOOKS")
            || !variables.getOrDefault("PYTHONPROFILEIMPORTTIME", "").isEmpty();
    return new Wrapping(
        function.layers().stream().anyMatch(Wrapping::isOurs),
        variables.getOrDefault(EXEC_WRAPPER, "").equals(OURS),
        option);
  }

  /** Whether a layer version's ARN is one of a layer named frostline or frostline-something. */
  public static boolean isOurs(String layer) {
    String[] parts = layer.split(":", -1);
    return parts.length == 8
        && (parts[6].equals(LAYER_NAME) || parts[6].startsWith(LAYER_NAME + "-"));
  }

  /** Whether the function was meant to be timed. */
  public boolean isWrapped() {
    return layer || wrapper || option;
  }

  private static boolean holds(Map<String, String> variables, String name) {
    return variables.getOrDefault(name, "").contains(IN_LAYER);
  }
}
