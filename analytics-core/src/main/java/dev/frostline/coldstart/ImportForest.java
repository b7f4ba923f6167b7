package dev.frostline.coldstart;

import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the import trees of one cold start. Rows come in post-order: a row adopts the pending rows
 * that are indented deeper. Every {@code import time: self [us] | cumulative | imported package}
 * header opens the tree of one more interpreter; rows do not say which interpreter printed them, so
 * with several trees a row goes where it adds up (cumulative - self = what its children took). A
 * tree that begins in a request is that of a child process, which is no part of the cold start: its
 * rows are told apart and not kept. A row of the launcher stands beside its children instead of
 * above them, and says how many they are.
 */
final class ImportForest {
  private static final int NONE = -1;

  /** More interpreters than an environment runs; a function may print headers as it likes. */
  private static final int MOST_TREES = 256;

  /**
   * More rows than the imports of any init, and as many for its first request, so that no function
   * can fill the store, and what a request prints takes no place from init.
   */
  private static final int MOST_ROWS = 20_000;

  /** The import that ends an interpreter's own start. */
  private static final String STARTED = "site";

  private final List<TimingLine.ImportTime> lines = new ArrayList<>();
  private final List<Tree> trees = new ArrayList<>();
  private int[] treeOf = new int[256];
  private int[] parents = new int[256];
  private int initRows;
  private int droppedOfInit;
  private int droppedOfRequest;
  private @Nullable Tree last;

  /** Made once, when all lines are there. */
  private @Nullable List<@Nullable ImportTiming> rowsOfLines;

  void openTree(boolean duringInit) {
    if (trees.size() < MOST_TREES) {
      boolean nested = !trees.isEmpty() && trees.get(trees.size() - 1).hasImported(STARTED);
      last = new Tree(trees.size(), nested, duringInit || trees.isEmpty());
      trees.add(last);
    }
  }

  void add(TimingLine.ImportTime line, boolean duringInit) {
    if (trees.isEmpty()) {
      openTree(true);
    }
    rowsOfLines = null;
    int seq = lines.size();
    if ((duringInit ? seq : seq - initRows) == MOST_ROWS) {
      drop(duringInit);
      return;
    }
    if (seq == parents.length) {
      treeOf = Arrays.copyOf(treeOf, 2 * seq);
      parents = Arrays.copyOf(parents, 2 * seq);
    }
    Tree tree = trees.size() == 1 || isPause(line) ? trees.get(0) : treeOf(line);
    last = tree;
    lines.add(line);
    treeOf[seq] = tree.number;
    parents[seq] = NONE;
    initRows += duringInit ? 1 : 0;
    if (!line.cached()) {
      tree.adopt(seq, line);
    }
  }

  private void drop(boolean duringInit) {
    droppedOfInit += duringInit ? 1 : 0;
    droppedOfRequest += duringInit ? 0 : 1;
  }

  /** Lines beyond the most that are kept. */
  int dropped() {
    return droppedOfInit + droppedOfRequest;
  }

  /** Whether init printed more than is kept of it, so that its trace is cut. */
  boolean isInitCut() {
    return droppedOfInit > 0;
  }

