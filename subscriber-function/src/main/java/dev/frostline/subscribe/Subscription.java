package dev.frostline.subscribe;

import dev.frostline.account.Action;
import dev.frostline.account.SubscriptionFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does with one log group.
 *
 * @param functions that log there, by name
 * @param reason in words, for people
 * @param before all filters of the group when the plan was made, by name
 * @param after our filter when the plan is done, or null for none
 */
public record Subscription(
    String logGroup,
    List<String> functions,
    Action action,
    String reason,
    List<SubscriptionFilter> before,
    @Nullable SubscriptionFilter after) {
  /** Name of our filter in every log group. */
  public static final String FILTER_NAME = "frostline";

  /** The filter of our name in a list, whoever made it. */
  public static Optional<SubscriptionFilter> named(List<SubscriptionFilter> filters) {
    return filters.stream().filter(filter -> filter.name().equals(FILTER_NAME)).findFirst();
  }

  /** All filters of the group when the plan is done: nobody else's is touched. */
  List<SubscriptionFilter> filtersAfter() {
    Stream<SubscriptionFilter> others =
        before.stream().filter(filter -> !filter.name().equals(FILTER_NAME));
    return Stream.concat(others, Optional.ofNullable(after).stream())
        .sorted(Comparator.comparing(SubscriptionFilter::name))
        .toList();
  }

  /** What takes this back. */
  Subscription inverse() {
    SubscriptionFilter restored = named(before).orElse(null);
    Action inverse =
        switch (action) {
          case ADD -> Action.REMOVE;
          case REMOVE -> Action.ADD;
          case UPDATE, KEEP, CANNOT, UNNAMED, NEVER -> action;
        };
    return new Subscription(
        logGroup, functions, inverse, "as before the plan", filtersAfter(), restored);
  }
}
