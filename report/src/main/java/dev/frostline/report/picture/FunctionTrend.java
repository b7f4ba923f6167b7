package dev.frostline.report.picture;

import dev.frostline.report.Figure;
import dev.frostline.report.TrendChart;
import dev.frostline.report.WeeklyReport.FunctionId;
import dev.frostline.store.NamedQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Median and 95th percentile of a function's cold starts over time, with a mark for each
 * deployment. Places are percent of the width and px of the height.
 *
 * @param steps the rows of the table
 * @param stepMinutes length of a step
 */
public record FunctionTrend(
    String function,
    List<Step> steps,
    int stepMinutes,
    List<Line> lines,
    List<Mark> marks,
    List<Tick> ticks,
    String from,
    String to) {
  public static final int HEIGHT = 190;
  static final double TOP = 26;
  static final double BOTTOM = 166;
  private static final int[] STEP_MINUTES = {1, 5, 15, 60, 360, 1440, 10_080};
  private static final int MOST_STEPS = 70;
  private static final double LABEL_ROOM = 7;

  /** One stretch of time with cold starts, as {@code function_trend} gives it. */
  public record Step(Instant start, long coldStarts, double p50Ms, double p95Ms) {}

  /** One line: points in order of time; a stretch without cold starts is passed over. */
  public record Line(String name, List<Point> points) {}

  /** One step of a line. */
  public record Point(double x, double y, String words) {}

  /**
   * A deployment's first cold start.
   *
   * @param label its name where there is room for it, else empty
   * @param href where a click leads; null for nowhere
   */
  public record Mark(double x, String label, String words, @Nullable String href) {}

  /** A horizontal rule with its value. */
  public record Tick(double y, String label) {}

  /** Where the comparison of two deployments stands. */
  @FunctionalInterface
  public interface Links {
    @Nullable String comparison(String before, String after);
  }

  private record Deployed(String name, Instant at) {}

  /** The trend of a function's on-demand cold starts since then, or of all. */
  public static FunctionTrend read(
      Connection connection, FunctionId function, @Nullable Instant since, Links links)
      throws SQLException {
    List<Deployed> deployed = deployments(connection, function);
    List<Instant> ends =
        ask("function_trend", function, since)
            .with("minutes", 1)
            .rows(connection, row -> time(row, "step_start"));
    if (ends.isEmpty()) {
      return new FunctionTrend(
          function.name(), List.of(), 0, List.of(), List.of(), List.of(), "", "");
    }
    Instant first = ends.get(0);
    Instant last = ends.get(ends.size() - 1);
    int minutes = stepMinutes(Duration.between(first, last).toMinutes());
    List<Step> steps =
        ask("function_trend", function, since)
            .with("minutes", minutes)
            .rows(
                connection,
                row ->
                    new Step(
                        time(row, "step_start"),
                        row.getLong("cold_starts"),
                        row.getDouble("p50_ms"),
                        row.getDouble("p95_ms")));
    Span span =
        new Span(
            steps.get(0).start(),
            steps.get(steps.size() - 1).start().plus(Duration.ofMinutes(minutes)));
    double top = TrendChart.top(steps.stream().mapToDouble(Step::p95Ms).max().orElse(1));
    return new FunctionTrend(
        function.name(),
        steps,
        minutes,
        List.of(
            line("p95", steps, Step::p95Ms, span, minutes, top),
            line("p50", steps, Step::p50Ms, span, minutes, top)),
        marks(deployed, span, links),
        List.of(
            new Tick(BOTTOM, "0"),
            new Tick(y(top / 2, top), Figure.ms(top / 2)),
            new Tick(TOP, Figure.ms(top))),
        Figure.time(span.from()),
        Figure.time(span.to()));
  }

  private static List<Deployed> deployments(Connection connection, FunctionId function)
      throws SQLException {
    List<Deployed> deployed = new ArrayList<>();
    ask("deployments", function, null)
        .rows(
            connection,
            row ->
                function.account().equals(row.getString("account"))
                    && function.region().equals(row.getString("region"))
                    && deployed.add(
                        new Deployed(
                            Objects.requireNonNull(row.getString("deployment")),
                            time(row, "first_seen"))));
    return deployed;
  }

  private static NamedQuery ask(String query, FunctionId function, @Nullable Instant since) {
    return NamedQuery.of(query)
        .with("account", function.account())
        .with("region", function.region())
        .with("function", function.name())
        .with("since", since == null ? null : LocalDateTime.ofInstant(since, ZoneOffset.UTC));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, LocalDateTime.class))
        .toInstant(ZoneOffset.UTC);
  }

  private static int stepMinutes(long spanMinutes) {
    for (int minutes : STEP_MINUTES) {
      if (spanMinutes / minutes < MOST_STEPS) {
        return minutes;
      }
    }
    return STEP_MINUTES[STEP_MINUTES.length - 1];
  }

  private static Line line(
      String name,
      List<Step> steps,
      ToDoubleFunction<Step> of,
      Span span,
      int minutes,
      double top) {
    List<Point> points = new ArrayList<>();
    for (Step step : steps) {
      double ms = of.applyAsDouble(step);
      points.add(
          new Point(
              span.x(step.start().plus(Duration.ofSeconds(30L * minutes))),
              y(ms, top),
              Figure.time(step.start())
                  + " "
                  + name
                  + ": "
                  + Figure.ms(ms)
                  + " of "
                  + Figure.counted(step.coldStarts(), "cold start")));
    }
    return new Line(name, points);
  }

  private static List<Mark> marks(List<Deployed> deployed, Span span, Links links) {
    List<Mark> marks = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < deployed.size(); i++) {
      Deployed deployment = deployed.get(i);
      if (deployment.at().isBefore(span.from()) || deployment.at().isAfter(span.to())) {
        continue;
      }
      double x = span.x(deployment.at());
      boolean room = x >= free;
      free = room ? x + Math.max(LABEL_ROOM, deployment.name().length()) : free;
      marks.add(
          new Mark(
              x,
              room ? Figure.name(deployment.name()) : "",
              "Deployment " + Figure.name(deployment.name()) + " " + Figure.time(deployment.at()),
              i == 0 ? null : links.comparison(deployed.get(i - 1).name(), deployment.name())));
    }
    return marks;
  }

  private static double y(double value, double top) {
    return Math.round(10 * (BOTTOM - (BOTTOM - TOP) * value / top)) / 10.0;
  }

  private record Span(Instant from, Instant to) {
    double x(Instant at) {
      double part =
          (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
      return Math.round(100_000 * part) / 1000.0;
    }
  }
}
