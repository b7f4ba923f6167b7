package dev.frostline.ingest.line;

import dev.frostline.timing.TimingLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Gives rows their levels back where blanks were lost. Rows stand in post-order, so a row's
 * children are those before it whose cumulative times add up to its own less its self time.
 */
final class LostIndentation {
  private final List<TimingLine> lines;
  private final int[] depths;

  /** Rows without a parent yet, the latest first. */
  private final Deque<Integer> roots = new ArrayDeque<>();

  /** First of the rows that stand below each row. */
  private final int[] firstBelow;

  private LostIndentation(List<TimingLine> lines) {
    this.lines = lines;
    depths = new int[lines.size()];
    firstBelow = new int[lines.size()];
  }

  /** The same lines, rows at the level they had. */
  static List<TimingLine> restored(List<TimingLine> lines) {
    LostIndentation lost = new LostIndentation(lines);
    for (int i = 0; i < lines.size(); i++) {
      lost.take(i);
    }
    List<TimingLine> restored = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      restored.add(
          lines.get(i) instanceof TimingLine.ImportTime row ? lost.row(i, row) : lines.get(i));
    }
    return restored;
  }

  private void take(int index) {
    firstBelow[index] = index;
    if (!(lines.get(index) instanceof TimingLine.ImportTime row) || row.cached()) {
      if (!(lines.get(index) instanceof TimingLine.ImportTime)) {
        roots.clear(); // a header begins another interpreter's trace
      }
      return;
    }
    long missing = row.cumulativeMicros() - row.selfMicros();
    for (int children = 1; !roots.isEmpty(); children++) {
      int child = roots.peek();
      long cumulative = ((TimingLine.ImportTime) lines.get(child)).cumulativeMicros();
      // each figure is rounded up to a microsecond, a child's and the parent's two
      if (missing <= 0 || cumulative > missing + children + 1) {
        break;
      }
      missing -= cumulative;
      firstBelow[index] = firstBelow[child];
      roots.pop();
    }
    for (int below = firstBelow[index]; below < index; below++) {
      depths[below]++;
    }
    roots.push(index);
  }

  private TimingLine row(int index, TimingLine.ImportTime row) {
    return new TimingLine.ImportTime(
        row.kind(),
        row.depth() + depths[index],
        row.selfMicros(),
        row.cumulativeMicros(),
        row.name(),
        row.cached(),
        row.kids());
  }
}
