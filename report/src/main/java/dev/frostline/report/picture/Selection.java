package dev.frostline.report.picture;

import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The cold starts of one deployment. Stretches of a history without versions are named by the time
 * they began at: {@code $LATEST@2026-01-09T00:00:00Z}.
 *
 * @param until end of the stretch; null where the name alone says it
 */
public record Selection(
    FunctionId function, String deployment, @Nullable Instant since, @Nullable Instant until) {

  /** The deployment before of a comparison ends where the one after begins. */
  public static Selection of(FunctionId function, String identity, @Nullable String next) {
    return new Selection(
        function,
        began(identity) == null ? identity : identity.substring(0, identity.lastIndexOf('@')),
        began(identity),
        next == null ? null : began(next));
  }

  /** A query for these cold starts. */
  NamedQuery query(String name) {
    return NamedQuery.of(name)
        .with("account", function.account())
        .with("region", function.region())
        .with("function", function.name())
        .with("deployment", deployment)
        .with("since", utc(since))
        .with("until", utc(until));
  }

  /** When its first cold start began; the epoch where it has none that counts. */
  public Instant firstSeen(Connection connection) throws SQLException {
    return query("init_durations")
        .rows(connection, row -> row.getObject("started_at", LocalDateTime.class))
        .stream()
        .findFirst()
        .map(time -> time.toInstant(ZoneOffset.UTC))
        .orElse(Instant.EPOCH);
  }

  private static @Nullable LocalDateTime utc(@Nullable Instant time) {
    return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static @Nullable Instant began(String identity) {
    int at = identity.lastIndexOf('@');
    if (at < 0) {
      return null;
    }
    try {
      return Instant.parse(identity.substring(at + 1));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
