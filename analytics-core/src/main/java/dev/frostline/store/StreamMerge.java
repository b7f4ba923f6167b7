package dev.frostline.store;

import dev.frostline.timing.EventId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds delivered events to those a stream gave before, each once. An event is known by its id.
 * Files without ids number their events, which identifies nothing: there the n-th event of the same
 * time and content is known when n of them are stored, so an export and a subscription of the same
 * stream do not double.
 */
final class StreamMerge {
  private final List<TimedLine> lines;
  private final Set<EventId> ids = new HashSet<>();
  private final Map<Content, Integer> unmatched = new HashMap<>();
  private final Map<Content, EventId> ordinals = new HashMap<>();
  private long nextOrdinal;
  private int newEvents;
  private int knownEvents;

  private record Content(long atMillis, List<TimingLine> lines) {}

  private StreamMerge(List<TimedLine> stored) {
    lines = new ArrayList<>(stored);
  }

  /**
   * The stream's lines with the new ones, and how many delivered events were new and how many
   * known.
   */
  record Merged(List<TimedLine> lines, int newEvents, int knownEvents) {}

  /** True when ids alone cannot tell which of the events are new. */
  static boolean needsContent(List<TimedLine> stored, List<TimedLine> delivered) {
    return hasOrdinals(stored) || hasOrdinals(delivered);
  }

  static Merged merge(List<TimedLine> stored, List<TimedLine> delivered) {
    StreamMerge merge = new StreamMerge(stored);
    List<List<TimedLine>> events = events(delivered);
    if (needsContent(stored, delivered)) {
      merge.addByContent(events(stored), events);
    } else {
      merge.addById(stored, events);
    }
    Collections.sort(merge.lines);
    return new Merged(numbered(merge.lines), merge.newEvents, merge.knownEvents);
  }

  /** Events without ids are numbered in their order, so that files may come in any. */
  private static List<TimedLine> numbered(List<TimedLine> sorted) {
    List<TimedLine> numbered = new ArrayList<>(sorted.size());
    long next = -1;
    TimedLine before = null;
    for (TimedLine line : sorted) {
      if (line.eventId().isOrdinal()) {
        next += before != null && isSameEvent(before, line) ? 0 : 1;
        numbered.add(
            new TimedLine(line.atMillis(), EventId.ordinal(next), line.part(), line.line()));
      } else {
        numbered.add(line);
      }
      before = line;
    }
    return numbered;
  }

  private static boolean isSameEvent(TimedLine one, TimedLine other) {
    return one.eventId().equals(other.eventId()) && one.atMillis() == other.atMillis();
  }

  private void addById(List<TimedLine> stored, List<List<TimedLine>> events) {
    for (TimedLine line : stored) {
      ids.add(line.eventId());
    }
    for (List<TimedLine> event : events) {
      if (ids.add(event.get(0).eventId())) {
        add(event);
      } else {
        knownEvents++;
      }
    }
  }

  private void addByContent(List<List<TimedLine>> stored, List<List<TimedLine>> events) {
    for (List<TimedLine> event : stored) {
      EventId id = event.get(0).eventId();
      ids.add(id);
      unmatched.merge(content(event), 1, Integer::sum);
      if (id.isOrdinal()) {
        ordinals.putIfAbsent(content(event), id);
        nextOrdinal = Math.max(nextOrdinal, id.low() + 1);
      }
    }
    for (List<TimedLine> event : events) {
      EventId id = event.get(0).eventId();
      Content content = content(event);
      boolean known =
          id.isOrdinal() ? takeMatch(content) : ids.contains(id) || takeOrdinal(content);
      if (known) {
        knownEvents++;
      } else {
        List<TimedLine> added = id.isOrdinal() ? renumbered(event) : event;
        ids.add(added.get(0).eventId());
        add(added);
      }
    }
  }

  private boolean takeMatch(Content content) {
    Integer left = unmatched.get(content);
    if (left == null || left == 0) {
      return false;
    }
    unmatched.put(content, left - 1);
    return true;
  }

  private boolean takeOrdinal(Content content) {
    return ordinals.containsKey(content) && takeMatch(content);
  }

  private List<TimedLine> renumbered(List<TimedLine> event) {
    EventId id = event.get(0).eventId();
    EventId free = ids.contains(id) ? EventId.ordinal(nextOrdinal) : id;
    nextOrdinal = Math.max(nextOrdinal, free.low() + 1);
    List<TimedLine> renumbered = new ArrayList<>(event.size());
    for (TimedLine line : event) {
      renumbered.add(new TimedLine(line.atMillis(), free, line.part(), line.line()));
    }
    return renumbered;
  }

  private void add(List<TimedLine> event) {
    lines.addAll(event);
    newEvents++;
  }

  private static boolean hasOrdinals(List<TimedLine> lines) {
    for (TimedLine line : lines) {
      if (line.eventId().isOrdinal()) {
        return true;
      }
    }
    return false;
  }

  /** The lines by event, in order; a line that was delivered twice begins an event of its own. */
  private static List<List<TimedLine>> events(List<TimedLine> lines) {
    List<TimedLine> ordered = new ArrayList<>(lines);
    Collections.sort(ordered);
    List<List<TimedLine>> events = new ArrayList<>();
    int begin = 0;
    while (begin < ordered.size()) {
      int end = begin + 1;
      while (end < ordered.size() && isSameEvent(ordered.get(end), ordered.get(begin))) {
        end++;
      }
      addCopies(events, ordered.subList(begin, end));
      begin = end;
    }
    return events;
  }

  /** Sorted copies of one event interleave (part 0, 0, 1, 1, …): takes them apart again. */
  private static void addCopies(List<List<TimedLine>> events, List<TimedLine> lines) {
    int copies = 1;
    while (copies < lines.size() && lines.get(copies).part() == lines.get(0).part()) {
      copies++;
    }
    for (int copy = 0; copy < copies; copy++) {
      List<TimedLine> event = new ArrayList<>(lines.size() / copies);
      for (int i = copy; i < lines.size(); i += copies) {
        event.add(lines.get(i));
      }
      events.add(event);
    }
  }

  private static Content content(List<TimedLine> event) {
    List<TimingLine> lines = new ArrayList<>(event.size());
    for (TimedLine line : event) {
      lines.add(line.line());
    }
    return new Content(event.get(0).atMillis(), lines);
  }
}
