package dev.frostline.verdict.statistics;

import java.util.function.Consumer;

/** Every constant that decides a verdict; {@link Numbers} tells each with its reason. */
public record Thresholds(
    double floorMs,
    double floorShare,
    double confidence,
    int minTraced,
    int minRawStarts,
    int minDays,
    double rawFloorMs,
    double rawFloorShare,
    double unitFloorMs,
    double unitFloorShare,
    double unitAlpha,
    int permutations,
    double newShare,
    double oldShare,
    double descendShare,
    double pauseBalance,
    double broadShare,
    double broadChange,
    double hostChange,
    int poolSize) {
  /** The values used unless a caller says otherwise. */
  public static final Thresholds DEFAULT = with(numbers -> {});

  public Thresholds {
    if (floorMs <= 0 || confidence <= 0.5 || confidence >= 1) {
      throw new IllegalArgumentException(
          "floor must be positive and confidence in (0.5, 1): " + floorMs + ", " + confidence);
    }
  }

  /**
   * The usual values but for those that are set, as a self-calibration or an evaluation asks for:
   * {@code with(numbers -> numbers.minTraced = 8)}.
   */
  public static Thresholds with(Consumer<Numbers> choice) {
    Numbers numbers = new Numbers();
    choice.accept(numbers);
    return numbers.thresholds();
  }

  /**
   * A verdict must be ten times as sure as the interval shown, since a fleet asks thousands of
   * times: of two thousand comparisons a week in which nothing changed, 99 % leaves twenty to
   * chance and 99.9 % two, most of which the floor stops.
   */
  public double verdictConfidence() {
    return 1 - (1 - confidence) / 10;
  }

  /** Smallest change of interest of an init that takes so long. */
  public double floor(double baselineMs) {
    return Math.max(floorMs, floorShare * baselineMs);
  }

  /** The same without traces. */
  public double rawFloor(double baselineMs) {
    return Math.max(rawFloorMs, rawFloorShare * baselineMs);
  }

  /** Smallest change of one import worth naming in an init that takes so long. */
  public double unitFloor(double baselineMs) {
    return Math.max(unitFloorMs, unitFloorShare * baselineMs);
  }

  /** The numbers while they are chosen, each with its usual value and the reason for it. */
  public static final class Numbers {
    /** Smallest change of interest: below 2 ms nobody acts and timers get coarse. */
    public double floorMs = 2.0;

    /**
     * The same as a share of init: 1 % is what the internal standard can hold over months of hosts.
     */
    public double floorShare = 0.01;

    /**
     * Confidence of intervals: at 99 % a fleet of thousands still has few intervals that miss, and
     * the floor guards those.
     */
    public double confidence = 0.99;

    /** Traced cold starts per side: four residuals are the least a variance can be read from. */
    public int minTraced = 5;

    /** Cold starts per side without traces: medians of fewer move by more than any floor. */
    public int minRawStarts = 20;

    /** Days per side without traces: starts of one day move together, so days are the sample. */
    public int minDays = 3;

    /** Floor without traces, as with them. */
    public double rawFloorMs = 2.0;

    /** Floor share without traces: day medians of hello-world functions in AWS move by 4 %. */
    public double rawFloorShare = 0.05;

    /** Smallest self-time change of one import worth naming. */
    public double unitFloorMs = 0.5;

    /** The same as a share of init. */
    public double unitFloorShare = 0.0025;

    /** Family-wise error rate of naming any import wrongly. */
    public double unitAlpha = 0.01;

    /** Label permutations for it: resolves unitAlpha four times over. */
    public int permutations = 399;

    /**
     * Share of starts in which an import must appear to be called new (or gone): sampled and cut
     * traces stay below.
     */
    public double newShare = 0.8;

    /** Share on the other side it may appear in at most. */
    public double oldShare = 0.05;

    /** Share of a package's change one import must carry to be named in its place. */
    public double descendShare = 0.6;

    /** How far an up and a down may differ and still be one pause that changed place. */
    public double pauseBalance = 0.25;

    /**
     * Share of the function's own imports (by time) that must move together to call it a change of
     * everything.
     */
    public double broadShare = 0.6;

    /** Smallest common change of everything (log ratio). */
    public double broadChange = 0.08;

    /**
     * Smallest change of the control modules called a change of host or platform (log ratio):
     * starts of one day in AWS spread by up to 18 % (lambda-perf, 90th percentile).
     */
    public double hostChange = 0.18;

    /** Most cold starts per side that are compared: more adds time, not knowledge. */
    public int poolSize = 300;

    private Numbers() {}

    private Thresholds thresholds() {
      return new Thresholds(
          floorMs,
          floorShare,
          confidence,
          minTraced,
          minRawStarts,
          minDays,
          rawFloorMs,
          rawFloorShare,
          unitFloorMs,
          unitFloorShare,
          unitAlpha,
          permutations,
          newShare,
          oldShare,
          descendShare,
          pauseBalance,
          broadShare,
          broadChange,
          hostChange,
          poolSize);
    }
  }
}
