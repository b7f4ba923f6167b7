package dev.frostline.subscribe;

import dev.frostline.account.Account;
import dev.frostline.account.AccountException;
import dev.frostline.account.Action;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.LogGroup;
import dev.frostline.account.Selection;
import dev.frostline.account.SubscriptionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each log group what is to be done. It only reads; what stands in the way (taken
 * slots, a foreign filter of our name, a class without subscriptions) is a state of the plan.
 */
public final class Planner {
  /**
   * Filters a log group had in every AWS account since subscriptions exist. Accounts have more by
   * now, so a group seen with more raises it.
   */
  private static final int SLOTS = 2;

  private static final Pattern FUNCTION =
      Pattern.compile("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:function:[\\w-]+(:[\\w$-]+)?");
  private static final Pattern BUCKET = Pattern.compile("arn:[a-z-]+:s3:::[a-z0-9.-]{3,63}");

  private final Account account;
  private final SubscriptionFilter ours;
  private int slots = SLOTS;

  /**
   * Plans for one ingest function.
   *
   * @param destination ARN of its version or alias
   * @throws AccountException when that is no ARN of a function
   */
  public Planner(Account account, String destination) {
    this(account, destination, null);
  }

  /**
   * Plans for one ingest function, or for a bucket that log groups of class DELIVERY deliver to
   * with no function between.
   *
   * @param destination ARN of the function's version or alias, or of the bucket
   * @param role ARN of the role that CloudWatch Logs writes to the bucket with; null for a function
   * @throws AccountException when the destination is neither, or the role does not fit it
   */
  public Planner(Account account, String destination, @Nullable String role) {
    if (!FUNCTION.matcher(destination).matches() && !isBucket(destination)) {
      throw new AccountException(
          destination
              + " is no ARN of a function or bucket. Give the ingest function's: --destination"
              + " arn:aws:lambda:REGION:ACCOUNT:function:frostline-ingest:live");
    }
    if (isBucket(destination) != (role != null)) {
      throw new AccountException(
          isBucket(destination)
              ? "A bucket is written to with a role: --role ARN of one that trusts"
                  + " logs.amazonaws.com and may s3:PutObject there"
              : "A function is invoked without a role: leave --role out");
    }
    this.account = account;
    this.ours =
        new SubscriptionFilter(
            Subscription.FILTER_NAME, TimingLinesPattern.TEXT, destination, role);
  }

  /** Whether an ARN is that of a bucket. */
  static boolean isBucket(String destination) {
    return BUCKET.matcher(destination).matches();
  }

  /** The whole plan: groups of functions that are meant, and of those that no longer are. */
  public SubscriptionPlan plan(Selection selection) {
    Survey survey = survey(selection);
    List<Subscription> subscriptions = new ArrayList<>();
    survey
        .wanted()
        .forEach((group, functions) -> subscriptions.add(subscribe(group, functions, survey)));
    for (String group : survey.unwanted()) {
      release(group, "no function with the layer logs there").ifPresent(subscriptions::add);
    }
    for (String group : survey.orphans()) {
      release(group, "function deleted").ifPresent(subscriptions::add);
    }
    for (String group : survey.own()) {
      subscriptions.add(never(group));
    }
    boolean needed = subscriptions.stream().anyMatch(Planner::delivers);
    return plan(needed ? permission() : Action.KEEP, null, subscriptions)
        .ofFunctions(survey.functions(), survey.meant());
  }

  private Subscription subscribe(String group, List<String> functions, Survey survey) {
    LogGroup found = survey.groups().get(group);
    return found == null && survey.isAssumed(group)
        ? new Subscription(
            group,
            functions,
            Action.UNNAMED,
            "AWS names no log group of it, and there is none of the default name yet",
            List.of(),
            null)
        : subscribe(group, functions, found);
  }

  /** The plan that takes our filter off every log group of the Region. */
  public SubscriptionPlan removal() {
    List<Subscription> subscriptions = new ArrayList<>();
    for (String group : new TreeSet<>(account.logGroups().keySet())) {
      release(group, "all are removed").ifPresent(subscriptions::add);
    }
    return plan(
        !isBucket(ours.destination()) && InvokePermission.isOurs(account, ours.destination())
            ? Action.REMOVE
            : Action.KEEP,
        null,
        subscriptions);
  }

  /** The plan for one account-level policy instead of filters; refuses to replace another's. */
  public SubscriptionPlan policy() {
    Survey survey = survey(Selection.WRAPPED);
    SubscriptionPlan.PolicyChange change = new PolicyPlanner(account, ours).plan(survey.own());
    return plan(change.action() == Action.CANNOT ? Action.KEEP : permission(), change, List.of());
  }

