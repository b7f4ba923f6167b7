package dev.frostline.verdict;

import dev.frostline.verdict.history.FunctionScope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param account only functions of this account; of all when absent
 * @param region only functions of this Region; of all when absent
 * @param function only functions of this name; all when absent
 * @param since only what became live from then on; both sides of a comparison keep all their cold
 *     starts, however old
 * @param until only cold starts before then: the answer as it was at that time
 * @param includeAll also comparisons without a finding (unchanged, not shown, insufficient)
 */
public record Query(
    @Nullable String account,
    @Nullable String region,
    @Nullable String function,
    @Nullable Instant since,
    @Nullable Instant until,
    boolean includeAll) {
  /** Everything in the store. */
  public static final Query ALL = new Query(null, null, null, null, null, true);

  /** The functions it is about, and up to when. */
  FunctionScope scope() {
    return new FunctionScope(account, region, function, until);
  }

  /** The same functions in that time. */
  public Query within(@Nullable Instant from, @Nullable Instant to) {
    return new Query(account, region, function, from, to, includeAll);
  }

  /** Everything about one function. */
  public static Query of(String account, String region, String function) {
    return new Query(account, region, function, null, null, true);
  }
}
