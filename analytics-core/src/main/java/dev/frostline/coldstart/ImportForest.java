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
 * with several trees a row goes where it adds up (cumulative - self = what its children took). A
 * row of the launcher stands beside its children instead of above them, and says how many they are.
 */
final class ImportForest {
  private final List<ImportTiming> rows = new ArrayList<>();
  private final List<@Nullable Integer> parents = new ArrayList<>();
  private final List<@Nullable Integer> kids = new ArrayList<>();
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
    kids.add(null);
    if (line.cached()) {
      return;
    }
    tree.names.add(line.name());
    kids.set(seq, line.kids());
    List<Integer> children = tree.children(rows, line);
    for (int child : children) {
      parents.set(child, seq);
    }
    children.clear();
    tree.pending.add(seq);
  }

  /** The rows with parents, at their real depth and with their own time only. */
  List<ImportTiming> rows() {
    int[] deeper = new int[rows.size()];
    long[] notItsOwn = new long[rows.size()];
    for (int seq = rows.size() - 1; seq >= 0; seq--) {
      Integer parent = parents.get(seq);
      if (parent != null) {
        boolean beside = rows.get(seq).depth() == rows.get(parent).depth();
        deeper[seq] = deeper[parent] + (beside ? 1 : 0);
      }
      Integer counting = kids.get(seq) == null ? null : printedAncestor(seq);
      if (counting != null) {
        notItsOwn[counting] += rows.get(seq).selfMicros();
      }
    }
    List<ImportTiming> linked = new ArrayList<>(rows.size());
    for (ImportTiming row : rows) {
      int seq = row.seq();
      linked.add(
          row.placed(
              parents.get(seq), row.depth() + deeper[seq], row.selfMicros() - notItsOwn[seq]));
    }
    return linked;
  }

  /** CPython counts the own time of what import_module loads into the row around it. */
  private @Nullable Integer printedAncestor(int seq) {
    Integer ancestor = parents.get(seq);
    while (ancestor != null && kids.get(ancestor) != null) {
      ancestor = parents.get(ancestor);
    }
    return ancestor;
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
      boolean free = tree.children(rows, line).isEmpty();
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

    /**
     * The pending rows that the line would adopt: those deeper than it, or the kids it counts
     * beside it.
     */
    List<Integer> children(List<ImportTiming> rows, TimingLine.ImportTime line) {
      int first = pending.size();
      int left = line.kids() == null ? 0 : line.kids();
      while (first > 0) {
        int depth = rows.get(pending.get(first - 1)).depth();
        if (depth == line.depth() && left > 0) {
          left--;
        } else if (depth <= line.depth()) {
          break;
        }
        first--;
      }
      return pending.subList(first, pending.size());
    }

    long waiting(List<ImportTiming> rows, TimingLine.ImportTime line) {
      long sum = 0;
      for (int child : children(rows, line)) {
        sum += rows.get(child).cumulativeMicros();
      }
      return sum;
    }
  }
}
