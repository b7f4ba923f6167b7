package dev.frostline.wrap;

import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.Outcome;
import dev.frostline.account.Outcome.Result;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what a plan says and nothing else: a function whose layers or our variables somebody changed
 * since is left alone, and AWS refuses an update of a configuration that changed under us.
 */
public final class WrapApplier {
  private final Account account;
  private final WrapPlan plan;

  /**
   * Applies one plan.
   *
   * @throws AccountException when the plan is of another Region
   */
  public WrapApplier(Account account, WrapPlan plan) {
    account.mustBeIn(plan.region());
    this.account = account;
    this.plan = plan;
  }

  /** Makes every change of the plan and tells of each; one that fails does not stop the others. */
  public void apply(Consumer<Outcome> told) {
    for (WrapChange change : plan.functions()) {
      if (change.action().isChange()) {
        told.accept(Outcome.of(change.function(), () -> apply(change)));
      }
    }
  }

  private Outcome apply(WrapChange change) {
    String name = change.function();
    Optional<LambdaFunction> found = account.function(name);
    if (found.isEmpty()) {
      return new Outcome(name, Result.DRIFTED, "the function is gone");
    }
    LambdaFunction function = found.get();
    WrapChange.Image now = WrapPlanner.image(function);
    if (isSame(now, change.after())) {
      return new Outcome(name, Result.ALREADY, "already so");
    }
    if (!isSame(now, change.before()) || !function.runtime().equals(change.runtime())) {
      return new Outcome(
          name, Result.DRIFTED, "its layers or variables have changed since the plan: plan again");
    }
    account.configure(
        name,
        change.after().layers(),
        Variables.with(function.environment(), change.after().variables()),
        function.revision());
    boolean othersStayed = now.environmentSha256().equals(change.before().environmentSha256());
    return new Outcome(
        name,
        Result.DONE,
        othersStayed ? "done" : "done; variables that are not ours have changed since the plan");
  }

  private static boolean isSame(WrapChange.Image one, WrapChange.Image other) {
    return one.layers().equals(other.layers()) && one.variables().equals(other.variables());
  }
}
