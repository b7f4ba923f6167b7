package dev.frostline.ingest;

import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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

  /** Lanes of inits at once whose rows nothing tells apart. */
  private final Set<List<TimedLine>> mixed = Collections.newSetFromMap(new IdentityHashMap<>());

  private int current;
  private boolean overlap;

  private Lanes() {
    lanes.add(new ArrayList<>());
  }

  /**
   * The lines of each environment, in order; all in one where no two ran at once.
   *
   * @param inDoubt is given rows that may be of several environments and are left out
   */
  static List<List<TimedLine>> of(List<TimedLine> lines, Consumer<TimedLine> inDoubt) {
    Lanes lanes = new Lanes();
    for (TimedLine line : lines) {
      lanes.lanes.get(lanes.laneOf(line.line())).add(line);
    }
    for (List<TimedLine> lane : lanes.mixed) {
      lane.stream().filter(line -> isOfTrace(line.line())).forEach(inDoubt);
      lane.removeIf(line -> isOfTrace(line.line()));
    }
    lanes.lanes.removeIf(List::isEmpty);
    return lanes.overlap ? lanes.lanes : List.of(lines);
  }

  private static boolean isOfTrace(TimingLine line) {
    return line instanceof TimingLine.ImportTime
        || line instanceof TimingLine.TraceHeader
        || line instanceof TimingLine.CaptureBegin
        || line instanceof TimingLine.CaptureEnd;
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
      if (starting.size() > 1 && isOfTrace(line)) {
        starting.forEach(lane -> mixed.add(lanes.get(lane)));
      }
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