  /** The rows with parents, at their real depth and with their own time only. */
  List<ImportTiming> rows() {
    List<ImportTiming> rows = new ArrayList<>(lines.size());
    for (ImportTiming row : rowsOfLines()) {
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** For each line in its order the row it became; null for one that is not kept. */
  List<@Nullable ImportTiming> rowsOfLines() {
    List<@Nullable ImportTiming> made = rowsOfLines;
    if (made == null) {
      made = makeRows();
      rowsOfLines = made;
    }
    return made;
  }

  private List<@Nullable ImportTiming> makeRows() {
    int size = lines.size();
    int[] deeper = new int[size];
    int[] printed = new int[size];
    long[] notItsOwn = new long[size];
    for (int seq = size - 1; seq >= 0; seq--) {
      TimingLine.ImportTime line = lines.get(seq);
      int parent = parents[seq];
      printed[seq] = NONE;
      if (parent != NONE) {
        deeper[seq] = deeper[parent] + (line.depth() == lines.get(parent).depth() ? 1 : 0);
        printed[seq] = lines.get(parent).kids() == null ? parent : printed[parent];
      }
      // CPython counts the own time of what import_module loads into the row around it.
      int around = isPause(line) ? parent : line.kids() != null ? printed[seq] : NONE;
      if (around != NONE) {
        notItsOwn[around] += line.selfMicros();
      }
    }
    int[] places = places();
    List<@Nullable ImportTiming> rows = new ArrayList<>(size + dropped());
    for (int seq = 0; seq < size; seq++) {
      TimingLine.ImportTime line = lines.get(seq);
      ImportTiming row =
          new ImportTiming(
              places[seq],
              parents[seq] == NONE ? null : Integer.valueOf(places[parents[seq]]),
              line.depth() + deeper[seq],
              treeOf[seq],
              line.kind(),
              line.name(),
              line.selfMicros() - notItsOwn[seq],
              line.cumulativeMicros(),
              seq < initRows,
              line.cached());
      rows.add(isKept(seq) ? row : null);
    }
    rows.addAll(initRows, Collections.nCopies(droppedOfInit, null));
    rows.addAll(Collections.nCopies(droppedOfRequest, null));
    return rows;
  }

  /** The place of each line among those that are kept. */
  private int[] places() {
    int[] places = new int[lines.size()];
    int next = 0;
    for (int seq = 0; seq < places.length; seq++) {
      places[seq] = next;
      next += isKept(seq) ? 1 : 0;
    }
    return places;
  }

  private boolean isKept(int seq) {
    return trees.get(treeOf[seq]).kept;
  }

  private static boolean isPause(TimingLine.ImportTime line) {
    return line.kind() == ImportKind.PAUSE;
  }

  private Tree treeOf(TimingLine.ImportTime line) {
    Tree latest = trees.get(trees.size() - 1);
    if (line.cached()) {
      return latest;
    }
    boolean leaf = line.selfMicros() == line.cumulativeMicros();
    return leaf ? treeOfLeaf(line, latest) : treeThatAddsUp(line, latest);
  }

  /**
   * A leaf belongs where nothing waits for a parent at its depth and the module was not imported
   * yet. Workers that start side by side import the same, each its own copy: the latest first. A
   * child process that another started runs while that one waits: the one that printed last goes
   * on.
   */
  private Tree treeOfLeaf(TimingLine.ImportTime line, Tree latest) {
    if (latest.nested && last != null && last.takesLeaf(line)) {
      return last;
    }
    for (int i = trees.size() - 1; i >= 0; i--) {
      if (trees.get(i).takesLeaf(line)) {
        return trees.get(i);
      }
    }
    return latest;
  }

  private Tree treeThatAddsUp(TimingLine.ImportTime line, Tree latest) {
    long expected = line.cumulativeMicros() - line.selfMicros();
    Tree best = latest;
    long bestGap = Math.abs(expected - latest.waitingMicros(line));
    for (int i = trees.size() - 2; i >= 0; i--) {
      long gap = Math.abs(expected - trees.get(i).waitingMicros(line));
      if (gap < bestGap) {
        best = trees.get(i);
        bestGap = gap;
      }
    }
    return best;
  }

  /** The rows of one interpreter that still wait for the row that imported them. */
  private final class Tree {
    private final int number;
    private final Set<String> names = new HashSet<>();
    private int[] waiting = new int[64];
    private int waitingRows;
    private int namedRows;

    /** Another interpreter had started before this one began. */
    private final boolean nested;

    /** Whether it is of the cold start, and no child process of a request. */
    private final boolean kept;

    Tree(int number, boolean nested, boolean kept) {
      this.number = number;
      this.nested = nested;
      this.kept = kept;
    }

    boolean takesLeaf(TimingLine.ImportTime line) {
      for (int child = firstChild(line); child < waitingRows; child++) {
        if (!isPause(lines.get(waiting[child]))) {
          return false;
        }
      }
      return !hasImported(line.name());
    }

    void adopt(int seq, TimingLine.ImportTime line) {
      int first = firstChild(line);
      for (int child = first; child < waitingRows; child++) {
        parents[waiting[child]] = seq;
      }
      if (first == waiting.length) {
        waiting = Arrays.copyOf(waiting, 2 * first);
      }
      waiting[first] = seq;
      waitingRows = first + 1;
    }

    /**
     * Where the waiting rows begin that the line would adopt: those deeper than it, or the kids it
     * counts beside it.
     */
    int firstChild(TimingLine.ImportTime line) {
      int first = waitingRows;
      int left = line.kids() == null ? 0 : line.kids();
      while (first > 0) {
        int depth = lines.get(waiting[first - 1]).depth();
        if (depth == line.depth() && left > 0) {
          left--;
        } else if (depth <= line.depth()) {
          break;
        }
        first--;
      }
      return first;
    }

    long waitingMicros(TimingLine.ImportTime line) {
      long sum = 0;
      for (int child = firstChild(line); child < waitingRows; child++) {
        TimingLine.ImportTime kid = lines.get(waiting[child]);
        sum += isPause(kid) ? 0 : kid.cumulativeMicros();
      }
      return sum;
    }

    /** Names are collected only once there is more than one tree to choose from. */
    boolean hasImported(String name) {
      for (; namedRows < lines.size(); namedRows++) {
        if (treeOf[namedRows] == number) {
          names.add(lines.get(namedRows).name());
        }
      }
      return names.contains(name);
    }
  }
}
