package dev.frostline.subscribe;

import dev.frostline.account.Action;
import dev.frostline.account.SubscriptionPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done in one account and Region, exactly; saved as JSON between plan and apply.
 *
 * @param destination ARN of the ingest function's version or alias
 * @param permission whether CloudWatch Logs may invoke it: ADD, REMOVE or KEEP
 * @param policy the account-level policy, or null when the plan is about log groups
 * @param functions how many functions there are; 0 where the plan did not look at them
 * @param meant how many of them are meant
 */
public record SubscriptionPlan(
    int schemaVersion,
    String kind,
    String account,
    String region,
    String destination,
    Action permission,
    @Nullable PolicyChange policy,
    List<Subscription> subscriptions,
    int functions,
    int meant) {
  /** Version of this form; a later one only gains keys. */
  public static final int SCHEMA_VERSION = 1;

  /** What a saved file says it is. */
  public static final String KIND = "frostline subscribe plan";

  /**
   * What happens to the account-level policy.
   *
   * @param reason in words, for people
   * @param before our policy when the plan was made, or null
   * @param after our policy when the plan is done, or null
   */
  public record PolicyChange(
      Action action,
      String reason,
      @Nullable SubscriptionPolicy before,
      @Nullable SubscriptionPolicy after) {
    PolicyChange inverse() {
      Action inverse =
          action == Action.ADD ? Action.REMOVE : action == Action.REMOVE ? Action.ADD : action;
      return new PolicyChange(inverse, "as before the plan", after, before);
    }
  }

  /** How many log groups it treats so. */
  public long count(Action action) {
    return subscriptions.stream().filter(one -> one.action() == action).count();
  }

  /** How many changes it makes in all. */
  public long changes() {
    int others =
        (permission.isChange() ? 1 : 0) + (policy != null && policy.action().isChange() ? 1 : 0);
    return others + subscriptions.stream().filter(one -> one.action().isChange()).count();
  }

  /** The plan that takes this one back. */
  public SubscriptionPlan inverse() {
    return new SubscriptionPlan(
        SCHEMA_VERSION,
        KIND,
        account,
        region,
        destination,
        permission == Action.ADD ? Action.REMOVE : Action.KEEP,
        policy == null ? null : policy.inverse(),
        subscriptions.stream()
            .filter(one -> one.action().isChange())
            .map(Subscription::inverse)
            .toList(),
        0,
        0);
  }

  /** The same plan, made after a look at so many functions. */
  SubscriptionPlan ofFunctions(int seen, int meantOfThem) {
    return new SubscriptionPlan(
        schemaVersion,
        kind,
        account,
        region,
        destination,
        permission,
        policy,
        subscriptions,
        seen,
        meantOfThem);
  }
}
