package dev.frostline.timing;

import java.util.Arrays;

/** Reads the ids of a batch, where one mostly differs from the next in its last digits only. */
public final class EventIdReader {
  private byte[] prefix = new byte[0];

  /** The prefix with as many zeros behind it. */
  private EventId prefixValue = EventId.ordinal(0);

  /** Reads an id as {@link EventId#parse(byte[], int, int)} does. */
  public EventId read(byte[] text, int offset, int length) {
    int prefixLength = length - EventId.CHUNK;
    if (prefixLength <= EventId.CHUNK) {
      return EventId.parse(text, offset, length);
    }
    boolean same = Arrays.equals(prefix, 0, prefix.length, text, offset, offset + prefixLength);
    if (!same) {
      EventId value = EventId.parse(text, offset, prefixLength);
      if (value.high() < 0) {
        return EventId.parse(text, offset, length);
      }
      prefix = Arrays.copyOfRange(text, offset, offset + prefixLength);
      prefixValue = value.followedBy(0, EventId.CHUNK);
    }
    long last = EventId.number(text, offset + prefixLength, EventId.CHUNK);
    return last < 0 ? EventId.parse(text, offset, length) : prefixValue.plus(last);
  }
}
