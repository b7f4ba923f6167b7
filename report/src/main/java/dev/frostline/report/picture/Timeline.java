package dev.frostline.report.picture;

import dev.frostline.report.picture.ColdStartTrace.Import;
import dev.frostline.report.picture.ImportTree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each import began and ended. Traces have durations and an order only: spans follow each
 * other without gaps, and an import's own code is put behind what it imports.
 *
 * @param spans parents before their children, in order of time
 */
public record Timeline(List<Span> spans, double endMs) {
  /** One import from its begin to its end, in ms since the first one began. */
  public record Span(
      String name, String kind, int depth, double beginMs, double endMs, double selfMs) {}

  /** The imports of one cold start during init, in their order. */
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

  /** The typical cold start of a deployment, largest imports first: its medians' own times. */
  public static Timeline of(ImportTree tree) {
    List<Span> spans = new ArrayList<>();
    double end = place(tree.roots(), 0, 0, spans);
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
      int own = reserve(spans);
      double inner = place(timing.seq(), depth + 1, at, children, spans);
      double self = Math.max(0, timing.selfMs());
      spans.set(own, new Span(timing.name(), timing.kind(), depth, at, inner + self, self));
      at = inner + self;
    }
    return at;
  }

  private static double place(List<Node> nodes, int depth, double beginMs, List<Span> spans) {
    double at = beginMs;
    for (Node node : nodes) {
      int own = reserve(spans);
      double inner = place(node.children(), depth + 1, at, spans);
      double self = Math.max(0, node.after().selfMs());
      spans.set(own, new Span(node.name(), node.kind(), depth, at, inner + self, self));
      at = inner + self;
    }
    return at;
  }

  /** A place for a span whose end is not known before its children's. */
  private static int reserve(List<Span> spans) {
    spans.add(new Span("", "", 0, 0, 0, 0));
    return spans.size() - 1;
  }
}
