package dev.frostline.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.AccountPolicy;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeAccountPoliciesResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatchlogs.model.PolicyType;
import software.amazon.awssdk.services.cloudwatchlogs.model.Scope;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * An AWS account in one Region, through the few calls that Frostline makes there. All lists are
 * paged; refused calls are tried again as {@link Connection} says.
 *
 * <p>Every method throws {@link AccountException} when AWS refuses for good.
 */
public final class Account implements AutoCloseable {
  private static final int PAGE = 50;

  private final String region;
  private final LambdaClient lambda;
  private final CloudWatchLogsClient logs;

  /** Opens clients; calls nothing yet. */
  public Account(Connection connection) {
    region = connection.region();
    lambda = connection.client(LambdaClient.builder());
    logs = connection.client(CloudWatchLogsClient.builder());
  }

  /** Region of all calls. */
  public String region() {
    return region;
  }

  /**
   * For what was planned elsewhere.
   *
   * @throws AccountException when this is another Region
   */
  public void mustBeIn(String planned) {
    if (!planned.equals(region)) {
      throw new AccountException(
          "The plan is for " + planned + ". Apply it there: --region " + planned);
    }
  }

  /** All functions, by name. */
  public List<LambdaFunction> functions() {
    return call(
        "list functions in " + region,
        () ->
            lambda.listFunctionsPaginator(request -> request.maxItems(PAGE)).functions().stream()
                .map(LambdaFunction::of)
                .sorted(Comparator.comparing(LambdaFunction::name))
                .toList());
  }

