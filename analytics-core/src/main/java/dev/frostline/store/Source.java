package dev.frostline.store;

import dev.frostline.timing.LineCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file or a group of landing objects on its way into the store, and what it came to. */
final class Source {
  private final String name;
  private final List<String> landingKeys = new ArrayList<>();
  private final Map<String, Long> newByRuntime = new TreeMap<>();
  private Map<String, Long> rejects = Map.of();
  private long received;
  private long notOurs;
  private long newEvents;
  private long knownEvents;
  private long importTimings;

  Source(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  List<String> landingKeys() {
    return landingKeys;
  }

  /** Import timings that it added, less those that it replaced. */
  long importTimings() {
    return importTimings;
  }

  void landed(String key) {
    landingKeys.add(key);
  }

  /** Takes what reading it came to. */
  void read(long events, long eventsNotOurs, Map<String, Long> rejected) {
    received = events;
    notOurs = eventsNotOurs;
    rejects = rejected;
  }

  void events(long fresh, long known) {
    newEvents += fresh;
    knownEvents += known;
  }

  /** Its lines made these starts of those. */
  void starts(StartCounts before, StartCounts after) {
    importTimings += after.importTimings() - before.importTimings();
    after.byRuntime().forEach((runtime, count) -> newByRuntime.merge(runtime, count, Long::sum));
    before.byRuntime().forEach((runtime, count) -> newByRuntime.merge(runtime, -count, Long::sum));
  }

  /** What it came to when all of it is stored. */
  Ingestion.Summary summary() {
    LineCounts lines = new LineCounts(received, newEvents, knownEvents, notOurs, rejects);
    long coldStarts = newByRuntime.values().stream().mapToLong(Long::longValue).sum();
    return new Ingestion.Summary(lines, coldStarts, newByRuntime);
  }
}
