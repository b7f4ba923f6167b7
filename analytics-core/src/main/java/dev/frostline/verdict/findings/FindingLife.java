package dev.frostline.verdict.findings;

import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.findings.Slowdown.State;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.timeline.Track;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding with its age: who opened it, what of it is still there, who took it back.
 *
 * @param opening the comparison that showed it; its side after opened it, and says since when
 * @param isMain whether it is on the track that gate, fleet and report speak of
 * @param still what of the change is there now, in ms with its 99 % interval
 * @param live the newest deployment that serves on its track; null where none does
 * @param liveSince since when it serves
 * @param lastStart the newest cold start of its track
 * @param closedBy the deployment that took it back; null while it is open, or where nothing is
 *     named
 * @param closedAt since when that one serves
 */
public record FindingLife(
    Comparison opening,
    boolean isMain,
    Interval still,
    State state,
    @Nullable String live,
    @Nullable Instant liveSince,
    Instant lastStart,
    @Nullable String closedBy,
    @Nullable Instant closedAt) {
  /** The same finding, its comparison corrected over an answer. */
  public FindingLife of(Comparison corrected) {
    return new FindingLife(
        corrected, isMain, still, state, live, liveSince, lastStart, closedBy, closedAt);
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** The deployment that brought it. */
  public String openedBy() {
    return opening.after().deployment();
  }

  /** When that deployment began to serve. */
  public Instant since() {
    return opening.after().since();
  }

  /** Whether code of its track still serves; where nothing names the code, it does. */
  public boolean serves() {
    return live != null
        || (opening.kind() == Kind.SHIFT && Track.isUnknown(opening.after().deploymentOfPeriod()));
  }
}
