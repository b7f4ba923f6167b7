package dev.frostline.ingest;

import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the environments of a file without stream names apart where they ran at once, as {@code aws
 * logs tail --format short} mixes them: an INIT_START begins one, the first START behind goes to
 * the one that waits longest, and a request's lines belong together.
 */
final class Lanes {
  private final List<List<TimedLine>> lanes = new ArrayList<>();
  private final Deque<Integer> starting = new ArrayDeque<>();
  private final Deque<Integer> idle = new ArrayDeque<>();
  private final Map<String, Integer> serving = new HashMap<>();
  private int current;
  private boolean overlap;

  private Lanes() {
    lanes.add(new ArrayList<>());
  }

  /** The lines of each environment, in order; all in one where no two ran at once. */
  static List<List<TimedLine>> of(List<TimedLine> lines) {
    Lanes lanes = new Lanes();
    for (TimedLine line : lines) {
      lanes.lanes.get(lanes.laneOf(line.line())).add(line);
    }
    lanes.lanes.removeIf(List::isEmpty);
    return lanes.overlap ? lanes.lanes : List.of(lines);
  }

  private int laneOf(TimingLine line) {
    if (line instanceof TimingLine.InitStart start && !"invoke".equals(start.phase())) {
      overlap |= !starting.isEmpty() || !serving.isEmpty();
      lanes.add(new ArrayList<>());
      current = lanes.size() - 1;
      starting.add(current);
    } else if (line instanceof TimingLine.Start start) {
      current = laneOfRequest(start.requestId());
    } else if (line instanceof TimingLine.Report report) {
      Integer lane = serving.remove(report.requestId());
      if (lane != null) {
        current = lane;
        idle.push(lane);
      }
    } else if (!starting.isEmpty()) {
      current = starting.getLast();
    }
    return current;
  }

  private int laneOfRequest(String request) {
    Integer lane = starting.poll();
    if (lane == null) {
      lane = idle.poll();
    }
    if (lane == null) {
      lane = current;
    }
    serving.put(request, lane);
    return lane;
  }
}
