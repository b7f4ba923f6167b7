package dev.frostline.verdict.hosts;

import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.NamesInOrder;
import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import java.util.Arrays;
import java.util.List;

/**
 * The init-phase self times of both deployments as one table: a row per cold start (before first,
 * then after), a column per import name. Rows of one name within a start (imported twice) are
 * summed; absent is 0 with no count.
 */
public final class Profile {
  final Deployment before;
  public final Deployment after;
  public final List<TimedStart> startsBefore;
  public final List<TimedStart> startsAfter;
  public final int runsBefore;
  public final int runs;
  public final int columns;

  /** Number of the name of each column. */
  public final int[] nameOf;

  public final String[] name;
  public final String[] packageName;
  public final boolean[] ofRuntime;

  /** Self time in microseconds: {@code self[run][column]}. */
  public final double[][] self;

  public final int[] presentBefore;
  public final int[] presentAfter;

  private final int[] columnOfName;

  public Profile(
      Deployment before,
      Deployment after,
      List<TimedStart> startsBefore,
      List<TimedStart> startsAfter) {
    if (before.names() != after.names()) {
      throw new IllegalArgumentException(
          "deployments of " + after.function() + " number their imports differently");
    }
    this.before = before;
    this.after = after;
    this.startsBefore = startsBefore;
    this.startsAfter = startsAfter;
    runsBefore = startsBefore.size();
    runs = runsBefore + startsAfter.size();
    columnOfName = new int[after.names().size()];
    NamesInOrder names = after.names().inOrder(after.kind());
    int[] present = present(names);
    columns = present.length;
    nameOf = new int[columns];
    name = new String[columns];
    packageName = new String[columns];
    ofRuntime = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int at = present[column];
      nameOf[column] = names.id[at];
      name[column] = names.name[at];
      packageName[column] = names.packageName[at];
      ofRuntime[column] = names.ofRuntime[at];
      columnOfName[nameOf[column]] = column;
    }
    self = new double[runs][columns];
    presentBefore = new int[columns];
    presentAfter = new int[columns];
    fill();
  }

  public TimedStart start(int run) {
    return run < runsBefore ? startsBefore.get(run) : startsAfter.get(run - runsBefore);
  }

  public boolean isAfter(int run) {
    return run >= runsBefore;
  }

  public int runsAfter() {
    return runs - runsBefore;
  }

  /** Column of a name's number, or -1. */
  public int column(int nameId) {
    return columnOfName[nameId];
  }

  /** Whether nearly every start of both sides has this import. */
  public boolean inBoth(int column) {
    return presentBefore[column] >= 0.9 * runsBefore && presentAfter[column] >= 0.9 * runsAfter();
  }

  /** Places of the names that any of the starts imported in init. */
  private int[] present(NamesInOrder names) {
    boolean[] seen = new boolean[columnOfName.length];
    for (int run = 0; run < runs; run++) {
      Trace trace = start(run).trace();
      for (int row = 0; row < trace.size(); row++) {
        seen[trace.name[row]] |= !trace.invokePhase[row];
      }
    }
    int[] found = new int[seen.length];
    int count = 0;
    for (int at = 0; at < found.length; at++) {
      if (seen[names.id[at]]) {
        found[count++] = at;
      }
    }
    Arrays.fill(columnOfName, -1);
    return Arrays.copyOf(found, count);
  }

  private void fill() {
    int[] lastRun = new int[columns];
    Arrays.fill(lastRun, -1);
    for (int run = 0; run < runs; run++) {
      Trace trace = start(run).trace();
      double[] own = self[run];
      int[] present = isAfter(run) ? presentAfter : presentBefore;
      for (int row = 0; row < trace.size(); row++) {
        if (trace.invokePhase[row]) {
          continue;
        }
        int column = columnOfName[trace.name[row]];
        own[column] += trace.selfMicros[row];
        if (lastRun[column] != run) {
          lastRun[column] = run;
          present[column]++;
        }
      }
    }
  }
}
