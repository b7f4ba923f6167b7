package dev.frostline.timing;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the log events of a source. They add up, or the counts are not made: received =
 * stored + already stored + not ours + rejected.
 *
 * @param stored new events that hold timing lines
 * @param alreadyStored events that an earlier delivery had brought
 * @param notOurs application lines and platform lines that say nothing about cold starts
 * @param rejects broken events by reason
 */
public record LineCounts(
    long received, long stored, long alreadyStored, long notOurs, Map<String, Long> rejects) {
  public LineCounts {
    rejects = Map.copyOf(rejects);
    long sum = stored + alreadyStored + notOurs + sum(rejects);
    if (received != sum) {
      throw new IllegalArgumentException(
          "Lines do not add up: received "
              + received
              + ", but stored "
              + stored
              + " + already stored "
              + alreadyStored
              + " + not ours "
              + notOurs
              + " + rejected "
              + sum(rejects)
              + " = "
              + sum);
    }
  }

  /** No lines at all. */
  public static LineCounts none() {
    return new LineCounts(0, 0, 0, 0, Map.of());
  }

  /** Broken events. */
  public long rejected() {
    return sum(rejects);
  }

  /** The counts of both together. */
  public LineCounts plus(LineCounts other) {
    Map<String, Long> both = new TreeMap<>(rejects);
    other.rejects.forEach((reason, lines) -> both.merge(reason, lines, Long::sum));
    return new LineCounts(
        received + other.received,
        stored + other.stored,
        alreadyStored + other.alreadyStored,
        notOurs + other.notOurs,
        both);
  }

  private static long sum(Map<String, Long> rejects) {
    return rejects.values().stream().mapToLong(Long::longValue).sum();
  }
}
