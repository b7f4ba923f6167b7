package dev.frostline.doctor;

import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Action;
import dev.frostline.account.DeliveryMetrics;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.LogGroup;
import dev.frostline.account.Selection;
import dev.frostline.account.SubscriptionFilter;
import dev.frostline.subscribe.InvokePermission;
import dev.frostline.subscribe.Planner;
import dev.frostline.subscribe.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at functions, their log groups and the ingest function for whatever silences them. */
public final class Doctor {
  private final Account account;
  private final DeliveryMetrics metrics;
  private final String destination;
  private final Planner planner;
  private @Nullable List<LambdaFunction> functions;

  /**
   * Looks from one account.
   *
   * @param destination ARN of the ingest function's alias
   */
  public Doctor(Account account, DeliveryMetrics metrics, String destination) {
    this.account = account;
    this.metrics = metrics;
    this.destination = destination;
    this.planner = new Planner(account, destination);
  }

  /** The ingest function: there, allowed to be invoked, not stopped, not fed by itself. */
  public List<Finding> examineIngest() {
    String name = LambdaFunction.nameOf(destination);
    Optional<LambdaFunction> found =
        LambdaFunction.regionOf(destination).equals(account.region())
            ? account.function(destination)
            : Optional.empty();
    if (found.isEmpty()) {
      return List.of(Finding.fault(name, missing(name), "deploy the template"));
    }
    List<Finding> findings = new ArrayList<>();
    if (!InvokePermission.isGiven(account, destination)) {
      findings.add(
          Finding.fault(
              name,
              "CloudWatch Logs may not invoke it: delivery stops and what is logged meanwhile is"
                  + " skipped",
              "frostline subscribe plan, then apply"));
    }
    if (Objects.equals(account.reservedConcurrency(name), 0)) {
      findings.add(
          Finding.fault(
              name,
              "its reserved concurrency is 0: nothing runs",
              "aws lambda put-function-concurrency --function-name "
                  + name
                  + " --reserved-concurrent-executions 10"));
    }
    String own = found.get().logGroup();
    for (SubscriptionFilter filter : filters(own)) {
      if (feedsIt(filter)) {
        findings.add(
            Finding.fault(
                name,
                "its own log group " + own + " is subscribed to it: it feeds itself",
                "aws logs delete-subscription-filter --log-group-name '"
                    + own
                    + "' --filter-name '"
                    + filter.name().replace("'", "'\\''")
                    + "'"));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.fine(name, "there, and CloudWatch Logs may invoke it"))
        : findings;
  }

  private String missing(String name) {
    boolean inRegion = LambdaFunction.regionOf(destination).equals(account.region());
    return inRegion && account.function(name).isPresent()
        ? "its alias or version "
            + destination.substring(destination.lastIndexOf(':') + 1)
            + " is gone: delivery stops and what is logged meanwhile is skipped"
        : "there is no such function in " + account.region();
  }

  private List<SubscriptionFilter> filters(@Nullable String logGroup) {
    return logGroup == null ? List.of() : account.filters(logGroup).orElse(List.of());
  }

  private boolean feedsIt(SubscriptionFilter filter) {
    return LambdaFunction.nameOf(filter.destination()).equals(LambdaFunction.nameOf(destination));
  }

  /** A function that is meant, and how its log group is subscribed; null when it has none. */
  private record Look(LambdaFunction function, @Nullable Subscription subscription) {
    boolean isSubscribed() {
      return subscription != null && subscription.action() == Action.KEEP;
    }
  }

  /** Every function that is meant. */
  public List<Finding> examineFunctions(Selection selection) {
    Map<String, LogGroup> groups = account.logGroups();
    List<Look> looks = new ArrayList<>();
    for (LambdaFunction function : meant(selection)) {
      looks.add(new Look(function, subscription(function, groups)));
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, DeliveryMetrics.Counts> counts = counts(looks, findings);
    for (Look look : looks) {
      findings.addAll(examine(look, counts));
    }
    return findings;
  }

  /** Names of the functions that are meant and have SnapStart switched on. */
  public Set<String> withSnapStart(Selection selection) {
    return meant(selection).stream()
        .filter(LambdaFunction::snapStart)
        .map(LambdaFunction::name)
        .collect(Collectors.toSet());
  }

  private List<LambdaFunction> meant(Selection selection) {
    List<LambdaFunction> all = functions;
    if (all == null) {
      all = account.functions();
      functions = all;
    }
    return all.stream().filter(function -> selection.holds(function, account)).toList();
  }

  private @Nullable Subscription subscription(
      LambdaFunction function, Map<String, LogGroup> groups) {
    String named = function.logGroup();
    String group = named == null ? LogGroup.defaultOf(function.name()) : named;
    LogGroup found = groups.get(group);
    return named == null && found == null
        ? null
        : planner.subscribe(group, List.of(function.name()), found);
  }

  /** Deliveries of the subscribed log groups; where they may not be read that is a finding. */
  private Map<String, DeliveryMetrics.Counts> counts(List<Look> looks, List<Finding> findings) {
    List<String> groups =
        looks.stream()
            .filter(Look::isSubscribed)
            .map(Look::subscription)
            .filter(Objects::nonNull)
            .map(Subscription::logGroup)
            .distinct()
            .toList();
    try {
      return metrics.lastDay(Subscription.FILTER_NAME, groups);
    } catch (AccountException e) {
      findings.add(
          Finding.note(
              LambdaFunction.nameOf(destination),
              String.valueOf(e.getMessage()),
              "allow cloudwatch:GetMetricData"));
      return Map.of();
    }
  }

  private static List<Finding> examine(Look look, Map<String, DeliveryMetrics.Counts> counts) {
    LambdaFunction function = look.function();
    List<Finding> findings = new ArrayList<>(Start.examine(function));
    findings.addAll(Delivery.examineLevels(function));
    Subscription subscription = look.subscription();
    if (subscription == null) {
      findings.add(
          Finding.fault(
              function.name(),
              "AWS names no log group of it, and there is none of the default name",
              ""));
    } else {
      findings.addAll(Delivery.of(function, subscription, counts.get(subscription.logGroup())));
    }
    return findings;
  }
}
