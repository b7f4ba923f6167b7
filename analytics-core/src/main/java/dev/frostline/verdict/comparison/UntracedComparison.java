package dev.frostline.verdict.comparison;

import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.statistics.Interval;
import dev.frostline.verdict.statistics.Robust;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares Init Durations alone, for functions without traces. Starts of one day move together, so
 * the day is the unit: the mean of the middle half of its log inits, which one odd start moves as
 * little as a median but which varies less, compared with Student's t whose variance is shrunk
 * towards what days vary in AWS.
 */
public final class UntracedComparison {
  /**
   * Usual standard deviation of a day's middle log init (lambda-perf: 4.3 %), worth so many days.
   */
  private static final double PRIOR_DAY = 0.04;

  private static final double PRIOR_DEGREES = 6;

  /** A day's middle may stand this many deviations off before it is clipped. */
  private static final double CLIP = 2.5;

  /**
   * Fleets have hundreds of functions and a week has one answer: below this a false alarm a month
   * is left.
   */
  private static final double SURE = 0.0025;

  /**
   * How far a day's middle log init stands off that of the day before by itself, where too few days
   * were seen to tell. Of 101,357 neighbouring days in AWS (lambda-perf) 1.31 % differ by more than
   * a factor of 1.25, 0.88 % by 1.3, 0.24 % by 1.5 and 0.05 % by 2: Student's t with 3 degrees and
   * this scale has 1.4, 0.9, 0.24 and 0.05 %.
   */
  private static final double DAY_ALONE = 0.043;

  private static final double DAY_ALONE_DEGREES = 3;

  private final Thresholds thresholds;
  private final double[] before;
  private final double[] after;
  private final int startsBefore;
  private final int startsAfter;
  private final double baselineMs;

  UntracedComparison(List<TimedStart> before, List<TimedStart> after, Thresholds thresholds) {
    this.thresholds = thresholds;
    this.before = dayMiddles(before);
    this.after = dayMiddles(after);
    startsBefore = before.size();
    startsAfter = after.size();
    baselineMs = medianMs(before);
  }

  Finding finding() {
    double floorMs = thresholds.rawFloor(Double.isNaN(baselineMs) ? 0 : baselineMs);
    int lacking = lacking();
    if (lacking > 0) {
      Finding alone = ofDaysAlone(floorMs);
      return alone != null
          ? alone
          : Finding.without(Verdict.INSUFFICIENT, floorMs, lacking, List.of(whyInsufficient()));
    }
    double centerBefore = center(before);
    double shift = center(after) - centerBefore;
    double degrees = before.length + after.length - 2 + PRIOR_DEGREES;
    double error = Math.sqrt(dayVariance() * (1.0 / before.length + 1.0 / after.length));
    double half = Robust.tQuantile(thresholds.confidence(), degrees) * error;
    Interval change =
        new Interval(
            baselineMs * Math.expm1(shift),
            baselineMs * Math.expm1(shift - half),
            baselineMs * Math.expm1(shift + half));
    double p = Robust.tTwoSided(shift / error, degrees);
    int needed = (int) Math.ceil(startsAfter * Math.pow(change.halfWidth() / floorMs, 2));
    return new Finding(
        verdict(change, p, floorMs),
        change,
        p,
        floorMs,
        change.within(2 * floorMs) ? 0 : needed,
        Double.NaN,
        List.of(),
        List.of(),
        change.estimate(),
        List.of("no import timings: Init Duration only, cause unknown"));
  }

