package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.InitKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many cold starts there are of each runtime, and how many import timings they have.
 *
 * @param byRuntime cold starts by runtime; snapshots are none
 */
record StartCounts(Map<String, Long> byRuntime, long importTimings) {
  static final StartCounts NONE = new StartCounts(Map.of(), 0);

  static StartCounts of(List<ColdStart> starts) {
    Map<String, Long> byRuntime = new HashMap<>();
    long importTimings = 0;
    for (ColdStart start : starts) {
      importTimings += start.imports().size();
      if (start.initKind() != InitKind.SNAPSHOT) {
        String runtime = start.runtime();
        byRuntime.merge(runtime == null ? "unknown" : runtime, 1L, Long::sum);
      }
    }
    return new StartCounts(byRuntime, importTimings);
  }

  StartCounts plus(StartCounts other) {
    Map<String, Long> both = new HashMap<>(byRuntime);
    other.byRuntime.forEach((runtime, count) -> both.merge(runtime, count, Long::sum));
    return new StartCounts(both, importTimings + other.importTimings);
  }
}
