package dev.frostline.verdict.blame;

import dev.frostline.verdict.history.TimedStart;
import dev.frostline.verdict.history.Trace;
import dev.frostline.verdict.hosts.Profile;
import dev.frostline.verdict.statistics.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which imports came, went or stayed, who imports them on each side, and who brought in what came.
 */
public final class Structure {
  enum Presence {
    BOTH,
    NEW,
    GONE,
    SOMETIMES
  }

  private static final int LONGEST_CHAIN = 12;
  private static final int UNSEEN = -2;

  final Profile profile;
  final Presence[] presence;

  /** First importer of each column, or -1 for a root. */
  final int[] parentBefore;

  final int[] parentAfter;

  /**
   * Package answerable for each column that came or went: that of the topmost ancestor that came or
   * went with it.
   */
  public final String[] owner;

  /** Usual self time in the invoke phase per name number, in microseconds; 0 when never there. */
  final double[] invokeBefore;

  final double[] invokeAfter;

  public Structure(Profile profile, Thresholds thresholds) {
    this.profile = profile;
    presence = new Presence[profile.columns];
    for (int j = 0; j < profile.columns; j++) {
      presence[j] = presenceOf(j, thresholds);
    }
    parentBefore = parents(profile.startsBefore);
    parentAfter = parents(profile.startsAfter);
    owner = owners();
    invokeBefore = invokeMicros(profile.startsBefore);
    invokeAfter = invokeMicros(profile.startsAfter);
  }

  boolean came(int column) {
    return presence[column] == Presence.NEW;
  }

  public boolean went(int column) {
    return presence[column] == Presence.GONE;
  }

  public boolean changed(int column) {
    return came(column) || went(column);
  }

  /** Came into init from the first invocation, or went there. */
  public boolean movedPhase(int column) {
    int name = profile.nameOf[column];
    return (went(column) && invokeAfter[name] > 0) || (came(column) && invokeBefore[name] > 0);
  }

  /** The importers of a column, outermost first, on the side where it lives. */
  public List<String> chain(int column) {
    int[] parent = went(column) ? parentBefore : parentAfter;
    List<String> chain = new ArrayList<>();
    int at = parent[column];
    while (at >= 0 && chain.size() < LONGEST_CHAIN) {
      chain.add(profile.name[at]);
      at = parent[at];
    }
    Collections.reverse(chain);
    return chain;
  }

  /** Topmost ancestor that came (or went) together with the column. */
  public int root(int column) {
    int[] parent = went(column) ? parentBefore : parentAfter;
    int at = column;
    while (parent[at] >= 0 && presence[parent[at]] == presence[column]) {
      at = parent[at];
    }
    return at;
  }

  private Presence presenceOf(int column, Thresholds thresholds) {
    double before = (double) profile.presentBefore[column] / profile.runsBefore;
    double after = (double) profile.presentAfter[column] / profile.runsAfter();
    if (after >= thresholds.newShare() && before <= thresholds.oldShare()) {
      return Presence.NEW;
    }
    if (before >= thresholds.newShare() && after <= thresholds.oldShare()) {
      return Presence.GONE;
    }
    return profile.inBoth(column) ? Presence.BOTH : Presence.SOMETIMES;
  }

  private int[] parents(List<TimedStart> starts) {
    int[] parent = new int[profile.columns];
    Arrays.fill(parent, UNSEEN);
    int[] firstRow = new int[profile.columns];
    for (TimedStart start : starts) {
      Arrays.fill(firstRow, UNSEEN);
      for (int row = 0; row < start.trace().size(); row++) {
        int column = initColumn(start.trace(), row);
        if (column >= 0 && firstRow[column] == UNSEEN) {
          firstRow[column] = row;
        }
      }
      for (int column = 0; column < parent.length; column++) {
        if (parent[column] == UNSEEN && firstRow[column] != UNSEEN) {
          parent[column] = importer(start.trace(), firstRow, column);
        }
      }
    }
    for (int j = 0; j < parent.length; j++) {
      parent[j] = Math.max(parent[j], -1);
    }
    return withoutLoops(parent);
  }

  private int initColumn(Trace trace, int row) {
    return trace.invokePhase[row] ? -1 : profile.column(trace.name[row]);
  }

  /**
   * Nearest importing row that is the first of its name: a second row of a name is no place in the
   * tree.
   */
  private int importer(Trace trace, int[] firstRow, int column) {
    int above = trace.parent[firstRow[column]];
    while (above >= 0) {
      int candidate = initColumn(trace, above);
      if (candidate >= 0 && firstRow[candidate] == above) {
        return candidate;
      }
      above = trace.parent[above];
    }
    return -1;
  }

  /** Starts that import in different orders can give a circle; such a link is cut. */
  private static int[] withoutLoops(int[] parent) {
    for (int j = 0; j < parent.length; j++) {
      int steps = 0;
      int at = j;
      while (at >= 0 && steps <= parent.length) {
        at = parent[at];
        steps++;
      }
      if (steps > parent.length) {
        parent[j] = -1;
      }
    }
    return parent;
  }

  private String[] owners() {
    String[] owners = new String[profile.columns];
    for (int j = 0; j < owners.length; j++) {
      owners[j] =
          changed(j)
              ? ownerOf(root(j), went(j) ? parentBefore : parentAfter)
              : profile.packageName[j];
    }
    return owners;
  }

  /**
   * A runtime module is brought in by the first ancestor that is not of the runtime, if there is
   * one.
   */
  private String ownerOf(int root, int[] parent) {
    int at = root;
    while (at >= 0 && profile.ofRuntime[at]) {
      at = parent[at];
    }
    return profile.packageName[at < 0 ? root : at];
  }

  private double[] invokeMicros(List<TimedStart> starts) {
    double[] sum = new double[profile.after.names().size()];
    int[] count = new int[sum.length];
    for (TimedStart start : starts) {
      for (int row = 0; row < start.trace().size(); row++) {
        if (start.trace().invokePhase[row]) {
          sum[start.trace().name[row]] += start.trace().selfMicros[row];
          count[start.trace().name[row]]++;
        }
      }
    }
    for (int name = 0; name < sum.length; name++) {
      sum[name] = count[name] * 2 >= starts.size() ? sum[name] / count[name] : 0;
    }
    return sum;
  }
}
