package dev.frostline.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings as events of EventBridge: {@code Frostline Finding Opened} and {@code Frostline Finding
 * Closed}, one a finding; past {@value FindingMessage#MOST} at once one {@code Frostline Findings}
 * that holds them.
 */
final class BusEvents {
  /** An event holds 256 kB at most. */
  private static final int MOST_HELD = 100;

  private BusEvents() {}

  static List<Outbox.Event> of(List<FindingEvent> findings) {
    if (findings.size() > FindingMessage.MOST) {
      Map<String, Object> storm = new LinkedHashMap<>();
      storm.put("schema_version", 1);
      storm.put("count", findings.size());
      storm.put("findings", findings.subList(0, Math.min(MOST_HELD, findings.size())));
      return List.of(new Outbox.Event("Frostline Findings", storm));
    }
    List<Outbox.Event> events = new ArrayList<>();
    for (FindingEvent one : findings) {
      events.add(
          new Outbox.Event(
              one.isOpening() ? "Frostline Finding Opened" : "Frostline Finding Closed", one));
    }
    return events;
  }
}
