package dev.frostline.notify;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of which findings an answer speaks: of others it does not say that they are gone.
 *
 * @param functions as account/region/name; null for all
 * @param since the first day (UTC) of the deployments that brought them
 */
public record Coverage(@Nullable Set<String> functions, LocalDate since) {
  /** All findings there are. */
  static final Coverage ALL = new Coverage(null, LocalDate.EPOCH);

  /** None was looked at. */
  public static final Coverage NONE = new Coverage(Set.of(), LocalDate.EPOCH);

  boolean covers(FindingEvent event) {
    String function = event.account() + "/" + event.region() + "/" + event.function();
    return (functions == null || functions.contains(function))
        && !LocalDate.ofInstant(Instant.parse(event.since()), ZoneOffset.UTC).isBefore(since);
  }
}
