package dev.frostline.report.picture;

import dev.frostline.report.picture.ColdStartTrace.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each import of a cold start began and ended. The log has durations and an order only: spans
 * follow each other without gaps, and an import's own code is put behind what it imports.
 *
 * @param spans parents before their children, in order of time
 */
public record Timeline(List<Span> spans, double endMs) {
  /** One import from its begin to its end, in ms since the first one began. */
  public record Span(Import timing, int depth, double beginMs, double endMs) {}

  /** The timeline of the imports during init. */
  public static Timeline of(ColdStartTrace start) {
    Map<@Nullable Integer, List<Import>> children = new HashMap<>();
    for (Import timing : start.imports()) {
      if (timing.duringInit()) {
        children.computeIfAbsent(timing.parent(), key -> new ArrayList<>()).add(timing);
      }
    }
    List<Span> spans = new ArrayList<>();
    double end = place(null, 0, 0, children, spans);
    return new Timeline(List.copyOf(spans), end);
  }

  private static double place(
      @Nullable Integer parent,
      int depth,
      double beginMs,
      Map<@Nullable Integer, List<Import>> children,
      List<Span> spans) {
    double at = beginMs;
    for (Import timing : children.getOrDefault(parent, List.of())) {
      int own = spans.size();
      spans.add(new Span(timing, depth, at, at));
      double inner = place(timing.seq(), depth + 1, at, children, spans);
      double end = inner + Math.max(0, timing.selfMs());
      spans.set(own, new Span(timing, depth, at, end));
      at = end;
    }
    return at;
  }
}
