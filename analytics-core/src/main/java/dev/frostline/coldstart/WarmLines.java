package dev.frostline.coldstart;

import dev.frostline.timing.TimedLine;
import java.util.ArrayList;
import java.util.List;

/** Finds the lines of a stream that may become a {@link WarmRun}, while it is assembled. */
final class WarmLines {
  private static final int NONE = -1;

  private final List<TimedLine> ordered;
  private final WarmRun.Sizes sizes;
  private final List<StreamAssembly.Warm> found = new ArrayList<>();
  private int from = NONE;
  private int cut;
  private int invocationsBefore;
  private int invocationsAtCut;
  private String behind = "";

  WarmLines(List<TimedLine> ordered, WarmRun.Sizes sizes) {
    this.ordered = ordered;
    this.sizes = sizes;
  }

  List<StreamAssembly.Warm> found() {
    return found;
  }

  /** No request is open before that line, so that a run may begin or end there. */
  void quietBefore(int line, String state, int invocations) {
    if (line > ordered.size() - sizes.kept() || !isApart(line)) {
      return;
    }
    if (from != NONE) {
      cut = line;
      invocationsAtCut = invocations;
      if (cut - from >= sizes.most()) {
        end(sizes.least());
      }
    }
    if (from == NONE) {
      from = line;
      cut = line;
      invocationsBefore = invocations;
      invocationsAtCut = invocations;
      behind = state;
    }
  }

  /** What comes next may change an init, or is a run itself. */
  void interrupted() {
    end(sizes.least());
  }

  /** No more lines. */
  void end() {
    end(sizes.leastLatest());
  }

  private void end(int least) {
    if (from != NONE && cut > from && cut - from >= least) {
      WarmRun run =
          new WarmRun(
              ordered.get(from).atMillis(),
              ordered.get(cut - 1).atMillis(),
              cut - from,
              invocationsAtCut - invocationsBefore,
              behind);
      found.add(new StreamAssembly.Warm(from, cut, run));
    }
    from = NONE;
  }

  /** The line is later than the one before it: times tell on which side of it an event belongs. */
  private boolean isApart(int line) {
    return line == 0
        || line == ordered.size()
        || ordered.get(line - 1).atMillis() < ordered.get(line).atMillis();
  }
}
