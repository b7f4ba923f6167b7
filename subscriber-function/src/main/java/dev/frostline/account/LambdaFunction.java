package dev.frostline.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;

/**
 * A function's configuration ($LATEST), as ListFunctions and GetFunctionConfiguration tell it.
 *
 * @param runtime e.g. python3.13, or "" for a container image
 * @param logGroup from its LoggingConfig, or null when AWS named none
 * @param logging format and levels
 * @param layers ARNs of layer versions, in their order
 * @param environment variables; empty when there are none or they cannot be read
 * @param environmentReadable false when its KMS key keeps the variables from us
 * @param revision RevisionId of this configuration
 * @param snapStart whether snapshots are made of its published versions
 * @param updating while AWS works on an earlier change and refuses another
 */
public record LambdaFunction(
    String name,
    String arn,
    String runtime,
    String handler,
    boolean image,
    @Nullable String logGroup,
    Logging logging,
    List<String> layers,
    Map<String, String> environment,
    boolean environmentReadable,
    String revision,
    boolean snapStart,
    boolean updating) {

  /**
   * Log format and levels; levels hold in the JSON format only.
   *
   * @param json whether the format is JSON
   * @param application level of what the function prints, e.g. INFO
   * @param system level of the platform's own events
   */
  public record Logging(boolean json, String application, String system) {}

  private static final String ARN_PREFIX = "arn:";
  private static final int ARN_ACCOUNT = 4;

  static LambdaFunction of(FunctionConfiguration function) {
    return new LambdaFunction(
        function.functionName(),
        function.functionArn(),
        text(function.runtimeAsString()),
        text(function.handler()),
        "Image".equals(function.packageTypeAsString()),
        logGroup(function.loggingConfig()),
        logging(function.loggingConfig()),
        function.layers().stream().map(Layer::arn).toList(),
        variables(function.environment()),
        isReadable(function.environment()),
        text(function.revisionId()),
        isSnapStart(function.snapStart()),
        isUpdating(function.stateAsString(), function.lastUpdateStatusAsString()));
  }

  static LambdaFunction of(GetFunctionConfigurationResponse function) {
    return new LambdaFunction(
        function.functionName(),
        function.functionArn(),
        text(function.runtimeAsString()),
        text(function.handler()),
        "Image".equals(function.packageTypeAsString()),
        logGroup(function.loggingConfig()),
        logging(function.loggingConfig()),
        function.layers().stream().map(Layer::arn).toList(),
        variables(function.environment()),
        isReadable(function.environment()),
        text(function.revisionId()),
        isSnapStart(function.snapStart()),
        isUpdating(function.stateAsString(), function.lastUpdateStatusAsString()));
  }

  /** The account in an ARN, or "" when it has none. */
  public static String accountOf(String arn) {
    String[] parts = arn.split(":", -1);
    return arn.startsWith(ARN_PREFIX) && parts.length > ARN_ACCOUNT ? parts[ARN_ACCOUNT] : "";
  }

  /** The Region in an ARN, or "" when it has none. */
  public static String regionOf(String arn) {
    String[] parts = arn.split(":", -1);
    return arn.startsWith(ARN_PREFIX) && parts.length > ARN_ACCOUNT ? parts[ARN_ACCOUNT - 1] : "";
  }

  /** The function's name in its ARN, without version or alias. */
  public static String nameOf(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 6 && parts[5].equals("function") ? parts[6] : arn;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static @Nullable String logGroup(@Nullable LoggingConfig logging) {
    return logging == null ? null : logging.logGroup();
  }

  private static Logging logging(@Nullable LoggingConfig logging) {
    if (logging == null || !"JSON".equals(logging.logFormatAsString())) {
      return new Logging(false, "", "");
    }
    return new Logging(
        true,
        Optional.ofNullable(logging.applicationLogLevelAsString()).orElse("INFO"),
        Optional.ofNullable(logging.systemLogLevelAsString()).orElse("INFO"));
  }

  private static Map<String, String> variables(@Nullable EnvironmentResponse environment) {
    return environment == null ? Map.of() : Map.copyOf(environment.variables());
  }

  private static boolean isReadable(@Nullable EnvironmentResponse environment) {
    return environment == null || environment.error() == null;
  }

  private static boolean isSnapStart(@Nullable SnapStartResponse snapStart) {
    return snapStart != null && "PublishedVersions".equals(snapStart.applyOnAsString());
  }

  private static boolean isUpdating(@Nullable String state, @Nullable String lastUpdate) {
    return "Pending".equals(state) || "InProgress".equals(lastUpdate);
  }
}
