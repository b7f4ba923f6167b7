package dev.frostline.verdict.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Import names of one kind in alphabetical order, so that the order in which they were read, which
 * numbers them, never shows.
 */
public final class NamesInOrder {
  /** Number of each name. */
  public final int[] id;

  public final String[] name;
  public final String[] packageName;

  /** Whether each is part of the runtime. */
  public final boolean[] ofRuntime;

  private final String kind;

  /**
   * @param kind kind of import timing, e.g. {@code python module}
   * @param names by their number
   */
  NamesInOrder(String kind, List<String> names) {
    this.kind = kind;
    id =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
    name = new String[id.length];
    packageName = new String[id.length];
    ofRuntime = new boolean[id.length];
    for (int i = 0; i < id.length; i++) {
      name[i] = names.get(id[i]);
      packageName[i] = Imports.packageOf(kind, name[i]);
      ofRuntime[i] = Imports.ofRuntime(kind, name[i]);
    }
  }

  /** Whether these are as many names of that kind. */
  boolean areOf(String otherKind, int count) {
    return count == id.length && otherKind.equals(kind);
  }
}
