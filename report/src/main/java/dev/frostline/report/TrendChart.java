package dev.frostline.report;

import dev.frostline.report.WeeklyReport.RuntimePoint;
import dev.frostline.report.WeeklyReport.RuntimeTrend;
import dev.frostline.report.WeeklyReport.TrendWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * The shapes of one small chart of the 13 weeks, in the units of its own box of {@value #WIDTH} x
 * {@value #HEIGHT}; the template draws them.
 *
 * @param now the value of the reported week in words
 */
public record TrendChart(
    String title,
    String now,
    List<Bar> bars,
    List<Line> lines,
    List<Mark> marks,
    List<Tick> ticks,
    List<Label> labels,
    String firstWeek,
    String lastWeek) {
  public static final int WIDTH = 320;
  public static final int HEIGHT = 132;
  static final double LEFT = 42;
  static final double TOP = 8;
  static final double BOTTOM = 108;
  private static final double LABEL_HEIGHT = 11;

  /** Room at the right for the names of lines. */
  private static final double NAMES = 30;

  private static final int FEWEST_WEEKS = 6;
  private static final int MOST_LABELS = 7;

  /** One week's bar; label is its value in words. */
  public record Bar(
      double x, double y, double width, double height, String label, boolean current) {}

  /** One series: paths only where neighbouring weeks have data, a dot for each week. */
  public record Line(String name, String path, List<Dot> dots, double labelY) {}

  /** One week of a series. */
  public record Dot(double x, double y, String label) {}

  /** A week with deployments, on the time axis. */
  public record Mark(double x, String label) {}

  /** A horizontal rule with its value. */
  public record Tick(double y, String label) {}

  /** A week's number below the time axis. */
  public record Label(double x, String text) {}

  /** The charts of the fleet. */
  public static List<TrendChart> of(WeeklyReport report) {
    List<TrendWeek> weeks = shown(report);
    return List.of(
        quantiles("Init Duration", weeks),
        bars("Cold starts", weeks, TrendWeek::coldStarts, value -> Figure.count(Math.round(value))),
        bars("Share of invocations", weeks, TrendWeek::share, Figure::share));
  }

  /** From the first week that has cold starts; never so few that a bar looks like a wall. */
  private static List<TrendWeek> shown(WeeklyReport report) {
    List<TrendWeek> all = report.trend();
    int shown = Math.max(FEWEST_WEEKS, Phrase.weeks(report).size());
    return all.subList(Math.max(0, all.size() - shown), all.size());
  }

  /** One small chart for each runtime, where there are several. */
  public static List<TrendChart> byRuntime(WeeklyReport report) {
    List<RuntimeTrend> runtimes = report.runtimeTrends();
    if (runtimes.size() < 2) {
      return List.of();
    }
    return runtimes.stream()
        .map(one -> quantiles(Figure.name(one.runtime()), weeks(one, shown(report))))
        .toList();
  }

  /** The runtime's weeks among the fleet's, so that all charts share one time axis. */
  private static List<TrendWeek> weeks(RuntimeTrend runtime, List<TrendWeek> fleet) {
    Map<Week, RuntimePoint> points = new HashMap<>();
    runtime.weeks().forEach(point -> points.put(point.week(), point));
    List<TrendWeek> weeks = new ArrayList<>();
    for (TrendWeek week : fleet) {
      RuntimePoint point =
          points.getOrDefault(
              week.week(), new RuntimePoint(week.week(), 0, Double.NaN, Double.NaN));
      weeks.add(
          new TrendWeek(
              week.week(),
              point.coldStarts(),
              0,
              Double.NaN,
              point.p50Ms(),
              point.p95Ms(),
              Double.NaN,
              0,
              0));
    }
    return weeks;
  }

  private static TrendChart bars(
      String title,
      List<TrendWeek> weeks,
      ToDoubleFunction<TrendWeek> of,
      DoubleFunction<String> words) {
    double top =
        top(weeks.stream().mapToDouble(of).filter(value -> !Double.isNaN(value)).max().orElse(0));
    double step = step(weeks, WIDTH);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      double value = of.applyAsDouble(weeks.get(i));
      double y = Double.isNaN(value) ? BOTTOM : y(value, top);
      String label = weeks.get(i).week() + ": " + words.apply(value);
      bars.add(
          new Bar(
              round(LEFT + i * step + 2),
              y,
              round(step - 4),
              round(BOTTOM - y),
              label,
              i == weeks.size() - 1));
    }
    String now = words.apply(of.applyAsDouble(weeks.get(weeks.size() - 1)));
    return chart(title, now, bars, List.of(), top, weeks, words, step);
  }

  private static TrendChart quantiles(String title, List<TrendWeek> weeks) {
    double most = 0;
    for (TrendWeek week : weeks) {
      for (double value : new double[] {week.p50Ms(), week.p95Ms(), week.p99Ms()}) {
        most = value > most ? value : most;
      }
    }
    double top = top(most);
    List<Line> lines = new ArrayList<>();
    double highest = TOP;
    for (Quantile quantile : Quantile.values()) {
      Line line = line(quantile.name().toLowerCase(Locale.ROOT), weeks, quantile::of, top, highest);
      if (!line.dots().isEmpty()) {
        lines.add(line);
        highest = line.labelY() + LABEL_HEIGHT;
      }
    }
    TrendWeek now = weeks.get(weeks.size() - 1);
    String words = "p50 " + Figure.ms(now.p50Ms());
    return chart(
        title, words, List.of(), lines, top, weeks, Figure::ms, step(weeks, WIDTH - NAMES));
  }

  private enum Quantile {
    P99,
    P95,
    P50;

    private double of(TrendWeek week) {
      return switch (this) {
        case P99 -> week.p99Ms();
        case P95 -> week.p95Ms();
        case P50 -> week.p50Ms();
      };
    }
  }

  private static List<Mark> marks(List<TrendWeek> weeks) {
    double step = step(weeks, WIDTH - NAMES);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      if (weeks.get(i).deployments() > 0) {
        String label =
            weeks.get(i).week() + ": " + Figure.counted(weeks.get(i).deployments(), "deployment");
        marks.add(new Mark(round(LEFT + (i + 0.5) * step), label));
      }
    }
    return marks;
  }

  /** The label stands at the last point, or below the one before it. */
  private static Line line(
      String name,
      List<TrendWeek> weeks,
      ToDoubleFunction<TrendWeek> of,
      double top,
      double highestLabel) {
    double step = step(weeks, WIDTH - NAMES);
    StringBuilder path = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    double last = BOTTOM;
    boolean pen = false;
    for (int i = 0; i < weeks.size(); i++) {
      double value = of.applyAsDouble(weeks.get(i));
      if (Double.isNaN(value)) {
        pen = false;
        continue;
      }
      double x = round(LEFT + (i + 0.5) * step);
      last = y(value, top);
      path.append(pen ? "L" : "M").append(x).append(' ').append(last);
      dots.add(new Dot(x, last, weeks.get(i).week() + " " + name + ": " + Figure.ms(value)));
      pen = true;
    }
    return new Line(name, path.toString(), dots, round(Math.max(last + 3, highestLabel)));
  }

  private static TrendChart chart(
      String title,
      String now,
      List<Bar> bars,
      List<Line> lines,
      double top,
      List<TrendWeek> weeks,
      DoubleFunction<String> words,
      double step) {
    List<Tick> ticks =
        top == 0
            ? List.of(new Tick(BOTTOM, "0"))
            : List.of(
                new Tick(BOTTOM, "0"),
                new Tick(y(top / 2, top), words.apply(top / 2)),
                new Tick(TOP, words.apply(top)));
    return new TrendChart(
        title,
        now,
        bars,
        lines,
        lines.isEmpty() ? List.of() : marks(weeks),
        ticks,
        labels(weeks, step),
        first(weeks),
        weeks.get(weeks.size() - 1).week().toString());
  }

  /** Of each week, or of every second one up to the last. */
  private static List<Label> labels(List<TrendWeek> weeks, double step) {
    List<Label> labels = new ArrayList<>();
    int every = weeks.size() > MOST_LABELS ? 2 : 1;
    for (int i = (weeks.size() - 1) % every; i < weeks.size(); i += every) {
      String week = weeks.get(i).week().toString();
      labels.add(new Label(round(LEFT + (i + 0.5) * step), week.substring(week.indexOf('W'))));
    }
    return labels;
  }

  private static String first(List<TrendWeek> weeks) {
    return weeks.get(0).week().toString();
  }

  private static double step(List<TrendWeek> weeks, double right) {
    return (right - LEFT) / weeks.size();
  }

  private static double y(double value, double top) {
    return top == 0 ? BOTTOM : round(BOTTOM - (BOTTOM - TOP) * value / top);
  }

  /** The next of 1, 2, 4, 6, 8 times a power of ten, so that half of it is a plain number. */
  public static double top(double most) {
    if (most <= 0) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (int factor : new int[] {1, 2, 4, 6, 8}) {
      if (most <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double round(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.1f", value));
  }
}
