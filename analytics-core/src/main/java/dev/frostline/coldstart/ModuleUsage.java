package dev.frostline.coldstart;

import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of the modules that an environment's init loaded had run code, up to a number of requests.
 *
 * @param requests how many it had served then
 * @param names modules that ran code, percent-encoded as they were logged; those behind {@code !}
 *     have no code that can be watched
 */
public record ModuleUsage(long requests, List<String> names) {
  public ModuleUsage {
    names = List.copyOf(names);
  }

  /** The latest one that is whole; null without any. */
  static @Nullable ModuleUsage of(List<TimingLine.CaptureUsage> lines) {
    Map<Long, Map<Integer, String>> parts = new TreeMap<>();
    Map<Long, Integer> wanted = new TreeMap<>();
    for (TimingLine.CaptureUsage line : lines) {
      long requests = number(line.values().get("requests"));
      String[] part = line.values().getOrDefault("part", "").split("/", -1);
      if (requests >= 0 && part.length == 2 && number(part[0]) > 0 && number(part[1]) > 0) {
        parts
            .computeIfAbsent(requests, key -> new TreeMap<>())
            .put((int) number(part[0]), line.values().getOrDefault("ran", ""));
        wanted.put(requests, (int) number(part[1]));
      }
    }
    ModuleUsage latest = null;
    for (Map.Entry<Long, Map<Integer, String>> one : parts.entrySet()) {
      if (Integer.valueOf(one.getValue().size()).equals(wanted.get(one.getKey()))) {
        latest = new ModuleUsage(one.getKey(), names(one.getValue().values()));
      }
    }
    return latest;
  }

  private static List<String> names(Iterable<String> parts) {
    List<String> names = new ArrayList<>();
    for (String part : parts) {
      for (String name : part.split(";", -1)) {
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
  }
}
