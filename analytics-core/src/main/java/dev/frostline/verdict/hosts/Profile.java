package dev.frostline.verdict.hosts;

import dev.frostline.verdict.history.Deployment;
import dev.frostline.verdict.history.ImportNames;
import dev.frostline.verdict.history.Imports;
import dev.frostline.verdict.history.TimedStart;
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
    nameOf = collectNames();
    columns = nameOf.length;
    name = new String[columns];
    packageName = new String[columns];
    ofRuntime = new boolean[columns];
    describe();
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

  /**
   * Names in alphabetical order, so that the numbering, which depends on reading order, never
   * shows.
   */
  private int[] collectNames() {
    boolean[] seen = new boolean[columnOfName.length];
    for (int run = 0; run < runs; run++) {
      TimedStart start = start(run);
      for (int row = 0; row < start.trace().size(); row++) {
        if (!start.trace().invokePhase[row]) {
          seen[start.trace().name[row]] = true;
        }
      }
    }
    ImportNames names = after.names();
    Integer[] ids = boxedTrue(seen);
    Arrays.sort(ids, (a, b) -> names.name(a).compareTo(names.name(b)));
    Arrays.fill(columnOfName, -1);
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = ids[i];
      columnOfName[ids[i]] = i;
    }
    return result;
  }

  private static Integer[] boxedTrue(boolean[] seen) {
    int count = 0;
    for (boolean one : seen) {
      count += one ? 1 : 0;
    }
    Integer[] ids = new Integer[count];
    int next = 0;
    for (int id = 0; id < seen.length; id++) {
      if (seen[id]) {
        ids[next++] = id;
      }
    }
    return ids;
  }

  private void describe() {
    for (int column = 0; column < columns; column++) {
      name[column] = after.names().name(nameOf[column]);
      packageName[column] = Imports.packageOf(after.kind(), name[column]);
      ofRuntime[column] = Imports.ofRuntime(after.kind(), name[column]);
    }
  }

  private void fill() {
    int[] lastRun = new int[columns];
    Arrays.fill(lastRun, -1);
    for (int run = 0; run < runs; run++) {
      TimedStart start = start(run);
      int[] present = isAfter(run) ? presentAfter : presentBefore;
      for (int row = 0; row < start.trace().size(); row++) {
        if (start.trace().invokePhase[row]) {
          continue;
        }
        int column = columnOfName[start.trace().name[row]];
        self[run][column] += start.trace().selfMicros[row];
        if (lastRun[column] != run) {
          lastRun[column] = run;
          present[column]++;
        }
      }
    }
  }
}