  /** A function, by name or ARN. */
  public Optional<LambdaFunction> function(String function) {
    return call(
        "read the configuration of " + function,
        () -> {
          try {
            return Optional.of(
                LambdaFunction.of(
                    lambda.getFunctionConfiguration(request -> request.functionName(function))));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** Tags of a function. */
  public Map<String, String> tags(LambdaFunction function) {
    return call(
        "list the tags of " + function.name(),
        () -> lambda.listTags(request -> request.resource(function.arn())).tags());
  }

  /** All log groups, by name. */
  public Map<String, LogGroup> logGroups() {
    return call(
        "list log groups in " + region,
        () -> {
          Map<String, LogGroup> groups = new TreeMap<>();
          logs.describeLogGroupsPaginator(request -> request.limit(PAGE)).logGroups().stream()
              .map(Account::logGroup)
              .forEach(group -> groups.put(group.name(), group));
          return groups;
        });
  }

  /** One log group. */
  public Optional<LogGroup> logGroup(String name) {
    return call(
        "describe the log group " + name,
        () ->
            logs
                .describeLogGroupsPaginator(request -> request.logGroupNamePrefix(name))
                .logGroups()
                .stream()
                .filter(group -> group.logGroupName().equals(name))
                .map(Account::logGroup)
                .findFirst());
  }

  /** Subscription filters of a log group by name, or nothing when there is no such group. */
  public Optional<List<SubscriptionFilter>> filters(String logGroup) {
    return call(
        "describe the subscription filters of " + logGroup,
        () -> {
          try {
            return Optional.of(
                logs
                    .describeSubscriptionFiltersPaginator(request -> request.logGroupName(logGroup))
                    .subscriptionFilters()
                    .stream()
                    .map(Account::filter)
                    .sorted(Comparator.comparing(SubscriptionFilter::name))
                    .toList());
          } catch (
              software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Makes or replaces a filter.
   *
   * @return false when all of the group's slots are taken
   */
  public boolean putFilter(String logGroup, SubscriptionFilter filter) {
    return call(
        "put the subscription filter " + filter.name() + " on " + logGroup,
        () -> {
          try {
            logs.putSubscriptionFilter(
                request ->
                    request
                        .logGroupName(logGroup)
                        .filterName(filter.name())
                        .filterPattern(filter.pattern())
                        .destinationArn(filter.destination())
                        .roleArn(filter.role()));
            return true;
          } catch (LimitExceededException e) {
            return false;
          }
        });
  }

  /** Deletes a filter. */
  public void deleteFilter(String logGroup, String filter) {
    call(
        "delete the subscription filter " + filter + " of " + logGroup,
        () ->
            logs.deleteSubscriptionFilter(
                request -> request.logGroupName(logGroup).filterName(filter)));
  }

  /** The resource policy of a function, version or alias as JSON, or nothing when it has none. */
  public Optional<String> resourcePolicy(String function) {
    return call(
        "read the resource policy of " + function,
        () -> {
          try {
            return Optional.of(
                lambda.getPolicy(request -> request.functionName(function)).policy());
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** Lets CloudWatch Logs invoke a function from log groups that match an ARN pattern. */
  public void allowLogs(String function, String statement, String owner, String logGroups) {
    call(
        "let CloudWatch Logs invoke " + function,
        () ->
            lambda.addPermission(
                request ->
                    request
                        .functionName(function)
                        .statementId(statement)
                        .action("lambda:InvokeFunction")
                        .principal("logs.amazonaws.com")
                        .sourceAccount(owner)
                        .sourceArn(logGroups)));
  }

  /** Takes a statement out of a function's resource policy. */
  public void removePermission(String function, String statement) {
    call(
        "take back the permission " + statement + " of " + function,
        () ->
            lambda.removePermission(
                request -> request.functionName(function).statementId(statement)));
  }

  /** Reserved concurrency of a function, or null when it shares the account's. */
  public @Nullable Integer reservedConcurrency(String function) {
    return call(
            "read the reserved concurrency of " + function,
            () ->
                Optional.ofNullable(
                    lambda
                        .getFunctionConcurrency(request -> request.functionName(function))
                        .reservedConcurrentExecutions()))
        .orElse(null);
  }

  /**
   * Replaces layers and variables of a function.
   *
   * @param revision RevisionId that must still be the function's, else AWS refuses
   */
  public void configure(
      String function, List<String> layers, Map<String, String> environment, String revision) {
    call(
        "update the configuration of " + function,
        () ->
            lambda.updateFunctionConfiguration(
                request ->
                    request
                        .functionName(function)
                        .layers(layers)
                        .environment(variables -> variables.variables(environment))
                        .revisionId(revision)));
  }

  /** The account's subscription policies. */
  public List<SubscriptionPolicy> subscriptionPolicies() {
    return call(
        "describe the account's subscription policies",
        () -> {
          List<SubscriptionPolicy> policies = new ArrayList<>();
          String next = null;
          do {
            String page = next;
            DescribeAccountPoliciesResponse answer =
                logs.describeAccountPolicies(
                    request ->
                        request.policyType(PolicyType.SUBSCRIPTION_FILTER_POLICY).nextToken(page));
            answer.accountPolicies().stream().map(Account::policy).forEach(policies::add);
            next = answer.nextToken();
          } while (next != null);
          return policies;
        });
  }

  /** Makes or replaces the account's subscription policy of this name. */
  public void putPolicy(SubscriptionPolicy policy) {
    call(
        "put the account's subscription policy " + policy.name(),
        () ->
            logs.putAccountPolicy(
                request ->
                    request
                        .policyName(policy.name())
                        .policyType(PolicyType.SUBSCRIPTION_FILTER_POLICY)
                        .scope(Scope.ALL)
                        .policyDocument(policy.document())
                        .selectionCriteria(policy.selection())));
  }

  /** Deletes the account's subscription policy of this name. */
  public void deletePolicy(String name) {
    call(
        "delete the account's subscription policy " + name,
        () ->
            logs.deleteAccountPolicy(
                request ->
                    request.policyName(name).policyType(PolicyType.SUBSCRIPTION_FILTER_POLICY)));
  }

  @Override
  public void close() {
    lambda.close();
    logs.close();
  }

  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new AccountException(what, e);
    }
  }

  private static LogGroup logGroup(
      software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group) {
    return new LogGroup(
        group.logGroupName(),
        group.logGroupClass() == null ? "STANDARD" : group.logGroupClassAsString());
  }

  private static SubscriptionFilter filter(
      software.amazon.awssdk.services.cloudwatchlogs.model.SubscriptionFilter filter) {
    return new SubscriptionFilter(
        filter.filterName(), filter.filterPattern(), filter.destinationArn(), filter.roleArn());
  }

  private static SubscriptionPolicy policy(AccountPolicy policy) {
    return new SubscriptionPolicy(
        policy.policyName(),
        policy.policyDocument(),
        policy.selectionCriteria() == null ? "" : policy.selectionCriteria());
  }
}
