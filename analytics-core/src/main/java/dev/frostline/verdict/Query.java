package dev.frostline.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param function only this function; all when absent
 * @param since only cold starts from then on
 * @param until only cold starts before then
 * @param includeAll also comparisons without a finding (unchanged, not shown, insufficient)
 */
public record Query(
    @Nullable String function,
    @Nullable Instant since,
    @Nullable Instant until,
    boolean includeAll) {
  /** Everything in the store. */
  public static final Query ALL = new Query(null, null, null, true);
}
