package dev.frostline.subscribe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frostline.account.Account;
import dev.frostline.account.Action;
import dev.frostline.account.LambdaFunction;
import dev.frostline.account.SubscriptionFilter;
import dev.frostline.account.SubscriptionPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans the account-level policy: one filter for all log groups of the Region but our own. An
 * account has one, and it is meant for whoever administers logs; so it is only ever asked for.
 */
final class PolicyPlanner {
  private static final int LONGEST_SELECTION = 25_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Account account;
  private final SubscriptionFilter ours;

  PolicyPlanner(Account account, SubscriptionFilter ours) {
    this.account = account;
    this.ours = ours;
  }

  SubscriptionPlan.PolicyChange plan(Collection<String> ownGroups) {
    SubscriptionPolicy wanted =
        new SubscriptionPolicy(Subscription.FILTER_NAME, document(), selection(ownGroups));
    if (!LambdaFunction.regionOf(ours.destination()).equals(account.region())) {
      return cannot("the ingest function is in another Region");
    }
    if (wanted.selection().length() > LONGEST_SELECTION) {
      return cannot("the list of our own log groups is too long for a policy");
    }
    SubscriptionPolicy found = null;
    for (SubscriptionPolicy policy : account.subscriptionPolicies()) {
      if (!policy.name().equals(Subscription.FILTER_NAME)) {
        return cannot("the account has the subscription policy " + policy.name());
      }
      found = policy;
    }
    if (found == null) {
      return change(Action.ADD, "add policy", null, wanted);
    }
    if (!TimingLinesPattern.isOurs(found.document().replace("\\\"", "\""))) {
      return cannot("the account's policy of this name is not Frostline's");
    }
    return isSame(found, wanted)
        ? change(Action.KEEP, "already right", found, found)
        : change(Action.UPDATE, "update policy", found, wanted);
  }

  private static boolean isSame(SubscriptionPolicy found, SubscriptionPolicy wanted) {
    try {
      return found.selection().equals(wanted.selection())
          && JSON.readTree(found.document()).equals(JSON.readTree(wanted.document()));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private String document() {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("DestinationArn", ours.destination());
    document.put("FilterPattern", ours.pattern());
    document.put("Distribution", "ByLogStream");
    return json(document);
  }

  private static String selection(Collection<String> ownGroups) {
    return "LogGroupName NOT IN " + json(new TreeSet<>(ownGroups));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Names are always JSON", e);
    }
  }

  private static SubscriptionPlan.PolicyChange cannot(String why) {
    return new SubscriptionPlan.PolicyChange(Action.CANNOT, why, null, null);
  }

  private static SubscriptionPlan.PolicyChange change(
      Action action, String reason, @Nullable SubscriptionPolicy before, SubscriptionPolicy after) {
    return new SubscriptionPlan.PolicyChange(action, reason, before, after);
  }
}
