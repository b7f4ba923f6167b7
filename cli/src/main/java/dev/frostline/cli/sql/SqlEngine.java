package dev.frostline.cli.sql;

import dev.frostline.cli.output.Grid;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine that asks a lake where it lies, for fleets that outgrew one machine. */
interface SqlEngine {
  /** Of all that begins otherwise, nobody knows that it only reads. */
  Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "DESCRIBE", "EXPLAIN");

  /**
   * Runs one statement to its end.
   *
   * @throws Failure when the engine cannot be reached, or refuses it
   */
  Answer run(String sql);

  /**
   * What came back.
   *
   * @param rows the rows
   * @param cost what the engine read for them, and what that costs where it costs something
   */
  record Answer(Grid rows, String cost) {}

  /** Whether a statement is one of those that only read. A comment ends where Trino ends it. */
  static boolean onlyReads(String sql) {
    List<String> words =
        List.of(sql.replaceAll("(?s)--[^\\r\\n]*|/\\*.*?\\*/", " ").strip().split("[\\s(]+", 3));
    String first = words.get(0).toUpperCase(Locale.ROOT);
    boolean runs =
        first.equals("EXPLAIN") && words.size() > 1 && words.get(1).equalsIgnoreCase("ANALYZE");
    return READING.contains(first) && !runs;
  }

  /** A value that came as text, as the store's own driver would give it. */
  static @Nullable Object value(String type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return switch (type.toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "")) {
        case "tinyint", "smallint", "integer", "bigint" -> Long.valueOf(text);
        case "decimal" -> new BigDecimal(text);
        case "double", "real", "float" -> Double.valueOf(text);
        case "boolean" -> Boolean.valueOf(text);
        case "date" -> LocalDate.parse(text);
        case "timestamp" -> type.endsWith("zone") ? text : Timestamp.valueOf(text);
        default -> text;
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      return text; // a year of five digits: what it is can still be read
    }
  }

  /** A size for people: 12.3 MB. */
  static String megabytes(long bytes) {
    return String.format("%.1f MB", bytes / 1e6);
  }
}
