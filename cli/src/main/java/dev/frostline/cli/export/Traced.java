package dev.frostline.cli.export;

import dev.frostline.report.picture.Timeline;
import dev.frostline.report.picture.Timeline.Span;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is exported: the imports of one cold start, or of a deployment's typical one.
 *
 * @param title what a viewer shows as its name
 * @param identity what tells it from any other: the seed of trace ids
 * @param beganAt when its first import began
 */
public record Traced(
    String title, String identity, String function, Instant beganAt, Timeline timeline) {
  /** The path of each span, itself last, in the order of the timeline. */
  List<List<Span>> paths() {
    List<List<Span>> paths = new ArrayList<>();
    Deque<Span> open = new ArrayDeque<>();
    for (Span span : timeline.spans()) {
      while (open.size() > span.depth()) {
        open.removeLast();
      }
      open.addLast(span);
      paths.add(List.copyOf(open));
    }
    return paths;
  }

  static long micros(double ms) {
    return Math.round(1000 * ms);
  }
}
