package dev.frostline.verdict.history;

import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * The import timings of one cold start in columns, while they are read; they may come in any order.
 * A name stands behind its key: {@link dev.frostline.timing.Sha256#id} of it, which every engine
 * can compute.
 */
public final class ImportTimings {
  private int rows;
  private int[] seq;
  private int[] parentSeq;
  private long[] nameKey;
  private long[] selfMicros;
  private boolean[] invoke;

  /**
   * @param expected how many there will be, at a guess
   */
  public ImportTimings(int expected) {
    int size = Math.max(16, expected);
    seq = new int[size];
    parentSeq = new int[size];
    nameKey = new long[size];
    selfMicros = new long[size];
    invoke = new boolean[size];
  }

  /**
   * Adds one import.
   *
   * @param seqOfRow its place in the order of the lines, 0 or more
   * @param parent that of the import that imports it, or -1
   * @param afterInit whether it happened in the first invocation
   */
  public void add(int seqOfRow, int parent, long name, long self, boolean afterInit) {
    if (rows == seq.length) {
      grow(rows * 2);
    }
    seq[rows] = seqOfRow;
    parentSeq[rows] = parent;
    nameKey[rows] = name;
    selfMicros[rows] = self;
    invoke[rows++] = afterInit;
  }

  /** All of them in order, under the function's numbers of their names. */
  Trace trace(ImportNames names, LongFunction<String> nameOfKey) {
    int[] order = order();
    int[] rowOfSeq = rowOfSeq(order);
    int[] name = new int[rows];
    long[] self = new long[rows];
    int[] parent = new int[rows];
    boolean[] phase = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      int from = order[row];
      boolean known = parentSeq[from] >= 0 && parentSeq[from] < rowOfSeq.length;
      name[row] = names.id(nameKey[from], nameOfKey);
      self[row] = selfMicros[from];
      parent[row] = known ? rowOfSeq[parentSeq[from]] : -1;
      phase[row] = invoke[from];
    }
    return new Trace(name, self, parent, phase);
  }

  private void grow(int size) {
    seq = Arrays.copyOf(seq, size);
    parentSeq = Arrays.copyOf(parentSeq, size);
    nameKey = Arrays.copyOf(nameKey, size);
    selfMicros = Arrays.copyOf(selfMicros, size);
    invoke = Arrays.copyOf(invoke, size);
  }

  private int[] order() {
    long[] keys = new long[rows];
    boolean isInOrder = true;
    for (int row = 0; row < rows; row++) {
      keys[row] = ((long) seq[row] << 32) | row;
      isInOrder &= row == 0 || keys[row - 1] < keys[row];
    }
    if (!isInOrder) {
      Arrays.sort(keys);
    }
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[row] = (int) keys[row];
    }
    return order;
  }

  private int[] rowOfSeq(int[] order) {
    int last = rows == 0 ? -1 : seq[order[rows - 1]];
    int[] rowOf = new int[last + 1];
    Arrays.fill(rowOf, -1);
    for (int row = 0; row < rows; row++) {
      rowOf[seq[order[row]]] = row;
    }
    return rowOf;
  }
}
