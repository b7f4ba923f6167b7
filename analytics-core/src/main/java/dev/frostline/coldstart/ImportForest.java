package dev.frostline.coldstart;

import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the import trees of one cold start. Rows come in post-order: a row adopts the pending rows
 * that are indented deeper. Every {@code import time: self [us] | cumulative | imported package}
 * header opens the tree of one more interpreter; rows do not say which interpreter printed them, so
 * with several trees a row goes where it adds up (cumulative - self = what its children took).
 */
final class ImportForest {
  private final List<ImportTiming> rows = new ArrayList<>();
  private final List<@Nullable Integer> parents = new ArrayList<>();
  private final List<Tree> trees = new ArrayList<>();

  void openTree() {
    trees.add(new Tree(trees.size()));
  }

  void add(TimingLine.ImportTime line, boolean duringInit) {
    if (trees.isEmpty()) {
      openTree();
    }
    Tree tree = treeOf(line);
    int seq = rows.size();
    rows.add(
        new ImportTiming(
            seq,
            null,
            line.depth(),
            tree.number,
            line.kind(),
            line.name(),
            line.selfMicros(),
            line.cumulativeMicros(),
            duringInit,
            line.cached()));
    parents.add(null);
    if (line.cached()) {
      return;
    }
    tree.names.add(line.name());
    for (int child = tree.firstChild(rows, line); child < tree.pending.size(); child++) {
      parents.set(tree.pending.get(child), seq);
    }
    tree.pending.subList(tree.firstChild(rows, line), tree.pending.size()).clear();
    tree.pending.add(seq);
  }

  List<ImportTiming> rows() {
    List<ImportTiming> linked = new ArrayList<>(rows.size());
    for (ImportTiming row : rows) {
      linked.add(
          new ImportTiming(
              row.seq(),
              parents.get(row.seq()),
              row.depth(),
              row.tree(),
              row.kind(),
              row.name(),
              row.selfMicros(),
              row.cumulativeMicros(),
              row.duringInit(),
              row.cached()));
    }
    return linked;
  }

  private Tree treeOf(TimingLine.ImportTime line) {
    Tree latest = trees.get(trees.size() - 1);
    if (trees.size() == 1 || line.cached()) {
      return latest;
    }
    boolean leaf = line.selfMicros() == line.cumulativeMicros();
    return leaf ? treeOfLeaf(line, latest) : treeThatAddsUp(line, latest);
  }

  /**
   * A leaf belongs where nothing waits for a parent at its depth and the module was not imported
   * yet.
   */
  private Tree treeOfLeaf(TimingLine.ImportTime line, Tree latest) {
    for (int i = trees.size() - 1; i >= 0; i--) {
      Tree tree = trees.get(i);
      boolean free = tree.firstChild(rows, line) == tree.pending.size();
      if (free && !tree.names.contains(line.name())) {
        return tree;
      }
    }
    return latest;
  }

  private Tree treeThatAddsUp(TimingLine.ImportTime line, Tree latest) {
    long expected = line.cumulativeMicros() - line.selfMicros();
    Tree best = latest;
    long bestGap = Math.abs(expected - latest.waiting(rows, line));
    for (int i = trees.size() - 2; i >= 0; i--) {
      long gap = Math.abs(expected - trees.get(i).waiting(rows, line));
      if (gap < bestGap) {
        best = trees.get(i);
        bestGap = gap;
      }
    }
    return best;
  }

  /** The rows of one interpreter that still wait for the row that imported them. */
  private static final class Tree {
    private final int number;
    private final List<Integer> pending = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Tree(int number) {
      this.number = number;
    }

    /** Where in {@code pending} the rows begin that the line would adopt. */
    int firstChild(List<ImportTiming> rows, TimingLine.ImportTime line) {
      int first = pending.size();
      while (first > 0 && rows.get(pending.get(first - 1)).depth() > line.depth()) {
        first--;
      }
      return first;
    }

    long waiting(List<ImportTiming> rows, TimingLine.ImportTime line) {
      long sum = 0;
      for (int i = firstChild(rows, line); i < pending.size(); i++) {
        sum += rows.get(pending.get(i)).cumulativeMicros();
      }
      return sum;
    }
  }
}
