package dev.frostline.doctor;

import dev.frostline.account.Account;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.LogGroup;
import dev.frostline.account.Selection;
import dev.frostline.account.SubscriptionFilter;
import dev.frostline.subscribe.InvokePermission;
import dev.frostline.subscribe.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks at functions, their log groups and the ingest function for whatever silences them. */
public final class Doctor {
  private final Account account;
  private final String destination;
  private final Planner planner;

  /**
   * Looks from one account.
   *
   * @param destination ARN of the ingest function's alias
   */
  public Doctor(Account account, String destination) {
    this.account = account;
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
      return List.of(
          Finding.fault(
              name, "there is no such function in " + account.region(), "deploy the template"));
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
    if (own != null && account.filters(own).orElse(List.of()).stream().anyMatch(this::feedsIt)) {
      findings.add(
          Finding.fault(
              name,
              "its own log group " + own + " is subscribed to it: it feeds itself",
              "aws logs delete-subscription-filter --log-group-name " + own));
    }
    return findings.isEmpty()
        ? List.of(Finding.fine(name, "there, and CloudWatch Logs may invoke it"))
        : findings;
  }

  private boolean feedsIt(SubscriptionFilter filter) {
    return LambdaFunction.nameOf(filter.destination()).equals(LambdaFunction.nameOf(destination));
  }

  /** Every function that is meant. */
  public List<Finding> examineFunctions(Selection selection) {
    List<Finding> findings = new ArrayList<>();
    Map<String, LogGroup> groups = account.logGroups();
    for (LambdaFunction function : account.functions()) {
      if (selection.holds(function, account)) {
        findings.addAll(examine(function, groups));
      }
    }
    return findings;
  }

  private List<Finding> examine(LambdaFunction function, Map<String, LogGroup> groups) {
    List<Finding> findings = new ArrayList<>(Start.examine(function));
    findings.addAll(Delivery.examineLevels(function));
    String group = function.logGroup();
    findings.add(
        group == null
            ? Finding.fault(function.name(), "AWS names no log group of it", "")
            : Delivery.of(
                function, planner.subscribe(group, List.of(function.name()), groups.get(group))));
    return findings;
  }
}
