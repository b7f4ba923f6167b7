package dev.frostline.subscribe;

import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Action;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.Outcome;
import dev.frostline.account.Outcome.Result;
import dev.frostline.account.SubscriptionFilter;
import dev.frostline.account.SubscriptionPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what a plan says and nothing else. What somebody changed since the plan is left alone, what
 * is done already is not done again: an apply that was stopped goes on where it stood.
 */
public final class Applier {
  private final Account account;
  private final SubscriptionPlan plan;
  private final @Nullable String ownGroup;

  /**
   * Applies one plan.
   *
   * @throws AccountException when the plan is of another Region
   */
  public Applier(Account account, SubscriptionPlan plan) {
    account.mustBeIn(plan.region());
    this.account = account;
    this.plan = plan;
    this.ownGroup =
        Planner.isBucket(plan.destination())
            ? null
            : account.function(plan.destination()).map(LambdaFunction::logGroup).orElse(null);
  }

  /** Makes every change of the plan and tells of each; one that fails does not stop the others. */
  public void apply(Consumer<Outcome> told) {
    if (plan.permission() == Action.ADD) {
      told.accept(Outcome.of("permission", this::give));
    }
    SubscriptionPlan.PolicyChange policy = plan.policy();
    if (policy != null && policy.action().isChange()) {
      told.accept(Outcome.of("account policy", () -> change(policy)));
    }
    for (Subscription one : plan.subscriptions()) {
      if (one.action().isChange()) {
        told.accept(apply(one));
      }
    }
    if (plan.permission() == Action.REMOVE) {
      told.accept(Outcome.of("permission", this::takeBack));
    }
  }

  /** Makes one change, if the log group is as it was when the plan was made. */
  public Outcome apply(Subscription one) {
    return Outcome.of(one.logGroup(), () -> change(one));
  }

  private Outcome change(Subscription one) {
    String group = one.logGroup();
    Optional<List<SubscriptionFilter>> found = account.filters(group);
    if (found.isEmpty()) {
      return one.after() == null
          ? new Outcome(group, Result.ALREADY, "the log group is gone, and its filters with it")
          : new Outcome(group, Result.DRIFTED, "the log group is gone");
    }
    if (found.get().equals(one.filtersAfter())) {
      return new Outcome(group, Result.ALREADY, "already so");
    }
    if (!found.get().equals(one.before())) {
      return new Outcome(
          group, Result.DRIFTED, "its filters have changed since the plan: plan again");
    }
    return write(one);
  }

  private Outcome write(Subscription one) {
    SubscriptionFilter after = one.after();
    if (after == null) {
      account.deleteFilter(one.logGroup(), Subscription.FILTER_NAME);
      return new Outcome(one.logGroup(), Result.DONE, "filter removed");
    }
    if (!after.name().equals(Subscription.FILTER_NAME)) {
      return new Outcome(one.logGroup(), Result.FAILED, "the plan names a filter that is not ours");
    }
    if (one.logGroup().equals(ownGroup)) {
      return new Outcome(one.logGroup(), Result.FAILED, "Frostline's own output: it would loop");
    }
    return account.putFilter(one.logGroup(), after)
        ? new Outcome(one.logGroup(), Result.DONE, "filter put")
        : new Outcome(one.logGroup(), Result.FAILED, "all subscription slots are taken");
  }

  private Outcome give() {
    if (InvokePermission.isGiven(account, plan.destination())) {
      return new Outcome("permission", Result.ALREADY, "already given");
    }
    InvokePermission.give(account, plan.destination());
    return new Outcome("permission", Result.DONE, "CloudWatch Logs may invoke the ingest function");
  }

  private Outcome takeBack() {
    if (!InvokePermission.isOurs(account, plan.destination())) {
      return new Outcome("permission", Result.ALREADY, "already taken back");
    }
    InvokePermission.takeBack(account, plan.destination());
    return new Outcome("permission", Result.DONE, "taken back");
  }

  private Outcome change(SubscriptionPlan.PolicyChange change) {
    List<SubscriptionPolicy> found = account.subscriptionPolicies();
    SubscriptionPolicy now = found.isEmpty() ? null : found.get(0);
    SubscriptionPolicy after = change.after();
    if (Objects.equals(now, after)) {
      return new Outcome("account policy", Result.ALREADY, "already so");
    }
    if (!Objects.equals(now, change.before())) {
      return new Outcome(
          "account policy", Result.DRIFTED, "it has changed since the plan: plan again");
    }
    if (after == null) {
      account.deletePolicy(Subscription.FILTER_NAME);
    } else {
      account.putPolicy(after);
    }
    return new Outcome("account policy", Result.DONE, after == null ? "removed" : "put");
  }
}
