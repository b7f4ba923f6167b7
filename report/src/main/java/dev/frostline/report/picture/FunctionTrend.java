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
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Median and 95th percentile of a function's cold starts over time, with a mark for each deployment
 * and for each change that nothing names. Places are percent of the width and px of the height.
 *
 * @param steps the rows of the table
 * @param stepMinutes length of a step
 * @param dates marks of the time axis
 * @param topMs where the picture ends
 * @param cutMs the same while a 95th percentile lies beyond it; 0 where none does
 */
public record FunctionTrend(
    String function,
    List<Step> steps,
    int stepMinutes,
    List<Line> lines,
    List<Mark> marks,
    List<Tick> ticks,
    List<Date> dates,
    double topMs,
    double cutMs,
    Instant from,
    Instant to) {
  public static final int HEIGHT = 190;
  static final double TOP = 26;
  static final double BOTTOM = 166;
  private static final int[] STEP_MINUTES = {1, 5, 15, 60, 360, 1440, 10_080};
  private static final int MOST_STEPS = 70;
  private static final double LABEL_ROOM = 7;
  private static final double LEFT = 1;
  private static final int MOST_DATES = 8;
  private static final int[] DATE_HOURS = {1, 6, 24, 48, 168, 336, 672, 1344, 2688, 8736};

  /** The medians have to be seen: a 95th percentile of more than so many of them leaves the top. */
  private static final double P95_IN_MEDIANS = 1.6;

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
   * @param tone slower, faster or empty: what the deployment did
   * @param href where a click leads; null for nowhere
   */
  public record Mark(
      Instant at, double x, String label, String words, String tone, @Nullable String href) {}

  /** A horizontal rule with its value. */
  public record Tick(double y, String label) {}

  /** A day or hour of the time axis. */
  public record Date(double x, String label) {}

  /**
   * What was found at a time.
   *
   * @param deployment whose first cold start it was; null where nothing names the code
   * @param words the change in words, {@code ▼ −35 ms}
   * @param tone slower, faster or empty
   */
  public record Found(
      Instant at, @Nullable String deployment, String words, String tone, String href) {}

  /** Where the comparison of two deployments stands. */
  @FunctionalInterface
  public interface Links {
    @Nullable String comparison(String before, String after);
  }

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private record Deployed(String name, Instant at) {}

  /** The trend of a function's on-demand cold starts since then, or of all. */
  public static FunctionTrend read(
      Connection connection,
      FunctionId function,
      @Nullable Instant since,
      List<Found> found,
      Links links)
      throws SQLException {
    List<Deployed> deployed = deployments(connection, function);
    List<Instant> ends =
        ask("function_trend", function, since)
            .with("minutes", 1)
            .rows(connection, row -> time(row, "step_start"));
    if (ends.isEmpty()) {
      return new FunctionTrend(
          function.name(),
          List.of(),
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          0,
          0,
          Instant.EPOCH,
          Instant.EPOCH);
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
    double most = steps.stream().mapToDouble(Step::p95Ms).max().orElse(1);
    double median = steps.stream().mapToDouble(Step::p50Ms).max().orElse(1);
    double top = TrendChart.top(Math.min(most, P95_IN_MEDIANS * median));
    return new FunctionTrend(
        function.name(),
        steps,
        minutes,
        List.of(
            line("p95", steps, Step::p95Ms, span, minutes, top),
            line("p50", steps, Step::p50Ms, span, minutes, top)),
        marks(deployed, found, span, links),
        List.of(
            new Tick(BOTTOM, "0"),
            new Tick(y(top / 2, top), Figure.ms(top / 2)),
            new Tick(TOP, Figure.ms(top))),
        dates(span),
        top,
        most > top ? top : 0,
        span.from(),
        span.to());
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

  private static List<Mark> marks(
      List<Deployed> deployed, List<Found> all, Span span, Links links) {
    List<Mark> marks = new ArrayList<>();
    for (Found found : all) {
      if (found.deployment() == null && span.holds(found.at())) {
        marks.add(
            new Mark(
                found.at(),
                span.x(found.at()),
                found.words(),
                "Found " + Figure.time(found.at()) + ": " + found.words(),
                found.tone(),
                found.href()));
      }
    }
    double free = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < deployed.size(); i++) {
      Deployed deployment = deployed.get(i);
      if (!span.holds(deployment.at())) {
        continue;
      }
      Found change =
          all.stream()
              .filter(one -> deployment.name().equals(one.deployment()))
              .findFirst()
              .orElse(null);
      double x = span.x(deployment.at());
      boolean room = x >= free;
      free = room ? x + Math.max(LABEL_ROOM, deployment.name().length()) : free;
      marks.add(
          new Mark(
              deployment.at(),
              x,
              room ? Figure.name(deployment.name()) : "",
              "Deployment "
                  + Figure.name(deployment.name())
                  + " "
                  + Figure.time(deployment.at())
                  + (change == null ? "" : ", " + change.words()),
              change == null ? "" : change.tone(),
              i == 0 ? null : links.comparison(deployed.get(i - 1).name(), deployment.name())));
    }
    return marks;
  }

  /** Marks of the time axis: hours, days or weeks, at most {@value #MOST_DATES}. */
  private static List<Date> dates(Span span) {
    long hours = Duration.between(span.from(), span.to()).toHours();
    int step = DATE_HOURS[DATE_HOURS.length - 1];
    for (int i = DATE_HOURS.length - 1; i >= 0; i--) {
      step = hours / DATE_HOURS[i] < MOST_DATES ? DATE_HOURS[i] : step;
    }
    List<Date> dates = new ArrayList<>();
    Instant at = span.from().truncatedTo(ChronoUnit.DAYS);
    for (; !at.isAfter(span.to()); at = at.plus(Duration.ofHours(step))) {
      if (span.holds(at)) {
        dates.add(new Date(span.x(at), step < 24 ? HOUR.format(at) : DAY.format(at)));
      }
    }
    return dates;
  }

  private static double y(double value, double top) {
    double shown = Math.min(value, top);
    return Math.round(10 * (BOTTOM - (BOTTOM - TOP) * shown / top)) / 10.0;
  }

  private record Span(Instant from, Instant to) {
    double x(Instant at) {
      double part =
          (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
      return Math.round(1000 * (LEFT + (100 - LEFT) * part)) / 1000.0;
    }

    boolean holds(Instant at) {
      return !at.isBefore(from) && !at.isAfter(to);
    }
  }
}
