package dev.frostline.cli.advice;

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
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** CPU ms of all that only these imports bring; an upper bound of what deferring them saves. */
  public double exclusiveMs(Collection<Edge> edges) {
    return (micros(reached(Set.of())) - micros(reached(new HashSet<>(edges)))) / 1000.0;
  }

  /** An import whose modules ran no code, and CPU ms of all that it alone brings. */
  public record Idle(Edge edge, double exclusiveMs) {}

  /**
   * Imports of some modules whose every part ran no code in the events, what brings most first;
   * none within another, and none where nothing ran in any event.
   *
   * @param without imports that will be gone anyway
   */
  public List<Idle> idle(Collection<String> importers, Collection<Edge> without, double leastMs) {
    Set<Edge> gone = new HashSet<>(without);
    Set<String> all = reached(gone);
    Map<Idle, Set<String>> found = new LinkedHashMap<>();
    for (String importer : ran.isEmpty() ? List.<String>of() : importers) {
      for (String module : all.contains(importer) ? importedBy(importer) : Set.<String>of()) {
        if (isImportedTwice(module) || ran.contains(module)) {
          continue;
        }
        Edge edge = new Edge(importer, module);
        gone.add(edge);
        Set<String> brought = new HashSet<>(all);
        brought.removeAll(reached(gone));
        if (!without.contains(edge)) {
          gone.remove(edge);
        }
        double ms = micros(brought) / 1000.0;
        if (ms >= leastMs && Collections.disjoint(brought, ran)) {
          found.put(new Idle(edge, ms), brought);
        }
      }
    }
    List<Set<String>> taken = new ArrayList<>();
    List<Idle> outermost = new ArrayList<>();
    found.keySet().stream()
        .sorted(Comparator.comparingDouble(one -> -one.exclusiveMs()))
        .forEach(
            one -> {
              Set<String> brought = found.getOrDefault(one, Set.of());
              if (taken.stream().noneMatch(other -> other.containsAll(brought))) {
                taken.add(brought);
                outermost.add(one);
              }
            });
    return outermost;
  }

  private Set<String> importedBy(String module) {
    return imported.getOrDefault(module, Set.of());
  }

  /**
   * Whether more than one module asks for it, from outside of it: then no single import brings it.
   */
  private boolean isImportedTwice(String module) {
    return imported.entrySet().stream()
            .filter(one -> one.getValue().contains(module))
            .map(Map.Entry::getKey)
            .filter(one -> !one.equals(module) && !one.startsWith(module + "."))
            .limit(2)
            .count()
        > 1;
  }

  private long micros(Set<String> modules) {
    return modules.stream().mapToLong(module -> ownMicros.getOrDefault(module, 0L)).sum();
  }

  /** The modules that are still reached without some of the edges. */
  private Set<String> reached(Set<Edge> without) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(ROOT));
    while (!open.isEmpty()) {
      String module = open.pop();
      if (!reached.add(module)) {
        continue;
      }
      for (String next : importedBy(module)) {
        if (!without.contains(new Edge(module, next))) {
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
   * ran NAME}, {@code made FILE}.
   */
  static final class Builder {
    private final Map<String, Long> ownMicros = new LinkedHashMap<>();
    private final Map<String, Set<String>> imported = new HashMap<>();
    private final Set<String> ran = new HashSet<>();
    private final List<Map<String, Object>> modules = new ArrayList<>();
    private final List<Path> made = new ArrayList<>();

    void add(String line) {
      String[] words = line.split(" ", 4);
      if (words[0].equals("module") && !words[1].startsWith("frostline_")) {
        ownMicros.put(words[1], Long.parseLong(words[2]));
        modules.add(Map.of("name", words[1], "file", words[3]));
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
      return List.copyOf(modules);
    }

    ImportGraph build() {
      return new ImportGraph(ownMicros, imported, ran);
    }
  }
}
