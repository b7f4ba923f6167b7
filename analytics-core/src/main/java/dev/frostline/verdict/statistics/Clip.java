package dev.frostline.verdict.statistics;

/**
 * How far a value may lie from the middle of its side before it is clipped: so many times the
 * distance that three quarters of the weight keep (two standard deviations of normal noise). Not
 * the median distance: an import that reads from disk on 45 of 100 hosts would lose them on this
 * side and keep them on a side where they are 55.
 *
 * @param center weighted median of the side
 * @param reach distance from it that is kept
 */
public record Clip(double center, double reach) {
  private static final double REACH = 1.75;
  private static final double INSIDE = 0.75;

  /** The clip of a side by the values of its runs and their weights. */
  public static Clip of(double[] values, double[] weights) {
    if (values.length <= Robust.FEW) {
      return ofFew(values.clone(), weights.clone());
    }
    double center = Robust.weightedMedian(values, weights);
    double[] away = new double[values.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(values[i] - center);
    }
    return new Clip(center, REACH * Robust.weightedQuantile(away, weights, INSIDE));
  }

  /** Sorts both by value; distances then grow to either side of the middle. */
  private static Clip ofFew(double[] values, double[] weights) {
    Robust.sort(values, weights);
    int middle = Robust.reaching(Robust.wanted(weights, 0.5), weights);
    double center = values[middle];
    double rest = Robust.wanted(weights, INSIDE);
    int left = middle;
    int right = middle + 1;
    double away = 0;
    do {
      boolean isLeft =
          right == values.length || (left >= 0 && center - values[left] <= values[right] - center);
      away = isLeft ? center - values[left] : values[right] - center;
      rest -= isLeft ? weights[left--] : weights[right++];
    } while (rest > 0 && (left >= 0 || right < values.length));
    return new Clip(center, REACH * away);
  }
}
