package dev.frostline.verdict;

import java.util.Comparator;
import java.util.List;

/**
 * Published versions by their number; as soon as one has none, all by the time they were first
 * seen.
 */
final class DeploymentOrder {
  private static final Comparator<Deployment> BY_NUMBER =
      Comparator.comparingLong(deployment -> number(deployment.identity()));

  private static final Comparator<Deployment> BY_TIME =
      Comparator.comparingLong(DeploymentOrder::firstSeen).thenComparing(Deployment::identity);

  private DeploymentOrder() {}

  static Comparator<Deployment> of(List<Deployment> deployments) {
    for (Deployment deployment : deployments) {
      if (number(deployment.identity()) < 0) {
        return BY_TIME;
      }
    }
    return BY_NUMBER;
  }

  private static long firstSeen(Deployment deployment) {
    return deployment.starts().isEmpty()
        ? Long.MAX_VALUE
        : deployment.starts().get(0).startedAtMicros();
  }

  private static long number(String identity) {
    boolean digits =
        !identity.isEmpty()
            && identity.length() < 18
            && identity.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(identity) : -1;
  }
}
