package dev.frostline.store;

import dev.frostline.timing.EventId;
import dev.frostline.timing.TimedLine;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event without an id says instead: which file it stood in, and where. The numbers of
 * {@link EventId#ordinal} hold the place in their lower 40 bits, above it the file among several,
 * and above that whether the file began or ended there.
 */
final class FileOrder {
  private static final int PLACE_BITS = 40;
  private static final int RANK_BIT = 60;
  private static final long FILES = (1L << (RANK_BIT - PLACE_BITS)) - 1;

  private FileOrder() {}

  static EventId id(int rank, int file, long place) {
    return EventId.ordinal((long) rank << RANK_BIT | (file & FILES) << PLACE_BITS | place);
  }

  static int rank(EventId id) {
    return (int) (id.low() >>> RANK_BIT);
  }

  /** Events of one run have the same. */
  static long file(EventId id) {
    return id.low() >>> PLACE_BITS;
  }

  /** The lines of a file that is one of several; lines with ids stay as they are. */
  static List<TimedLine> ofFile(List<TimedLine> lines, int file) {
    List<TimedLine> numbered = new ArrayList<>(lines.size());
    for (TimedLine line : lines) {
      EventId id = line.eventId();
      numbered.add(
          id.isOrdinal()
              ? new TimedLine(line.atMillis(), id(0, file, id.low()), line.part(), line.line())
              : line);
    }
    return numbered;
  }
}
