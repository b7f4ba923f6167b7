package dev.frostline.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.frostline.policy.Policy;
import dev.frostline.report.Links;
import dev.frostline.report.WeeklyReport.Cause;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.findings.FindingLife;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of a finding, as {@code docs/schemas/finding-event.schema.json} has it: the detail of
 * an event of EventBridge, and what is remembered of what was told. Times are UTC in ISO 8601.
 *
 * @param schemaVersion 1; keys are added without notice
 * @param event opened, taken_back, rolled_back, withdrawn (cold starts that came in since no longer
 *     show it) or platform (AWS's doing, which nobody takes back)
 * @param owner the team that looks after the function; empty when nobody is known
 * @param kind deployment, patch, shift or drift
 * @param after the deployment that brought it, or that it was found under
 * @param since when that one began to serve
 * @param changeMs change of init in ms, lowMs and highMs its 99 % interval; absent where unknown
 * @param suspect what is to blame first; absent where no import stands out
 * @param suspectKind what it is, {@code python module}
 * @param suspectChange what became of it, {@code new import}
 * @param suspectMs what it changed
 * @param stillMs what of it was there in the last period that was measured
 * @param live the newest deployment that serves
 * @param note the first reason in words; empty without any
 * @param link to the comparison on the page; empty without a page
 * @param commits to what was committed between the two; empty where nobody says
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FindingEvent(
    int schemaVersion,
    String event,
    String account,
    String region,
    String function,
    String owner,
    String track,
    String kind,
    String verdict,
    String before,
    String after,
    String since,
    @Nullable Double changeMs,
    @Nullable Double lowMs,
    @Nullable Double highMs,
    @Nullable Double changePct,
    @Nullable String suspect,
    @Nullable String suspectKind,
    @Nullable String suspectChange,
    @Nullable Double suspectMs,
    @Nullable Double stillMs,
    @Nullable String live,
    @Nullable String closedBy,
    @Nullable String closedAt,
    String note,
    String link,
    String commits) {
  private static final int SCHEMA_VERSION = 1;

  static final String OPENED = "opened";
  static final String ROLLED_BACK = "rolled_back";
  static final String WITHDRAWN = "withdrawn";
  static final String PLATFORM = "platform";

  private static final Pattern TIMED = Pattern.compile("@\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z$");

  /** What nothing names is found in time, and more cold starts move it by days. */
  private static final Duration SAME = Duration.ofDays(7);

  static FindingEvent of(FindingLife life, Policy policy, Links links) {
    String event = life.isOpen() ? OPENED : life.state().name().toLowerCase(Locale.ROOT);
    return of(event, life.opening(), life, policy, links);
  }

  static FindingEvent of(
      String event, Comparison opening, @Nullable FindingLife life, Policy policy, Links links) {
    Cause cause = Cause.of(opening);
    String before = opening.before().deployment();
    String after = opening.after().deployment();
    Instant closedAt = life == null ? null : life.closedAt();
    return new FindingEvent(
        SCHEMA_VERSION,
        event,
        opening.account(),
        opening.region(),
        opening.function(),
        policy.ownerOf(opening.function()),
        opening.track(),
        opening.kind().word(),
        opening.verdict().word(),
        before,
        after,
        opening.after().since().toString(),
        known(opening.changeMs().estimate()),
        known(opening.changeMs().low()),
        known(opening.changeMs().high()),
        known(opening.changePct()),
        cause == null ? null : cause.name(),
        cause == null ? null : cause.kind(),
        cause == null ? null : cause.what(),
        cause == null ? null : known(cause.changeMs()),
        life == null ? null : known(life.still().estimate()),
        life == null ? null : life.live(),
        life == null ? null : life.closedBy(),
        closedAt == null ? null : closedAt.toString(),
        opening.notes().isEmpty() ? "" : opening.notes().get(0),
        links.comparison(FunctionId.of(opening), before, after),
        links.commits(opening.function(), before, after));
  }

  /** The same finding, with another word for what became of it. */
  FindingEvent as(String other) {
    return new FindingEvent(
        schemaVersion,
        other,
        account,
        region,
        function,
        owner,
        track,
        kind,
        verdict,
        before,
        after,
        since,
        changeMs,
        lowMs,
        highMs,
        changePct,
        suspect,
        suspectKind,
        suspectChange,
        suspectMs,
        stillMs,
        live,
        closedBy,
        closedAt,
        note,
        link,
        commits);
  }

  @JsonIgnore
  boolean isOpening() {
    return event.equals(OPENED) || event.equals(PLATFORM);
  }

  /** Whether both speak of one finding, whatever became of it. */
  boolean isSame(FindingEvent other) {
    boolean place =
        account.equals(other.account)
            && region.equals(other.region)
            && function.equals(other.function)
            && track.equals(other.track)
            && kind.equals(other.kind);
    boolean named = after.equals(other.after) || (isUnnamed(after) && isUnnamed(other.after));
    Duration apart = Duration.between(Instant.parse(since), Instant.parse(other.since)).abs();
    return place && named && apart.compareTo(SAME) <= 0;
  }

  /** A minute of $LATEST, or of a deployment under which something shifted. */
  private static boolean isUnnamed(String deployment) {
    return TIMED.matcher(deployment).find();
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
