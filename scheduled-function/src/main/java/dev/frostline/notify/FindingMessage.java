package dev.frostline.notify;

import dev.frostline.report.Figure;
import dev.frostline.report.Message;
import dev.frostline.report.Message.Item;
import dev.frostline.report.Message.Tone;
import dev.frostline.report.Phrase;
import dev.frostline.verdict.statistics.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run has to tell one receiver: one message, however much it is. Past {@value #MOST} it
 * says what most of it has in common and shows the largest.
 */
final class FindingMessage {
  /** So many are told one by one; more at once are a storm. */
  static final int MOST = 5;

  private static final int CAUSES = 3;

  private static final Comparator<FindingEvent> LARGEST =
      Comparator.comparing((FindingEvent one) -> !one.isOpening())
          .thenComparing(one -> -Math.abs(number(one.changeMs())))
          .thenComparing(FindingEvent::function)
          .thenComparing(FindingEvent::since);

  private FindingMessage() {}

  static Message of(List<FindingEvent> events, Sending sending) {
    List<FindingEvent> sorted = events.stream().sorted(LARGEST).toList();
    List<String> notes = new ArrayList<>();
    if (sorted.size() > MOST) {
      notes.add(Figure.count(sorted.size() - MOST) + " more: frostline sql findings");
    }
    FindingEvent first = sorted.get(0);
    String counts = counts(sorted);
    return new Message(
        "findings",
        tone(first),
        (sorted.size() == 1 ? headline(first) : counts) + ".",
        (sorted.size() == 1 ? "" : counts + ": ") + subject(first),
        sorted.size() > MOST ? causes(sorted) : "",
        sorted.stream().limit(MOST).map(FindingMessage::item).toList(),
        notes,
        sending.page().isEmpty() ? "" : sending.page() + "/changes",
        "All changes");
  }

  /** "3 got slower, 31 by AWS's doing, 1 taken back". */
  private static String counts(List<FindingEvent> events) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FindingEvent event : events) {
      counts.merge(word(event), 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((word, count) -> parts.add(Figure.count(count) + " " + word));
    return String.join(", ", parts);
  }

  private static String word(FindingEvent event) {
    return switch (event.event()) {
      case FindingEvent.OPENED -> "got slower";
      case FindingEvent.PLATFORM -> "slower by AWS's doing";
      case FindingEvent.ROLLED_BACK -> "rolled back";
      case FindingEvent.WITHDRAWN -> "no longer shown";
      default -> "taken back";
    };
  }

  private static String headline(FindingEvent event) {
    String name = Figure.name(event.function());
    return switch (event.event()) {
      case FindingEvent.OPENED -> name + " got slower";
      case FindingEvent.PLATFORM -> name + " got slower by AWS's doing";
      case FindingEvent.ROLLED_BACK -> name + " was rolled back";
      case FindingEvent.WITHDRAWN -> "The slowdown of " + name + " no longer shows";
      default -> "The slowdown of " + name + " was taken back";
    };
  }

  /** "checkout-api +218 ms (pandas), payments". */
  private static String subject(FindingEvent event) {
    String suspect = event.suspect() == null ? "" : " (" + Figure.name(event.suspect()) + ")";
    String what =
        event.isOpening()
            ? " " + Figure.change(number(event.changeMs())) + suspect
            : ": " + word(event) + by(event);
    return Figure.name(event.function())
        + what
        + (event.owner().isEmpty() ? "" : ", " + Figure.name(event.owner()));
  }

  private static String by(FindingEvent event) {
    String closedBy = event.closedBy();
    if (closedBy == null) {
      return "";
    }
    return (event.event().equals(FindingEvent.ROLLED_BACK) ? " to " : " by ")
        + Figure.name(closedBy);
  }

  /** What most of a storm has in common. */
  private static String causes(List<FindingEvent> events) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FindingEvent event : events) {
      counts.merge(cause(event), 1, Integer::sum);
    }
    return "Most of it: "
        + String.join(
            "; ",
            counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(CAUSES)
                .map(one -> Figure.count(one.getValue()) + " × " + one.getKey())
                .toList())
        + ".";
  }

  private static Item item(FindingEvent event) {
    String deployed = event.kind().equals("deployment") ? "deployed " : event.kind() + " of ";
    return new Item(
        tone(event),
        Figure.name(event.function())
            + " "
            + Figure.name(event.before())
            + " → "
            + Figure.name(event.after()),
        event.link(),
        Figure.change(number(event.changeMs())),
        event.changePct() == null ? "" : Figure.changePct(event.changePct()),
        event.isOpening() ? cause(event) : closing(event),
        Figure.name(event.owner()),
        Message.joined(
            event.region().equals("unknown") ? "" : event.region(),
            Phrase.interval(
                    new Interval(
                        number(event.changeMs()), number(event.lowMs()), number(event.highMs())))
                .replaceFirst("^(?=.)", "99 % interval "),
            deployed + Figure.time(Instant.parse(event.since()))),
        event.commits());
  }

  /** "pandas +231 ms", or the reason in words. */
  private static String cause(FindingEvent event) {
    if (event.suspect() != null) {
      return event.suspectChange()
          + " "
          + Figure.name(event.suspect())
          + " "
          + Figure.change(number(event.suspectMs()));
    }
    return event.note().isEmpty() ? "no single import stands out" : event.note();
  }

  private static String closing(FindingEvent event) {
    if (event.event().equals(FindingEvent.WITHDRAWN)) {
      return "no longer shown: cold starts came in since that speak against it, or old ones went";
    }
    String at = event.closedAt() == null ? "" : ", " + Figure.time(Instant.parse(event.closedAt()));
    return word(event) + by(event) + at;
  }

  private static Tone tone(FindingEvent event) {
    return event.isOpening()
        ? Tone.SLOWER
        : event.event().equals(FindingEvent.WITHDRAWN) ? Tone.OTHER : Tone.FASTER;
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
