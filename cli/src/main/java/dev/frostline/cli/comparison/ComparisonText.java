package dev.frostline.cli.comparison;

import dev.frostline.cli.output.SafeText;
import dev.frostline.verdict.blame.Suspect;
import dev.frostline.verdict.comparison.Comparison;
import dev.frostline.verdict.comparison.Side;
import dev.frostline.verdict.comparison.Verdict;
import java.util.Locale;

/**
 * The words for numbers: milliseconds with three digits, a change with its sign and percent, a mark
 * that is no colour.
 */
public final class ComparisonText {
  private static final double SECOND = 1000;

  private ComparisonText() {}

  static String mark(Verdict verdict) {
    return switch (verdict) {
      case SLOWER, MIXED, BROAD -> "▲";
      case FASTER -> "▼";
      case MOVED -> "◆";
      case CONFIGURATION, PLATFORM -> "◇";
      case UNCHANGED, NOT_SHOWN, INSUFFICIENT, HOST -> "~";
    };
  }

  /** {@code 412 ms}, {@code 9.31 ms} or {@code 1.92 s}; a dash where nothing is known. */
  public static String millis(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size >= SECOND) {
      return String.format(Locale.ROOT, "%.2f s", value / SECOND);
    }
    return String.format(
        Locale.ROOT, size >= 100 ? "%.0f ms" : size >= 10 ? "%.1f ms" : "%.2f ms", value);
  }

  public static String signed(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return isNothing(value) ? "0 ms" : (value < 0 ? "−" : "+") + millis(Math.abs(value));
  }

  /** What two decimals show as zero has no sign. */
  private static boolean isNothing(double value) {
    return Math.abs(value) < 0.005;
  }

  /** {@code +277 ms (+67 %)}. */
  public static String change(Comparison comparison) {
    String percent =
        Double.isFinite(comparison.changePct()) && !isNothing(comparison.changeMs().estimate())
            ? String.format(
                Locale.ROOT,
                " (%s%.1f %%)",
                comparison.changePct() < 0 ? "−" : "+",
                Math.abs(comparison.changePct()))
            : "";
    return signed(comparison.changeMs().estimate()) + percent;
  }

  static String init(Side before, Side after) {
    return millis(before.medianMs()) + " → " + millis(after.medianMs());
  }

  /** The first suspect with what happened to it, or the first reason where nothing is to blame. */
  public static String cause(Comparison comparison) {
    if (!comparison.suspects().isEmpty()) {
      Suspect first = comparison.suspects().get(0);
      return first.change().word()
          + ": "
          + SafeText.of(first.name())
          + " "
          + signed(first.cumulativeChangeMs());
    }
    return comparison.notes().isEmpty() ? "" : SafeText.of(comparison.notes().get(0));
  }
}
