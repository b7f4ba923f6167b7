package dev.frostline.notify;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run told.
 *
 * @param events what there was to tell
 * @param told each receiver that was reached, or would be, with what it gets
 * @param failures each that was not, with the reason; the next run tries again
 * @param isBusy whether another run is telling just now, so that this one did nothing
 */
public record Outcome(
    List<FindingEvent> events, List<Told> told, List<String> failures, boolean isBusy) {
  public Outcome {
    events = List.copyOf(events);
    told = List.copyOf(told);
    failures = List.copyOf(failures);
  }

  /**
   * One receiver.
   *
   * @param receiver {@code slack env:SLACK_PAYMENTS}
   * @param subject the message in a line
   * @param text all of it, as text
   */
  public record Told(String receiver, String subject, String text) {}

  /** Nothing to tell, or nobody to tell it to. */
  public static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of(), false);

  /** Nothing could be told. */
  public static Outcome failed(String reason) {
    return new Outcome(List.of(), List.of(), List.of(reason), false);
  }

  static Outcome busy() {
    return new Outcome(List.of(), List.of(), List.of(), true);
  }

  /** Collects it while receivers are gone through. */
  static final class Builder {
    final List<Told> told = new ArrayList<>();
    final List<String> failures = new ArrayList<>();

    Outcome of(List<FindingEvent> events) {
      return new Outcome(events, told, failures, false);
    }
  }
}
