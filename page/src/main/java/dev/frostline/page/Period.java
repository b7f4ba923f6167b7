package dev.frostline.page;

import dev.frostline.report.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Since when cold starts count: {@code since=7d} of an address, or all.
 *
 * @param asked as the address has it; absent for all
 * @param since the same in UTC, as queries take it
 */
record Period(@Nullable String asked, @Nullable String since) {
  private static final List<String> CHOICES = List.of("7d", "28d", "90d");

  /** One period to choose. */
  record Choice(String name, String address, boolean isChosen) {}

  static Period of(Address address, Function<String, Instant> times) {
    String asked = address.parameter("since");
    return asked == null
        ? new Period(null, null)
        : new Period(asked, Cells.stored(times.apply(asked)));
  }

  /** The same for the command line. */
  String option() {
    return asked == null ? "" : "--since=" + asked;
  }

  /** What a table without rows says. */
  String none() {
    return asked == null
        ? "No cold starts yet. Take logs in: frostline ingest PATH"
        : "No cold starts since "
            + Figure.time(Cells.instant(String.valueOf(since)))
            + " that fit: choose a longer period or fewer filters.";
  }

  List<Choice> choices(Address address) {
    List<Choice> choices = new ArrayList<>();
    for (String choice : CHOICES) {
      choices.add(
          new Choice(choice, address.with("since", choice).toString(), choice.equals(asked)));
    }
    if (asked != null && !CHOICES.contains(asked)) {
      choices.add(new Choice("since " + asked, address.toString(), true));
    }
    choices.add(new Choice("all", address.with("since", null).toString(), asked == null));
    return choices;
  }
}
