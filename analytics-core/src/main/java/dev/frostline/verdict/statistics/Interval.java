package dev.frostline.verdict.statistics;

/** An estimate in milliseconds with its 99 % interval. */
public record Interval(double estimate, double low, double high) {
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  public static Interval of(double estimate, double halfWidth) {
    return new Interval(estimate, estimate - halfWidth, estimate + halfWidth);
  }

  /** From microseconds. */
  public Interval inMillis() {
    return new Interval(estimate / 1000, low / 1000, high / 1000);
  }

  /** With a doubt that more starts do not lessen. */
  public Interval wider(double doubt) {
    return new Interval(estimate, low - doubt, high + doubt);
  }

  public double halfWidth() {
    return (high - low) / 2;
  }

  public boolean above(double floor) {
    return low > floor;
  }

  public boolean below(double floor) {
    return high < -floor;
  }

  public boolean within(double bound) {
    return low >= -bound && high <= bound;
  }
}