  /**
   * Enough starts on too few days: what days do by themselves is taken from other functions, so
   * only what hardly any day does is called; null for anything less.
   */
  private @Nullable Finding ofDaysAlone(double floorMs) {
    if (Math.min(startsBefore, startsAfter) < thresholds.minRawStarts()) {
      return null;
    }
    double shift = center(after) - center(before);
    double half = Robust.tQuantile(thresholds.confidence(), DAY_ALONE_DEGREES) * DAY_ALONE;
    double p = Robust.tTwoSided(shift / DAY_ALONE, DAY_ALONE_DEGREES);
    Interval change =
        new Interval(
            baselineMs * Math.expm1(shift),
            baselineMs * Math.expm1(shift - half),
            baselineMs * Math.expm1(shift + half));
    if (p > SURE || Math.abs(change.estimate()) < floorMs) {
      return null;
    }
    return new Finding(
        change.estimate() > 0 ? Verdict.SLOWER : Verdict.FASTER,
        change,
        p,
        floorMs,
        0,
        Double.NaN,
        List.of(),
        List.of(),
        change.estimate(),
        List.of(
            "no import timings: Init Duration only, cause unknown",
            String.format(
                Locale.ROOT,
                "on fewer than %d days a side only a change beyond what days do by themselves is"
                    + " called",
                thresholds.minDays())));
  }

  private Verdict verdict(Interval change, double p, double floorMs) {
    boolean clear = p <= SURE && Math.abs(change.estimate()) >= floorMs;
    if (clear || change.above(floorMs) || change.below(floorMs)) {
      return change.estimate() > 0 ? Verdict.SLOWER : Verdict.FASTER;
    }
    return change.within(2 * floorMs) ? Verdict.UNCHANGED : Verdict.NOT_SHOWN;
  }

  private int lacking() {
    int starts = Math.max(0, thresholds.minRawStarts() - Math.min(startsBefore, startsAfter));
    int days = Math.max(0, thresholds.minDays() - Math.min(before.length, after.length));
    return Math.max(starts, days);
  }

  private String whyInsufficient() {
    return String.format(
        Locale.ROOT,
        "without import timings at least %d cold starts on %d days are needed on each side; there"
            + " are %d on %d and %d on %d",
        thresholds.minRawStarts(),
        thresholds.minDays(),
        startsBefore,
        before.length,
        startsAfter,
        after.length);
  }

  /** Mean of the days' middles, each clipped towards the median of all. */
  private static double center(double[] days) {
    return Arrays.stream(clipped(days)).average().orElse(Double.NaN);
  }

  private static double[] clipped(double[] days) {
    double middle = Robust.median(days);
    double reach = CLIP * Math.max(Robust.MAD_TO_SD * Robust.mad(days, middle), PRIOR_DAY / 2);
    return Arrays.stream(days)
        .map(day -> Math.max(middle - reach, Math.min(middle + reach, day)))
        .toArray();
  }

  private double dayVariance() {
    double squares = squares(before) + squares(after);
    double degrees = before.length + after.length - 2;
    return (PRIOR_DEGREES * PRIOR_DAY * PRIOR_DAY + squares) / (PRIOR_DEGREES + degrees);
  }

  /**
   * Of the clipped days, made wider by those that were clipped (Yuen 1974, for trimmed means): what
   * an odd day may not move, it may not hide behind its own spread either.
   */
  private static double squares(double[] days) {
    double[] clipped = clipped(days);
    double middle = center(days);
    double sum = 0;
    double kept = 0;
    for (int i = 0; i < days.length; i++) {
      sum += (clipped[i] - middle) * (clipped[i] - middle);
      kept += clipped[i] == days[i] ? 1 : 0;
    }
    kept = Math.max(2, kept);
    return sum * days.length * (days.length - 1) / (kept * (kept - 1));
  }

  public static double medianMs(List<TimedStart> starts) {
    double[] values = new double[starts.size()];
    int count = 0;
    for (TimedStart start : starts) {
      if (!Double.isNaN(start.initMs())) {
        values[count++] = start.initMs();
      }
    }
    return Robust.median(Arrays.copyOf(values, count));
  }

  private static double[] dayMiddles(List<TimedStart> starts) {
    Map<Long, List<Double>> days = new TreeMap<>();
    for (TimedStart start : starts) {
      if (start.initMs() > 0) {
        days.computeIfAbsent(start.day(), day -> new ArrayList<>()).add(Math.log(start.initMs()));
      }
    }
    return days.values().stream()
        .mapToDouble(
            values -> Robust.midmean(values.stream().mapToDouble(Double::doubleValue).toArray()))
        .toArray();
  }
}
