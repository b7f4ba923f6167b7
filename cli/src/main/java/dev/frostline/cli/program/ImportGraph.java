package dev.frostline.cli.program;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a run loaded: each module's own CPU time, and every import that was asked for, not the first
 * alone. So it tells what vanishes with some of them: what nothing else reaches any more.
 *
 * @param ownMicros by module
 * @param imported the modules that each module asks for; asking for one asks for the packages it is
 *     in
 * @param ran those that ran code in an event; none where there were no events
 */
public record ImportGraph(
    Map<String, Long> ownMicros, Map<String, Set<String>> imported, Set<String> ran) {
  private static final String ROOT = "__main__";

  /** One module asks for another. */
  public record Edge(String importer, String module) {}

  /** All that only these imports bring. */
  public Set<String> brought(Collection<Edge> edges) {
    Set<Edge> gone = new HashSet<>(edges);
    Set<String> brought = reached(edge -> true);
    brought.removeAll(reached(edge -> !gone.contains(edge)));
    return brought;
  }

  /** CPU ms of modules; of all that imports bring, an upper bound of what deferring them saves. */
  public double millis(Set<String> modules) {
    return modules.stream().mapToLong(module -> ownMicros.getOrDefault(module, 0L)).sum() / 1000.0;
  }

  /**
   * A module that ran no code.
   *
   * @param importers those that ask for it, or for what is below it, from outside
   * @param exclusiveMs CPU ms of all that goes with their imports
   */
  public record Idle(
      String module, Set<String> importers, Set<String> brought, double exclusiveMs) {}

  /**
   * Modules of which only some others ask, and of whose part in it nothing ran code in the events,
   * what brings most first; none where nothing ran in any event.
   *
   * @param importers who may ask for them
   * @param without imports that will be gone anyway
   */
  public List<Idle> idle(Set<String> importers, Collection<Edge> without, double leastMs) {
    Set<Edge> gone = Set.copyOf(without);
    Set<String> all = reached(edge -> !gone.contains(edge));
    List<Idle> found = new ArrayList<>();
    for (String module : ran.isEmpty() ? Set.<String>of() : all) {
      Set<String> asking = importersOf(Set.of(module));
      asking.retainAll(all);
      if (ran.contains(module) || asking.isEmpty() || !importers.containsAll(asking)) {
        continue;
      }
      Set<String> brought = new HashSet<>(all);
      brought.removeAll(reached(edge -> !gone.contains(edge) && !isInto(module, edge)));
      double ms = millis(brought);
      if (ms >= leastMs && Collections.disjoint(brought, ran)) {
        found.add(new Idle(module, asking, brought, ms));
      }
    }
    found.sort(Comparator.comparingDouble(Idle::exclusiveMs).reversed());
    return found;
  }

  private Set<String> importedBy(String module) {
    return imported.getOrDefault(module, Set.of());
  }

  /** Those that ask for one of some modules, or for what is below it, from outside. */
  Set<String> importersOf(Set<String> modules) {
    Set<String> importers = new TreeSet<>();
    imported.forEach(
        (importer, asked) -> {
          for (String next : asked) {
            Edge edge = new Edge(importer, next);
            if (modules.stream().anyMatch(module -> isInto(module, edge))) {
              importers.add(importer);
              break;
            }
          }
        });
    return importers;
  }

  /** Whether something loads a module even if some others do not ask for it. */
  boolean isReachedWithout(Set<String> importers, String module) {
    return reached(edge -> !importers.contains(edge.importer()) || !isInto(module, edge))
        .contains(module);
  }

  /** Whether an import goes into a module or what is below it, from outside. */
  private static boolean isInto(String module, Edge edge) {
    return isBelow(edge.module(), module) && !isBelow(edge.importer(), module);
  }

  private static boolean isBelow(String module, String parent) {
    return module.startsWith(parent)
        && (module.length() == parent.length() || module.charAt(parent.length()) == '.');
  }

  /** The modules that are still reached without some of the edges. */
  private Set<String> reached(Predicate<Edge> isThere) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(ROOT));
    while (!open.isEmpty()) {
      String module = open.pop();
      if (!reached.add(module)) {
        continue;
      }
      for (String next : importedBy(module)) {
        if (isThere.test(new Edge(module, next))) {
          open.push(next);
        }
      }
      int dot = module.lastIndexOf('.');
      if (dot > 0) {
        open.push(module.substring(0, dot));
      }
    }
    return reached;
  }

  /**
   * Reads the survey's lines: {@code module NAME MICROS FILE}, {@code edge IMPORTER MODULE}, {@code
   * ran NAME}, {@code made FILE}. Of several runs a module costs what it did in the cheapest: the
   * first one finds files on the disk and compiles them.
   */
  static final class Builder {
    private final Map<String, Long> ownMicros = new LinkedHashMap<>();
    private final Map<String, Set<String>> imported = new HashMap<>();
    private final Set<String> ran = new HashSet<>();
    private final Map<String, Map<String, Object>> modules = new LinkedHashMap<>();
    private final Set<Path> made = new LinkedHashSet<>();

    void add(String line) {
      String[] words = line.split(" ", 4);
      if (words[0].equals("module") && !words[1].startsWith("frostline_")) {
        ownMicros.merge(words[1], Long.parseLong(words[2]), Math::min);
        modules.put(words[1], Map.of("name", words[1], "file", words[3]));
      } else if (words[0].equals("edge")) {
        imported.computeIfAbsent(words[1], key -> new HashSet<>()).add(words[2]);
      } else if (words[0].equals("ran")) {
        ran.add(words[1]);
      } else if (words[0].equals("made")) {
        made.add(Path.of(line.substring("made ".length())));
      }
    }

    /** Files that init made, and that were not there before. */
    List<Path> made() {
      return List.copyOf(made);
    }

    List<Map<String, Object>> modules() {
      return List.copyOf(modules.values());
    }

    ImportGraph build() {
      return new ImportGraph(ownMicros, imported, ran);
    }
  }
}
