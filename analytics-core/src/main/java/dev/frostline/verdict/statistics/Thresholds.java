package dev.frostline.verdict.statistics;

/**
 * Every constant that decides a verdict, in one place, each with its reason.
 *
 * @param floorMs smallest change of interest: below 2 ms nobody acts and timers get coarse
 * @param floorShare the same as a share of init: 1 % is what the internal standard can hold over
 *     months of hosts
 * @param confidence of intervals: at 99 % a fleet of thousands still has few intervals that miss,
 *     and the floor guards those
 * @param minTraced traced cold starts per side: four residuals are the least a variance can be read
 *     from
 * @param minRawStarts cold starts per side without traces: medians of fewer move by more than any
 *     floor
 * @param minDays days per side without traces: starts of one day move together, so days are the
 *     sample
 * @param rawFloorMs floor without traces: as with them
 * @param rawFloorShare floor share without traces: day medians of hello-world functions in AWS move
 *     by 4 %
 * @param unitFloorMs smallest self-time change of one import worth naming
 * @param unitFloorShare the same as a share of init
 * @param unitAlpha family-wise error rate of naming any import wrongly
 * @param permutations label permutations for it: resolves unitAlpha four times over
 * @param newShare share of starts in which an import must appear to be called new (or gone):
 *     sampled and cut traces stay below
 * @param oldShare share on the other side it may appear in at most
 * @param descendShare share of a package's change one import must carry to be named in its place
 * @param pauseBalance how far an up and a down may differ and still be one pause that changed place
 * @param broadShare share of the function's own imports (by time) that must move together to call
 *     it a change of everything
 * @param broadChange smallest common change of everything (log ratio)
 * @param hostChange smallest change of the control modules called a change of host or platform (log
 *     ratio): starts of one day in AWS spread by up to 18 % (lambda-perf, 90th percentile)
 * @param poolSize most cold starts per side that are compared: more adds time, not knowledge
 */
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
  public static final Thresholds DEFAULT =
      new Thresholds(
          2.0, 0.01, 0.99, 5, 20, 3, 2.0, 0.05, 0.5, 0.0025, 0.01, 399, 0.8, 0.05, 0.6, 0.25, 0.6,
          0.08, 0.18, 300);

  public Thresholds {
    if (floorMs <= 0 || confidence <= 0.5 || confidence >= 1) {
      throw new IllegalArgumentException(
          "floor must be positive and confidence in (0.5, 1): " + floorMs + ", " + confidence);
    }
  }

  /** The same with another effect floor, as a gate or a self-calibration asks for. */
  public Thresholds withFloor(double ms, double share) {
    return new Thresholds(
        ms,
        share,
        confidence,
        minTraced,
        minRawStarts,
        minDays,
        Math.max(ms, rawFloorMs),
        Math.max(share, rawFloorShare),
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

  /**
   * A verdict must be ten times as sure as the interval shown, since a fleet asks thousands of
   * times: of two thousand comparisons a week in which nothing changed, 99 % leaves twenty to
   * chance and 99.9 % two, most of which the floor stops.
   */
  public double verdictConfidence() {
    return 1 - (1 - confidence) / 10;
  }

  public double floor(double baselineMs) {
    return Math.max(floorMs, floorShare * baselineMs);
  }

  public double rawFloor(double baselineMs) {
    return Math.max(rawFloorMs, rawFloorShare * baselineMs);
  }

  public double unitFloor(double baselineMs) {
    return Math.max(unitFloorMs, unitFloorShare * baselineMs);
  }
}
