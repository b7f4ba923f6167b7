package dev.frostline.verdict.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which functions are looked at, and up to when.
 *
 * @param account only functions of this account; of all when absent
 * @param region only functions of this Region; of all when absent
 * @param function only functions of this name; all when absent
 * @param until only cold starts before then
 */
public record FunctionScope(
    @Nullable String account,
    @Nullable String region,
    @Nullable String function,
    @Nullable Instant until) {
  /** Every function, up to now. */
  public static final FunctionScope ALL = new FunctionScope(null, null, null, null);
}
