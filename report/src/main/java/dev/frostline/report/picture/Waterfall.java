package dev.frostline.report.picture;

import dev.frostline.report.Figure;
import dev.frostline.report.picture.Timeline.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One cold start from left to right: its largest imports in order, each with a bar, then what no
 * import explains. It is drawn within its own table. Places are percent of init.
 *
 * @param hidden imports too small to show
 */
public record Waterfall(List<Bar> bars, int hidden, String initWords) {
  private static final int DEEPEST_INDENT = 8;

  /** One row. */
  public record Bar(
      String name,
      int indent,
      String tone,
      double x,
      double width,
      double beginMs,
      double selfMs,
      double cumulativeMs) {}

  /** The so many imports that took longest, and those that import them. */
  public static Waterfall of(ColdStartTrace start, int most) {
    Timeline timeline = Timeline.of(start);
    double wholeMs = Math.max(timeline.endMs(), Double.isNaN(start.initMs()) ? 0 : start.initMs());
    Set<Span> shown = shown(timeline, most);
    List<Bar> bars = new ArrayList<>();
    for (Span span : timeline.spans()) {
      if (shown.contains(span)) {
        bars.add(
            bar(
                Figure.name(span.name()),
                Math.min(span.depth(), DEEPEST_INDENT),
                "import",
                span.beginMs(),
                span.selfMs(),
                span.endMs() - span.beginMs(),
                wholeMs));
      }
    }
    double rest = start.initMs() - timeline.endMs();
    if (rest > 0) {
      bars.add(bar("not in any import", 0, "rest", timeline.endMs(), rest, rest, wholeMs));
    }
    return new Waterfall(
        List.copyOf(bars), timeline.spans().size() - shown.size(), Figure.ms(start.initMs()));
  }

  /** By identity: an import may stand twice in a cold start. */
  private static Set<Span> shown(Timeline timeline, int most) {
    Set<Span> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    timeline.spans().stream()
        .sorted(Comparator.comparingDouble((Span span) -> span.endMs() - span.beginMs()).reversed())
        .limit(most)
        .forEach(shown::add);
    return shown;
  }

  private static Bar bar(
      String name,
      int indent,
      String tone,
      double beginMs,
      double selfMs,
      double lastsMs,
      double wholeMs) {
    return new Bar(
        name,
        indent,
        tone,
        rounded(100 * beginMs / wholeMs),
        Math.max(0.2, rounded(100 * lastsMs / wholeMs)),
        beginMs,
        selfMs,
        lastsMs);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 1000) / 1000.0;
  }
}
