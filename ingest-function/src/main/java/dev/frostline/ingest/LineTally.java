package dev.frostline.ingest;

import java.util.Map;
import java.util.TreeMap;

/** Counts log events while they are read: each is kept, not ours or rejected for a reason. */
public final class LineTally {
  private final Map<String, Long> rejects = new TreeMap<>();
  private long kept;
  private long notOurs;

  void kept() {
    kept++;
  }

  void notOurs(long events) {
    notOurs += events;
  }

  void rejected(String reason) {
    rejected(reason, 1);
  }

  void rejected(String reason, long events) {
    if (events > 0) {
      rejects.merge(reason, events, Long::sum);
    }
  }

  /** Takes over another tally's counts. */
  void add(LineTally other) {
    kept += other.kept;
    notOurs += other.notOurs;
    other.rejects.forEach(this::rejected);
  }

  /** All events read. */
  public long received() {
    return kept + notOurs + rejects.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Events that hold timing lines. */
  public long keptEvents() {
    return kept;
  }

  /** Events that say nothing about cold starts. */
  public long notOursEvents() {
    return notOurs;
  }

  /** Broken events by reason. */
  public Map<String, Long> rejects() {
    return Map.copyOf(rejects);
  }
}
