package dev.frostline.ingest;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts log events while they are read: each is kept, not ours or rejected for a reason. */
public final class LineTally {
  private final Map<String, Long> rejects = new TreeMap<>();
  private long kept;
  private long notOurs;

  /** Of a file that is refused as one. */
  static LineTally ofRejected(String reason) {
    LineTally tally = new LineTally();
    tally.rejected(reason);
    return tally;
  }

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
    long received = kept + notOurs;
    for (long rejected : rejects.values()) {
      received += rejected;
    }
    return received;
  }

  /** Events that hold timing lines. */
  public long keptEvents() {
    return kept;
  }

  /** Events that say nothing about cold starts. */
  public long notOursEvents() {
    return notOurs;
  }

  /** Why most of it is of no form that is known, and what it looks like; null where it is not. */
  public @Nullable String unknownForm() {
    for (String reason : rejects.keySet()) {
      if (reason.startsWith(Likeness.NO_KNOWN_FORM)) {
        return reason;
      }
    }
    return null;
  }

  /** Broken events by reason. */
  public Map<String, Long> rejects() {
    return Map.copyOf(rejects);
  }
}
