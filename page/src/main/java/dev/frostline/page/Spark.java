package dev.frostline.page;

import dev.frostline.report.Figure;
import java.util.List;
import java.util.Locale;

/**
 * A line without axes, in a box of {@value #WIDTH} x {@value #HEIGHT}.
 *
 * @param path moves and lines; gaps where there is no value
 * @param words the same for those who do not see it
 */
record Spark(String path, double lastX, double lastY, String words) {
  static final int WIDTH = 96;
  static final int HEIGHT = 24;
  static final Spark NONE = new Spark("", 0, 0, "");
  private static final double MARGIN = 3;

  /** The line of values in ms, oldest first; NaN where there is none. */
  static Spark of(List<Double> values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Double.isNaN(value) ? low : Math.min(low, value);
      high = Double.isNaN(value) ? high : Math.max(high, value);
    }
    long there = values.stream().filter(value -> !Double.isNaN(value)).count();
    if (there < 2) {
      return NONE; // one point is no line: its median stands beside it
    }
    double range = Math.max(high - low, 0.1 * high);
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    double x = 0;
    double y = 0;
    double last = 0;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (Double.isNaN(value)) {
        continue;
      }
      x = MARGIN + (WIDTH - 2 * MARGIN) * i / Math.max(1, values.size() - 1);
      y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / range;
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x, y));
      pen = true;
      last = value;
    }
    return new Spark(
        path.toString(),
        x,
        y,
        "Median from " + Figure.ms(low) + " to " + Figure.ms(high) + ", last " + Figure.ms(last));
  }
}
