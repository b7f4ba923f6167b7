package dev.frostline.ingest;

import dev.frostline.ingest.LooseEvent.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of a table of log events, by the names in its first row. */
final class Columns {
  private final List<Field> fields;

  private Columns(List<Field> fields) {
    this.fields = fields;
  }

  /** The columns that these names stand for; null where they are not those of a log. */
  static @Nullable Columns named(List<String> names) {
    List<Field> fields = new ArrayList<>(names.size());
    for (String name : names) {
      fields.add(field(name.strip()));
    }
    boolean hasMessage = fields.indexOf(Field.MESSAGE) >= 0;
    boolean isLog = fields.contains(Field.TIME) || (hasMessage && fields.size() == 1);
    boolean once =
        fields.indexOf(Field.MESSAGE) == fields.lastIndexOf(Field.MESSAGE)
            && fields.indexOf(Field.TIME) == fields.lastIndexOf(Field.TIME);
    return hasMessage && isLog && once ? new Columns(fields) : null;
  }

  /** Tables of collectors name the time in words of their own. */
  private static Field field(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "date", "datetime", "date/time", "timestamp (utc)", "time (utc)", "event time" ->
          Field.TIME;
      default -> Field.named(name);
    };
  }

  int count() {
    return fields.size();
  }

  int ofMessage() {
    return fields.indexOf(Field.MESSAGE);
  }

  boolean hasTime() {
    return fields.contains(Field.TIME);
  }

  /** Gives on a row, or says why it cannot be. */
  void give(List<String> row, LooseEvents loose) {
    LooseEvent event = new LooseEvent();
    for (int i = 0; i < fields.size(); i++) {
      event.set(fields.get(i), row.get(i));
    }
    if (hasTime() ? !event.give(loose) : !event.giveTimedOrNot(loose)) {
      loose.reject(
          "row of a table without a time that can be told: write it as 2026-09-21 10:00:30");
    }
  }
}
