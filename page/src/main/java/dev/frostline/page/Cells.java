package dev.frostline.page;

import dev.frostline.page.Table.Cell;
import dev.frostline.page.sql.Answer;
import dev.frostline.report.Figure;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Kind;
import dev.frostline.verdict.comparison.Verdict;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cells of an answer as a reader sees them. */
final class Cells {
  private static final String UNNAMED = "$LATEST@";

  private Cells() {}

  static String text(Map<String, Object> row, String name) {
    Object cell = row.get(name);
    return cell == null ? "" : cell.toString();
  }

  static double number(Map<String, Object> row, String name) {
    return row.get(name) instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  static Cell name(String name) {
    return Cell.of(name.isEmpty() ? "–" : Figure.name(name));
  }

  static Cell name(Map<String, Object> row, String name) {
    return name(text(row, name));
  }

  static Cell ms(Map<String, Object> row, String name) {
    return Cell.of(Figure.ms(number(row, name)));
  }

  static Cell count(Map<String, Object> row, String name) {
    double value = number(row, name);
    return Cell.of(Double.isNaN(value) ? "–" : Figure.count((long) value));
  }

  static Cell percent(Map<String, Object> row, String name) {
    return Cell.of(Figure.share(number(row, name) / 100));
  }

  static Cell time(Map<String, Object> row, String name) {
    return Cell.of(Figure.time(instant(text(row, name)))).tone("time");
  }

  static @Nullable Instant instant(String stored) {
    try {
      return stored.isEmpty()
          ? null
          : LocalDateTime.parse(stored, Answer.TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** A time as queries take it. */
  static @Nullable String stored(@Nullable Instant time) {
    return time == null ? null : Answer.TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /** ▲ +277 ms (+67 %), in words and colour. */
  static Cell change(Comparison comparison) {
    double ms = comparison.changeMs().estimate();
    String size =
        comparison.verdict().isFinding() && comparison.verdict() != Verdict.MOVED
            ? Figure.change(ms) + " (" + Figure.changePct(comparison.changePct()) + ")"
            : word(comparison.verdict());
    return Cell.of(mark(comparison.verdict()) + " " + size).tone(tone(comparison.verdict()));
  }

  /** 41 → 42; of a history that nothing names the days: before and since 24 Jun 2026. */
  static String pair(Comparison comparison) {
    String after = comparison.after().deployment();
    if (comparison.kind() == Kind.SHIFT && after.startsWith(UNNAMED)) {
      return "before and since " + Figure.time(comparison.after().since());
    }
    return Figure.name(comparison.before().deployment()) + " → " + Figure.name(after);
  }

  /** What is to blame, or the first reason where nothing is. */
  static String cause(Comparison comparison) {
    if (!comparison.suspects().isEmpty()) {
      Suspect first = comparison.suspects().get(0);
      return first.change().word()
          + ": "
          + Figure.name(first.name())
          + " "
          + Figure.change(first.cumulativeChangeMs());
    }
    return comparison.notes().isEmpty() ? "" : comparison.notes().get(0);
  }

  static String word(Verdict verdict) {
    return verdict.word().replace('_', ' ');
  }

  static String mark(Verdict verdict) {
    return switch (verdict) {
      case SLOWER, MIXED, BROAD -> "▲";
      case FASTER -> "▼";
      case MOVED -> "◆";
      case CONFIGURATION, PLATFORM -> "◇";
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, HOST -> "~";
    };
  }

  static String tone(Verdict verdict) {
    return switch (verdict) {
      case SLOWER, MIXED, BROAD -> "slower";
      case FASTER -> "faster";
      case MOVED, CONFIGURATION, PLATFORM -> "other";
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, HOST -> "quiet";
    };
  }
}
