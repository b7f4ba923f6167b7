package dev.frostline.verdict.history;

/**
 * The import timings of one cold start in columns, in the order they were printed: children before
 * their parent.
 */
public final class Trace {
  static final Trace NONE = new Trace(new int[0], new long[0], new int[0], new boolean[0]);

  /** Stands for imports that nobody will look at: too few cold starts have any. */
  static final Trace UNREAD = new Trace(new int[1], new long[1], new int[] {-1}, new boolean[1]);

  /** Number of each import's name. */
  public final int[] name;

  /** Self time of each import. */
  public final long[] selfMicros;

  /** Position of the importing row, or -1. */
  public final int[] parent;

  /** Whether the import happened after init. */
  public final boolean[] invokePhase;

  public Trace(int[] name, long[] selfMicros, int[] parent, boolean[] invokePhase) {
    if (selfMicros.length != name.length
        || parent.length != name.length
        || invokePhase.length != name.length) {
      throw new IllegalArgumentException(
          "columns of different length for " + name.length + " imports");
    }
    this.name = name.clone();
    this.selfMicros = selfMicros.clone();
    this.parent = parent.clone();
    this.invokePhase = invokePhase.clone();
  }

  public int size() {
    return name.length;
  }
}
