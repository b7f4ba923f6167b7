package dev.frostline.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param function only this function; all when absent
 * @param since only comparisons whose deployment after has a cold start from then on; both of its
 *     sides keep all their cold starts, however old
 * @param until only cold starts before then: the answer as it was at that time
 * @param includeAll also comparisons without a finding (unchanged, not shown, insufficient)
 */
public record Query(
    @Nullable String function,
    @Nullable Instant since,
    @Nullable Instant until,
    boolean includeAll) {
  /** Everything in the store. */
  public static final Query ALL = new Query(null, null, null, true);

  /** Everything about one function. */
  public static Query of(String function) {
    return new Query(function, null, null, true);
  }
}
