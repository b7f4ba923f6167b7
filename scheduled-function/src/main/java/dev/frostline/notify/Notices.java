package dev.frostline.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From what is known of findings now and what was told before to what is told next. A finding is
 * told once when it opens, and once when it is over. What changes its mind is told when it has kept
 * it for a day; a rollback is a fact, and told at once.
 */
final class Notices {
  private static final Duration QUIET = Duration.ofDays(1);

  /** What is over is forgotten then; what never reached a receiver earlier. */
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private static final Duration TRIED = Duration.ofDays(7);

  private final Instant now;
  private final Coverage coverage;
  private final Function<FindingEvent, List<String>> receivers;

  /**
   * @param coverage of what is known; others stay as they were told
   * @param receivers who hears of an event
   */
  Notices(Instant now, Coverage coverage, Function<FindingEvent, List<String>> receivers) {
    this.now = now;
    this.coverage = coverage;
    this.receivers = receivers;
  }

  /**
   * @param told before
   * @param known every finding with what became of it
   * @param fresh those of them worth telling where nothing was told before
   */
  List<Told> next(List<Told> told, List<FindingEvent> known, List<FindingEvent> fresh) {
    List<Told> next = new ArrayList<>();
    for (Told one : told) {
      Told then = next(one, same(one.event(), known));
      boolean isOld = Instant.parse(then.at()).isBefore(now.minus(REMEMBERED));
      if (then.event().event().equals(FindingEvent.OPENED) || !isOld) {
        next.add(tried(then));
      }
    }
    for (FindingEvent event : fresh) {
      if (told.stream().noneMatch(one -> one.event().isSame(event))) {
        next.add(new Told(event, now.toString(), null, null, receivers.apply(event)));
      }
    }
    return next;
  }

  private static @Nullable FindingEvent same(FindingEvent told, List<FindingEvent> known) {
    return known.stream().filter(told::isSame).findFirst().orElse(null);
  }

  private Told next(Told one, @Nullable FindingEvent current) {
    String before = one.event().event();
    if (current == null && !coverage.covers(one.event())) {
      return one;
    }
    boolean isGone = current == null && before.equals(FindingEvent.OPENED);
    FindingEvent event = isGone ? one.event().as(FindingEvent.WITHDRAWN) : current;
    if (event == null || event.event().equals(before)) {
      return one.pending(null, null);
    }
    String since = event.event().equals(one.pending()) ? one.pendingSince() : null;
    boolean isKept = since != null && !Instant.parse(since).isAfter(now.minus(QUIET));
    if (isKept || event.event().equals(FindingEvent.ROLLED_BACK)) {
      return new Told(event, now.toString(), null, null, receivers.apply(event));
    }
    return one.pending(event.event(), since == null ? now.toString() : since);
  }

  /** A receiver that could not be reached for days is given up. */
  private Told tried(Told one) {
    boolean isOld = Instant.parse(one.at()).isBefore(now.minus(TRIED));
    return isOld ? one.waitingFor(List.of()) : one;
  }
}
