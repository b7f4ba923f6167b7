package dev.frostline.store;

import dev.frostline.timing.EventId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Adds delivered events to those a stream gave before, each once. An event is known by its id.
 * Files without ids number their events, which identifies nothing: there the n-th event of the same
 * time and content is known when n of them are stored, so an export and a subscription of the same
 * stream do not double, in whatever order and parts they come.
 */
final class StreamMerge {
  private StreamMerge() {}

  /**
   * The stream with what was delivered.
   *
   * @param lines what to store; those that are told are in the order in which they are
   * @param told the stream's lines, each once, with ids that keep their order
   * @param untold which of the lines are the same event once more
   * @param newEvents how many of the delivered events were new
   * @param isChanged whether there is anything to store
   */
  record Merged(
      List<TimedLine> lines,
      List<TimedLine> told,
      BitSet untold,
      int newEvents,
      int knownEvents,
      boolean isChanged) {}

  /** True when ids alone cannot tell which of the events are new. */
  static boolean needsContent(List<TimedLine> stored, List<TimedLine> delivered) {
    return hasOrdinals(stored) || hasOrdinals(delivered);
  }

  static Merged merge(List<TimedLine> stored, List<TimedLine> delivered) {
    List<List<TimedLine>> events = events(delivered);
    return needsContent(stored, delivered) ? byContent(stored, events) : byId(stored, events);
  }

  private static Merged byId(List<TimedLine> stored, List<List<TimedLine>> events) {
    Set<EventId> ids = new HashSet<>();
    for (TimedLine line : stored) {
      ids.add(line.eventId());
    }
    List<TimedLine> lines = new ArrayList<>(stored);
    int newEvents = 0;
    for (List<TimedLine> event : events) {
      if (ids.add(event.get(0).eventId())) {
        lines.addAll(event);
        newEvents++;
      }
    }
    Collections.sort(lines);
    int knownEvents = events.size() - newEvents;
    return new Merged(lines, lines, new BitSet(), newEvents, knownEvents, newEvents > 0);
  }

  private static Merged byContent(List<TimedLine> stored, List<List<TimedLine>> events) {
    TreeMap<Long, SameTime> times = new TreeMap<>();
    List<List<TimedLine>> before = events(stored);
    add(before, times, run -> FileOrder.rank(run.get(0).get(0).eventId()));
    int storedEvents = count(times);
    add(events, times, new RankInFile(events)::of);
    List<SameTime.Kept> kept = new ArrayList<>();
    long place = 0;
    for (SameTime time : times.values()) {
      kept.addAll(time.kept(place));
      place += time.eventsOfFiles();
    }
    int newEvents = count(times) - storedEvents;
    return merged(kept, newEvents, events.size() - newEvents, stored);
  }

  private static Merged merged(
      List<SameTime.Kept> kept, int newEvents, int knownEvents, List<TimedLine> stored) {
    List<TimedLine> lines = new ArrayList<>(kept.size());
    List<TimedLine> told = new ArrayList<>(kept.size());
    BitSet untold = new BitSet();
    TimedLine before = null;
    long place = -1;
    for (SameTime.Kept one : kept) {
      TimedLine line = one.line();
      lines.add(line);
      if (one.isTold()) {
        place += before != null && isSameEvent(before, line) ? 0 : 1;
        told.add(new TimedLine(line.atMillis(), EventId.ordinal(place), line.part(), line.line()));
        before = line;
      } else {
        untold.set(lines.size() - 1);
      }
    }
    return new Merged(lines, told, untold, newEvents, knownEvents, !lines.equals(stored));
  }

  private static int count(Map<Long, SameTime> times) {
    return times.values().stream().mapToInt(SameTime::events).sum();
  }

  /** Where a run of a delivered file stands in it. */
  private record RankInFile(Map<Long, long[]> firstAndLast) {
    RankInFile(List<List<TimedLine>> events) {
      this(new HashMap<>());
      for (List<TimedLine> event : events) {
        TimedLine line = event.get(0);
        if (line.eventId().isOrdinal()) {
          long at = line.atMillis();
          long[] ends =
              firstAndLast.computeIfAbsent(
                  FileOrder.file(line.eventId()), file -> new long[] {at, at});
          ends[0] = Math.min(ends[0], at);
          ends[1] = Math.max(ends[1], at);
        }
      }
    }

    int of(List<List<TimedLine>> run) {
      TimedLine line = run.get(0).get(0);
      long[] ends = firstAndLast.getOrDefault(FileOrder.file(line.eventId()), new long[2]);
      boolean begins = ends[0] == line.atMillis();
      boolean isLast = ends[1] == line.atMillis();
      return begins == isLast ? 1 : begins ? 2 : 0;
    }
  }

  /** Adds events in their order; those without ids as runs of one file at one time. */
  private static void add(
      List<List<TimedLine>> events,
      Map<Long, SameTime> times,
      ToIntFunction<List<List<TimedLine>>> rank) {
    List<List<TimedLine>> run = new ArrayList<>();
    for (List<TimedLine> event : events) {
      TimedLine line = event.get(0);
      if (!run.isEmpty() && !(line.eventId().isOrdinal() && isOfRun(line, run.get(0).get(0)))) {
        end(run, times, rank);
        run = new ArrayList<>();
      }
      if (line.eventId().isOrdinal()) {
        run.add(event);
      } else {
        times.computeIfAbsent(line.atMillis(), SameTime::new).add(event);
      }
    }
    end(run, times, rank);
  }

  private static void end(
      List<List<TimedLine>> run,
      Map<Long, SameTime> times,
      ToIntFunction<List<List<TimedLine>>> rank) {
    if (!run.isEmpty()) {
      List<List<TimingLine>> contents = run.stream().map(SameTime::content).toList();
      times
          .computeIfAbsent(run.get(0).get(0).atMillis(), SameTime::new)
          .add(new SameTime.Run(rank.applyAsInt(run), contents));
    }
  }

  private static boolean isOfRun(TimedLine line, TimedLine first) {
    return line.atMillis() == first.atMillis()
        && FileOrder.file(line.eventId()) == FileOrder.file(first.eventId());
  }

  private static boolean isSameEvent(TimedLine one, TimedLine other) {
    return one.eventId().equals(other.eventId()) && one.atMillis() == other.atMillis();
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
}
