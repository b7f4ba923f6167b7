package dev.frostline.report.picture;

import dev.frostline.report.Figure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long the cold starts of two deployments took: two histograms on one scale, before above the
 * line, after below it; one alone stands above. Places are percent of the width and px of the
 * height.
 *
 * @param bars both sides' bars; counts of a side are shares of its own starts
 * @param beyond starts to the right of the picture
 * @param tallest the share of a side's starts that the tallest bar stands for
 */
public record Distribution(
    List<Side> sides, List<Bar> bars, List<Tick> ticks, int beyond, double tallest) {
  private static final int HEIGHT = 190;
  public static final int MIDDLE = 85;
  private static final int TALLEST = 62;
  private static final int SCALE = 34;
  private static final int BINS = 48;

  /**
   * One deployment's cold starts in ms: the row of the table.
   *
   * @param medianX where its median stands
   */
  public record Side(
      String name,
      int starts,
      double leastMs,
      double quarterMs,
      double medianMs,
      double threeQuartersMs,
      double p95Ms,
      double mostMs,
      double medianX) {}

  /** One bar. */
  public record Bar(double x, double width, double y, double height, boolean below, String words) {}

  /** One mark of the scale. */
  public record Tick(double x, String label) {}

  /** Where the tallest bar would end. */
  public int tallestY() {
    return MIDDLE - TALLEST - 1;
  }

  public boolean isOfTwo() {
    return sides.size() > 1;
  }

  /** Of the picture with its scale. */
  public int height() {
    return isOfTwo() ? HEIGHT : MIDDLE + SCALE;
  }

  /** What lies to the right of it. */
  public String beyondWords() {
    double most = sides.stream().mapToDouble(Side::mostMs).max().orElse(0);
    return beyond == 1
        ? "one more at " + Figure.ms(most)
        : Figure.count(beyond) + " more up to " + Figure.ms(most);
  }

  /** The picture of two sides; either may be empty. */
  public static Distribution of(String before, double[] beforeMs, String after, double[] afterMs) {
    double[] one = beforeMs.clone();
    double[] other = afterMs.clone();
    Arrays.sort(one);
    Arrays.sort(other);
    Scale scale = Scale.of(one, other);
    List<Bar> bars = new ArrayList<>();
    int[] first = scale.counts(one);
    int[] second = scale.counts(other);
    double tallest = Math.max(share(first, one), share(second, other));
    bars(bars, before, first, one.length, scale, tallest, false);
    bars(bars, after, second, other.length, scale, tallest, one.length > 0);
    List<Side> sides = new ArrayList<>();
    if (one.length > 0) {
      sides.add(side(before, one, scale));
    }
    if (other.length > 0) {
      sides.add(side(after, other, scale));
    }
    return new Distribution(
        List.copyOf(sides),
        List.copyOf(bars),
        scale.ticks(),
        scale.beyond(one) + scale.beyond(other),
        tallest);
  }

  /** Init Durations of a deployment, as {@code init_durations} gives them. */
  public static double[] read(Connection connection, Selection selection) throws SQLException {
    return selection
        .query("init_durations")
        .rows(connection, row -> row.getDouble("init_ms"))
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double share(int[] counts, double[] values) {
    return values.length == 0 ? 0 : (double) Arrays.stream(counts).max().orElse(0) / values.length;
  }

  private static void bars(
      List<Bar> bars,
      String name,
      int[] counts,
      int starts,
      Scale scale,
      double tallest,
      boolean below) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double height = Math.max(2, TALLEST * (counts[i] / (double) starts) / tallest);
        bars.add(
            new Bar(
                Scale.rounded(100.0 * i / BINS),
                Scale.rounded(100.0 / BINS),
                Scale.rounded(below ? MIDDLE + 1 : MIDDLE - 1 - height),
                Scale.rounded(height),
                below,
                name
                    + ": "
                    + Figure.counted(counts[i], "cold start")
                    + " from "
                    + Figure.ms(scale.from(i))
                    + " to "
                    + Figure.ms(scale.from(i + 1))));
      }
    }
  }

  private static Side side(String name, double[] sorted, Scale scale) {
    double median = quantile(sorted, 0.5);
    return new Side(
        name,
        sorted.length,
        sorted[0],
        quantile(sorted, 0.25),
        median,
        quantile(sorted, 0.75),
        quantile(sorted, 0.95),
        sorted[sorted.length - 1],
        scale.x(median));
  }

  /** As DuckDB's {@code quantile_cont}. */
  private static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  /** From the fastest start to a little more than the 98th of a hundred; the rest is beyond. */
  private record Scale(double lowMs, double highMs) {
    static Scale of(double[] one, double[] other) {
      double low = Double.POSITIVE_INFINITY;
      double high = 0;
      for (double[] sorted : List.of(one, other)) {
        if (sorted.length > 0) {
          low = Math.min(low, sorted[0]);
          high = Math.max(high, quantile(sorted, 0.98));
        }
      }
      if (high == 0) {
        return new Scale(0, 1);
      }
      double room = Math.max((high - low) * 0.04, 0.5);
      return new Scale(Math.max(0, low - room), high + room);
    }

    int[] counts(double[] values) {
      int[] counts = new int[BINS];
      for (double value : values) {
        if (value < highMs) {
          counts[(int) (BINS * (value - lowMs) / (highMs - lowMs))]++;
        }
      }
      return counts;
    }

    int beyond(double[] values) {
      return (int) Arrays.stream(values).filter(value -> value >= highMs).count();
    }

    double from(int bin) {
      return lowMs + (highMs - lowMs) * bin / BINS;
    }

    double x(double ms) {
      return rounded(Math.min(100, 100 * (ms - lowMs) / (highMs - lowMs)));
    }

    List<Tick> ticks() {
      double step = nice((highMs - lowMs) / 4);
      List<Tick> ticks = new ArrayList<>();
      for (double ms = Math.ceil(lowMs / step) * step; ms <= highMs; ms += step) {
        ticks.add(new Tick(x(ms), Figure.ms(ms)));
      }
      return ticks;
    }

    private static double nice(double about) {
      double power = Math.pow(10, Math.floor(Math.log10(about)));
      for (int factor : new int[] {1, 2, 5}) {
        if (about <= factor * power) {
          return factor * power;
        }
      }
      return 10 * power;
    }

    static double rounded(double value) {
      return Math.round(value * 1000) / 1000.0;
    }
  }
}