  Survey survey(Selection selection) {
    return Survey.of(account, selection, ours.destination());
  }

  Action permission() {
    if (isBucket(ours.destination())) {
      return Action.KEEP; // the role allows it
    }
    boolean inRegion = LambdaFunction.regionOf(ours.destination()).equals(account.region());
    return !inRegion || InvokePermission.isGiven(account, ours.destination())
        ? Action.KEEP
        : Action.ADD;
  }

  SubscriptionPlan plan(
      Action permission,
      SubscriptionPlan.@Nullable PolicyChange policy,
      List<Subscription> subscriptions) {
    return new SubscriptionPlan(
        SubscriptionPlan.SCHEMA_VERSION,
        SubscriptionPlan.KIND,
        LambdaFunction.accountOf(ours.role() == null ? ours.destination() : ours.role()),
        account.region(),
        ours.destination(),
        permission,
        policy,
        subscriptions,
        0,
        0);
  }

  /** What subscribing a group takes; null stands for a group that is not there. */
  public Subscription subscribe(String group, List<String> functions, @Nullable LogGroup found) {
    boolean isBucket = isBucket(ours.destination());
    if (!isBucket && !LambdaFunction.regionOf(ours.destination()).equals(account.region())) {
      return cannot(
          group,
          functions,
          List.of(),
          "the ingest function is in another Region: "
              + LambdaFunction.regionOf(ours.destination()));
    }
    if (found == null) {
      return cannot(group, functions, List.of(), "no such log group yet: the first start makes it");
    }
    if (isBucket ? !found.canBeDelivered() : !found.canBeSubscribed()) {
      return cannot(group, functions, List.of(), "its class " + otherWay(found, isBucket));
    }
    Optional<List<SubscriptionFilter>> filters = account.filters(group);
    return filters.isEmpty()
        ? cannot(group, functions, List.of(), "the log group was deleted meanwhile")
        : subscribe(group, functions, filters.get());
  }

  private Subscription subscribe(
      String group, List<String> functions, List<SubscriptionFilter> filters) {
    slots = Math.max(slots, filters.size());
    SubscriptionFilter found = Subscription.named(filters).orElse(null);
    if (found == null) {
      return filters.size() < slots
          ? new Subscription(group, functions, Action.ADD, "add filter", filters, ours)
          : cannot(
              group,
              functions,
              filters,
              "all subscription slots are taken (" + names(filters) + ")");
    }
    if (found.equals(ours)) {
      return new Subscription(group, functions, Action.KEEP, "already right", filters, ours);
    }
    return isOurs(found)
        ? new Subscription(group, functions, Action.UPDATE, "update filter", filters, ours)
        : cannot(group, functions, filters, "a filter of this name is not Frostline's");
  }

  private static String otherWay(LogGroup group, boolean isBucket) {
    if (group.canBeDelivered()) {
      return "DELIVERY delivers to a bucket: plan it with --destination arn:aws:s3:::BUCKET --role"
          + " ARN, then frostline sync s3://BUCKET";
    }
    return isBucket && group.canBeSubscribed()
        ? "STANDARD delivers to functions alone: plan it with the ingest function's ARN"
        : group.logClass() + " has no subscriptions: log to a group of class STANDARD";
  }

  /** Takes our filter off a group, if it is there. */
  Optional<Subscription> release(String group, String why) {
    List<SubscriptionFilter> filters = account.filters(group).orElse(List.of());
    return Subscription.named(filters)
        .filter(this::isOurs)
        .map(
            filter ->
                new Subscription(
                    group, List.of(), Action.REMOVE, "remove filter: " + why, filters, null));
  }

  private static boolean delivers(Subscription subscription) {
    return subscription.action() == Action.ADD
        || subscription.action() == Action.UPDATE
        || subscription.action() == Action.KEEP;
  }

  /** A filter of our name is ours when it feeds our function or carries our pattern. */
  private boolean isOurs(SubscriptionFilter filter) {
    return TimingLinesPattern.isOurs(filter.pattern())
        || LambdaFunction.nameOf(filter.destination())
            .equals(LambdaFunction.nameOf(ours.destination()));
  }

  private static String names(List<SubscriptionFilter> filters) {
    return filters.stream().map(SubscriptionFilter::name).collect(Collectors.joining(", "));
  }

  private static Subscription never(String group) {
    return new Subscription(
        group, List.of(), Action.NEVER, "Frostline's own output: it would loop", List.of(), null);
  }

  private static Subscription cannot(
      String group, List<String> functions, List<SubscriptionFilter> filters, String why) {
    return new Subscription(
        group, functions, Action.CANNOT, why, filters, Subscription.named(filters).orElse(null));
  }
}
