package dev.frostline.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** Options of a benchmark: names and values in turn. */
final class Options {
  private Options() {}

  static Map<String, String> of(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }
}
