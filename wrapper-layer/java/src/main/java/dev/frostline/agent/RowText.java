package dev.frostline.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of all threads, one thread after another so that each keeps its post-order. Should they
 * be more than one log event holds, the smallest are left out and counted.
 *
 * <pre>
 * java time:      1770 |       1945 |       com.fasterxml.jackson.databind.ext.Java7Support
 * </pre>
 */
final class RowText {
  private static final int MOST_CHARACTERS = 180_000;

  private final Init init;
  private final List<ThreadTrace.Rows> threads = new ArrayList<>();
  private String text = "";
  int written;
  int dropped;
  int smallCount;
  long smallNanos;

  RowText(Init init) {
    this.init = init;
  }

  void takeFrom(List<ThreadTrace> traces, long now) {
    for (ThreadTrace trace : traces) {
      ThreadTrace.Rows rows = trace.take(now);
      threads.add(rows);
      smallCount += rows.smallCount;
      smallNanos += rows.smallNanos;
    }
    long least = 0;
    while (!fits(least)) {
      least = Math.max(2 * least, 100_000);
    }
    dropped = total() - written;
  }

  String text() {
    return text;
  }

  private int total() {
    int total = 0;
    for (ThreadTrace.Rows rows : threads) {
      total += rows.count;
    }
    return total;
  }

  private boolean fits(long leastNanos) {
    StringBuilder lines = new StringBuilder(16_384);
    written = 0;
    for (ThreadTrace.Rows rows : threads) {
      for (int i = 0; i < rows.count; i++) {
        if (rows.whole[i] >= leastNanos || rows.ids[i] < 0) {
          line(lines, rows, i);
          written++;
        }
        if (lines.length() > MOST_CHARACTERS) {
          return false;
        }
      }
    }
    text = lines.toString();
    return true;
  }

  private void line(StringBuilder lines, ThreadTrace.Rows rows, int row) {
    lines.append(rows.ids[row] == ThreadTrace.PAUSE ? "gc time: " : "java time: ");
    number(lines, micros(rows.self[row]), 9);
    lines.append(" | ");
    number(lines, micros(rows.whole[row]), 10);
    lines.append(" | ");
    for (int i = 0; i < rows.depths[row]; i++) {
      lines.append("  ");
    }
    lines.append(init.name(rows.ids[row])).append('\n');
  }

  static void number(StringBuilder into, long value, int width) {
    int start = into.length();
    into.append(value);
    for (int digits = into.length() - start; digits < width; digits++) {
      into.insert(start, ' ');
    }
  }

  static long micros(long nanos) {
    return (nanos + 500) / 1000;
  }
}
