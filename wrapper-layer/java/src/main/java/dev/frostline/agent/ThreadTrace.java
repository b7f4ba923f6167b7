package dev.frostline.agent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The initialisers of one thread: those still running, and the rows of those that ended, children
 * before their parent. Times are in nanoseconds, less what the agent itself took meanwhile. The
 * watchdog and the shutdown hook read it from other threads, hence the locks.
 */
final class ThreadTrace {
  /** Id of the rows of pauses, which no initialiser has. */
  static final int PAUSE = 0;

  private static final long SHORTEST_PAUSE_NANOS = 100_000;

  /** So long a stretch may hold a pause worth a row. */
  private static final long ASKED_NANOS = 500_000;

  private final long thresholdNanos;
  private final @Nullable PauseClock pauses;
  private long passedLast;
  private int depth;
  private int[] ids = new int[16];
  private long[] began = new long[16];
  private long[] within = new long[16];
  private long ownNanos;
  private Rows rows = new Rows();
  private int smallCount;
  private long smallNanos;

  ThreadTrace(long thresholdNanos, @Nullable PauseClock pauses) {
    this.thresholdNanos = thresholdNanos;
    this.pauses = pauses;
  }

  /** Ids below zero are of rows that no threshold drops: the handler's own. */
  static int lasting(int id) {
    return -id;
  }

  static int plain(int id) {
    return Math.abs(id);
  }

  synchronized void enter(int id, long now) {
    passed(now);
    if (depth == ids.length) {
      ids = Arrays.copyOf(ids, 2 * depth);
      began = Arrays.copyOf(began, 2 * depth);
      within = Arrays.copyOf(within, 2 * depth);
    }
    ids[depth] = id;
    began[depth] = now - ownNanos;
    within[depth] = 0;
    depth++;
  }

  /** Ends the innermost run of that id, and with it what was left open inside by an exception. */
  synchronized void exit(int id, long now) {
    passed(now);
    int open = depth - 1;
    while (open >= 0 && ids[open] != id) {
      open--;
    }
    while (depth > open && open >= 0) {
      close(now - ownNanos);
    }
  }

  /** The agent's own work in this thread, which is nobody's initialisation. */
  synchronized void own(long nanos) {
    ownNanos += nanos;
  }

  synchronized long ownNanos() {
    return ownNanos;
  }

  /**
   * Hands over the rows so far. What still runs gives a row of its time until now and starts anew:
   * whatever comes later adds up with it.
   */
  synchronized Rows take(long now) {
    passed(now);
    long at = now - ownNanos;
    int running = depth;
    while (depth > 0) {
      close(at);
    }
    for (depth = 0; depth < running; depth++) {
      began[depth] = at;
      within[depth] = 0;
    }
    Rows taken = rows;
    taken.smallCount = smallCount;
    taken.smallNanos = smallNanos;
    rows = new Rows();
    smallCount = 0;
    smallNanos = 0;
    return taken;
  }

  /**
   * A stretch without beginning and end is over: its pauses fell into what runs innermost. Their
   * time stays in that one's own until the rows are read.
   */
  private void passed(long now) {
    if (pauses != null && now - passedLast >= ASKED_NANOS) {
      long pause = pauses.sinceAskedNanos();
      if (pause >= Math.max(SHORTEST_PAUSE_NANOS, thresholdNanos)) {
        rows.add(PAUSE, depth, pause, pause);
      }
    }
    passedLast = now;
  }

  private void close(long at) {
    depth--;
    long whole = at - began[depth];
    long self = whole - within[depth];
    if (depth > 0) {
      within[depth - 1] += whole;
    }
    if (whole < thresholdNanos && ids[depth] >= 0) {
      smallCount++;
      smallNanos += self;
      return;
    }
    rows.add(ids[depth], depth, self, whole);
  }

  /** Rows in post-order, and the sum of those under the threshold. */
  static final class Rows {
    int count;
    int[] ids = new int[64];
    int[] depths = new int[64];
    long[] self = new long[64];
    long[] whole = new long[64];
    int smallCount;
    long smallNanos;

    void add(int id, int depth, long selfNanos, long wholeNanos) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        depths = Arrays.copyOf(depths, 2 * count);
        self = Arrays.copyOf(self, 2 * count);
        whole = Arrays.copyOf(whole, 2 * count);
      }
      ids[count] = id;
      depths[count] = depth;
      self[count] = selfNanos;
      whole[count] = wholeNanos;
      count++;
    }
  }
}
