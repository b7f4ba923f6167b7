package dev.frostline.cli.advice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
 */
public record ImportGraph(Map<String, Long> ownMicros, Map<String, Set<String>> imported) {
  private static final String ROOT = "__main__";

  /** One module asks for another. */
  public record Edge(String importer, String module) {}

  /** CPU ms of all that only these imports bring; an upper bound of what deferring them saves. */
  public double exclusiveMs(Collection<Edge> edges) {
    return (micros(reached(Set.of())) - micros(reached(new HashSet<>(edges)))) / 1000.0;
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
      for (String next : imported.getOrDefault(module, Set.of())) {
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

  /** Reads the survey's lines: {@code module NAME MICROS FILE} and {@code edge IMPORTER MODULE}. */
  static final class Builder {
    private final Map<String, Long> ownMicros = new LinkedHashMap<>();
    private final Map<String, Set<String>> imported = new HashMap<>();
    private final List<Map<String, Object>> modules = new ArrayList<>();

    void add(String line) {
      String[] words = line.split(" ", 4);
      if (words[0].equals("module") && !words[1].startsWith("frostline_")) {
        ownMicros.put(words[1], Long.parseLong(words[2]));
        modules.add(Map.of("name", words[1], "file", words[3]));
      } else if (words[0].equals("edge")) {
        imported.computeIfAbsent(words[1], key -> new HashSet<>()).add(words[2]);
      }
    }

    List<Map<String, Object>> modules() {
      return List.copyOf(modules);
    }

    ImportGraph build() {
      return new ImportGraph(ownMicros, imported);
    }
  }
}
