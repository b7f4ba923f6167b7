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
  private final Map<String, Long> refused = new TreeMap<>();
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

  /** So many of its events are not stored, for that reason. */
  void refused(String reason, long events) {
    refused.merge(reason, events, Long::sum);
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
    Map<String, Long> rejected = new TreeMap<>(rejects);
    refused.forEach((reason, events) -> rejected.merge(reason, events, Long::sum));
    LineCounts lines = new LineCounts(received, newEvents, knownEvents, notOurs, rejected);
    long coldStarts = newByRuntime.values().stream().mapToLong(Long::longValue).sum();
    return new Ingestion.Summary(lines, coldStarts, newByRuntime);
  }
}
