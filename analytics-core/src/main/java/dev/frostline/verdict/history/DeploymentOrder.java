package dev.frostline.verdict.history;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Published versions by their number; as soon as one has none, all by the time they were first
 * seen.
 */
final class DeploymentOrder {
  private DeploymentOrder() {}

  static <T> Comparator<T> of(
      Collection<T> deployments, Function<T, String> identity, ToLongFunction<T> firstSeen) {
    for (T deployment : deployments) {
      if (number(identity.apply(deployment)) < 0) {
        return Comparator.comparingLong(firstSeen).thenComparing(identity);
      }
    }
    return Comparator.comparingLong(deployment -> number(identity.apply(deployment)));
  }

  private static long number(String identity) {
    boolean digits =
        !identity.isEmpty()
            && identity.length() < 18
            && identity.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(identity) : -1;
  }
}
