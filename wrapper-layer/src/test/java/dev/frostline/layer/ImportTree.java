package dev.frostline.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rows read back into a tree by the rule of this module's README: a row of CPython adopts what
 * stands deeper, a {@code via=import_module kids=N} row the last N of its own level, and its self
 * time is taken off the row of CPython around it.
 */
record ImportTree(List<Module> roots) {
  private static final Pattern ROW =
      Pattern.compile(
          "(?:import|gc) time: +(-?\\d+) \\| +(\\d+) \\| ( *)(\\(garbage collection\\)|\\S+)"
              + "(?: via=import_module kids=(\\d+))?");

  /** One module; printedSelf is what its row said, self what it spent by itself. */
  record Module(
      String name,
      int depth,
      boolean byName,
      long printedSelf,
      long cumulative,
      List<Module> kids) {
    long self() {
      return printedSelf
          - kids.stream()
              .filter(kid -> kid.isPause() || !byName)
              .mapToLong(Module::countedAround)
              .sum();
    }

    /** What CPython counted into the row around this one. */
    private long countedAround() {
      if (isPause()) {
        return printedSelf;
      }
      return byName
          ? printedSelf
              + kids.stream().filter(kid -> !kid.isPause()).mapToLong(Module::countedAround).sum()
          : 0;
    }

    boolean isPause() {
      return name.equals("(garbage collection)");
    }

    Stream<Module> all() {
      return Stream.concat(Stream.of(this), kids.stream().flatMap(Module::all));
    }
  }

  static ImportTree read(List<String> rows) {
    List<Module> open = new ArrayList<>();
    for (String row : rows) {
      Matcher cells = ROW.matcher(row);
      if (cells.matches()) {
        Module module = module(cells);
        List<Module> adopted = adopted(open, module, cells.group(5));
        module.kids().addAll(adopted);
        adopted.clear();
        open.add(module);
      }
    }
    return new ImportTree(open);
  }

  Module named(String name) {
    return all()
        .filter(module -> module.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row of " + name));
  }

  Stream<Module> all() {
    return roots.stream().flatMap(Module::all);
  }

  private static Module module(Matcher cells) {
    return new Module(
        cells.group(4),
        cells.group(3).length() / 2,
        cells.group(5) != null,
        Long.parseLong(cells.group(1)),
        Long.parseLong(cells.group(2)),
        new ArrayList<>());
  }

  private static List<Module> adopted(List<Module> open, Module parent, String kids) {
    int from = open.size();
    if (kids != null) {
      return open.subList(from - Integer.parseInt(kids), from);
    }
    while (from > 0 && open.get(from - 1).depth() > parent.depth()) {
      from--;
    }
    return open.subList(from, open.size());
  }
}
