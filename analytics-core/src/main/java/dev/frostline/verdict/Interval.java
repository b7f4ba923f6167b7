package dev.frostline.verdict;

/** An estimate in milliseconds with its 99 % interval. */
public record Interval(double estimate, double low, double high) {
  static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  static Interval of(double estimate, double halfWidth) {
    return new Interval(estimate, estimate - halfWidth, estimate + halfWidth);
  }

  /** From microseconds. */
  Interval inMillis() {
    return new Interval(estimate / 1000, low / 1000, high / 1000);
  }

  double halfWidth() {
    return (high - low) / 2;
  }

  boolean above(double floor) {
    return low > floor;
  }

  boolean below(double floor) {
    return high < -floor;
  }

  boolean within(double bound) {
    return low >= -bound && high <= bound;
  }
}
