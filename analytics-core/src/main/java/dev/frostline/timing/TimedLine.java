package dev.frostline.timing;

/**
 * A timing line with its place in the stream: the event's timestamp (Unix ms), its id, and which
 * line of that event it was, since a runtime's logger may write a whole cold start as one event.
 */
public record TimedLine(long atMillis, EventId eventId, int part, TimingLine line)
    implements Comparable<TimedLine> {
  @Override
  public int compareTo(TimedLine other) {
    int order = Long.compare(atMillis, other.atMillis);
    if (order == 0) {
      order = eventId.compareTo(other.eventId);
    }
    return order != 0 ? order : Integer.compare(part, other.part);
  }
}
