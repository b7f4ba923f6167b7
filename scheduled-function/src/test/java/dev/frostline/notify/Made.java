package dev.frostline.notify;

import dev.frostline.report.Message;
import dev.frostline.report.Message.Item;
import dev.frostline.report.Message.Tone;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Findings and messages made up for tests. */
final class Made {
  static final Instant MONDAY = Instant.parse("2026-11-23T06:00:00Z");

  private Made() {}

  static FindingEvent event(String event, String function, String after, Instant since) {
    return event(event, function, after, since, "deployment", null);
  }

  static FindingEvent event(
      String event,
      String function,
      String after,
      Instant since,
      String kind,
      @Nullable String closedBy) {
    return new FindingEvent(
        1,
        event,
        "123456789012",
        "eu-west-1",
        function,
        function.startsWith("checkout") ? "payments" : "",
        "published",
        kind,
        "slower",
        "41",
        after,
        since.toString(),
        218.0,
        210.0,
        226.0,
        69.0,
        "pandas",
        "python module",
        "new import",
        231.0,
        218.0,
        after,
        closedBy,
        closedBy == null ? null : since.toString(),
        "",
        "https://page.example/f/123456789012/eu-west-1/" + function + "/41.." + after,
        "https://github.com/acme/shop/compare/1234567...89abcde");
  }

  /** A message with names that would mean something to whoever shows them. */
  static Message hostile(int items) {
    String name = "a<!channel>|*b*_`&amp;[x](javascript:alert)\u202e\n@here " + "y".repeat(900);
    Item item =
        new Item(
            Tone.SLOWER,
            name,
            "https://page.example/f/a%3Cb",
            "+218 ms",
            "+69 %",
            name,
            name,
            name,
            "https://github.com/acme/shop/commit/1234567");
    return new Message(
        name,
        Tone.SLOWER,
        name,
        name,
        name,
        IntStream.range(0, items).mapToObj(i -> item).toList(),
        List.of(name),
        "https://page.example/changes",
        "All changes");
  }
}
