package dev.frostline.report;

import dev.frostline.verdict.comparison.Comparison;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a reader sees them: three significant digits, sign and unit always there, an en dash
 * for none.
 */
public final class Figure {
  private static final String NONE = "–";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final int NAME_SHOWN = 120;

  private Figure() {}

  /** 412 ms, 1.92 s. */
  public static String ms(double ms) {
    if (Double.isNaN(ms)) {
      return NONE;
    }
    return Math.abs(ms) < 999.5 ? digits(ms) + " ms" : digits(ms / 1000) + " s";
  }

  /** +277 ms, −345 ms. */
  public static String change(double ms) {
    if (Double.isNaN(ms)) {
      return NONE;
    }
    return Math.abs(ms) < 0.005 ? "0 ms" : sign(ms) + ms(Math.abs(ms));
  }

  /**
   * What of a measured change is code and what is the hosts' doing, where the two differ: measured
   * +243 ms = code +27 ms + hosts +216 ms. Empty where they do not.
   */
  public static String measured(Comparison comparison) {
    return comparison.isHostSeen()
        ? "measured "
            + change(comparison.measuredMs())
            + " = code "
            + change(comparison.changeMs().estimate())
            + " + hosts "
            + change(comparison.hostMs())
        : "";
  }

  /** +67 %. */
  public static String changePct(double pct) {
    return Double.isNaN(pct) ? NONE : sign(pct) + digits(Math.abs(pct)) + " %";
  }

  /** 99.6 %, of a share from 0 to 1. */
  public static String share(double share) {
    if (Double.isNaN(share)) {
      return NONE;
    }
    boolean almostAll = share < 1 && share > 0.9995;
    return digits(almostAll ? 99.9 : 100 * share) + " %";
  }

  /** Time that adds up: 34.2 s, 12 min 18 s, 4 h 6 min, 1,000 h. */
  public static String duration(double ms) {
    double seconds = Math.abs(ms) / 1000;
    if (Double.isNaN(ms)) {
      return NONE;
    }
    if (seconds < 59.95) {
      return ms(Math.abs(ms));
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
    }
    long minutes = Math.round(seconds / 60);
    boolean isWhole = minutes % 60 == 0 || minutes >= 6000;
    return isWhole
        ? count(Math.round(seconds / 3600)) + " h"
        : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** The same with a sign. */
  public static String addedDuration(double ms) {
    return Double.isNaN(ms) ? NONE : sign(ms) + duration(ms);
  }

  /** 1,204. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** 2 functions, 1 function. */
  public static String counted(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** 1,234.5 of any unit. */
  public static String amount(double amount) {
    return Double.isNaN(amount) ? NONE : digits(amount);
  }

  /** A setting as it was set: 2, 0.5. */
  static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** $12.30, $0.0042. */
  public static String usd(double usd) {
    if (Double.isNaN(usd)) {
      return NONE;
    }
    String sign = usd < 0 ? "−" : "";
    double size = Math.abs(usd);
    if (size == 0 || size >= 0.995) {
      return sign + String.format(Locale.ROOT, "$%,.2f", size);
    }
    return sign + (size < 0.00001 ? "under $0.00001" : "$" + significant(size, 2));
  }

  /** 19 Nov 2026 14:03 UTC. */
  public static String time(@Nullable Instant time) {
    return time == null ? NONE : TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /** 19 Nov 2026. */
  public static String day(@Nullable LocalDate day) {
    return day == null ? NONE : DAY.format(day);
  }

  /** 16–22 Nov 2026, in full. */
  public static String days(Week week) {
    return DAY.format(week.monday()) + " – " + DAY.format(week.nextMonday().minusDays(1));
  }

  /** A name cut to what a reader can take in. */
  public static String name(String name) {
    return name.length() <= NAME_SHOWN ? name : name.substring(0, NAME_SHOWN) + "…";
  }

  private static String sign(double value) {
    return value < 0 ? "−" : "+";
  }

  /** Three significant digits, no exponent, thousands grouped. */
  private static String digits(double value) {
    double size = Math.abs(value);
    if (size == 0 || size >= 99.95) {
      return String.format(Locale.ROOT, "%,.0f", value).replace('-', '−');
    }
    int decimals = size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }

  private static String significant(double value, int digits) {
    int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(value)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
