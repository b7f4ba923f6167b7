package dev.frostline.store;

import dev.frostline.timing.EventId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.timing.TimingLineCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The events of one stream at one millisecond: those with ids, and the runs of events that files
 * without ids have of it. A run is kept as long as no other run and not the ids have all of it in
 * its order, so that what is kept, and what is told of it, never depends on what came first.
 */
final class SameTime {
  private static final Comparator<Run> RUNS =
      Comparator.comparingInt(Run::rank).thenComparing(Run::bytes, Arrays::compareUnsigned);
  private final long atMillis;
  private final TreeMap<EventId, List<TimedLine>> identified = new TreeMap<>();
  private final List<Run> runs = new ArrayList<>();

  SameTime(long atMillis) {
    this.atMillis = atMillis;
  }

  /**
   * Events in the order of a file.
   *
   * @param rank 0 where the file ends here, 2 where it begins here, and 1 between: what one file
   *     has last comes before what the next has first
   */
  record Run(int rank, List<List<TimingLine>> events) {
    private boolean isWithin(Iterable<List<TimingLine>> others) {
      Iterator<List<TimingLine>> other = others.iterator();
      for (List<TimingLine> event : events) {
        boolean found = false;
        while (!found && other.hasNext()) {
          found = other.next().equals(event);
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }

    private byte[] bytes() {
      List<TimedLine> lines = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        for (TimingLine line : events.get(i)) {
          lines.add(new TimedLine(0, EventId.ordinal(i), 0, line));
        }
      }
      return TimingLineCodec.encode(lines);
    }
  }

  /**
   * Lines as the store keeps them.
   *
   * @param isTold whether it is one of the stream's lines, and not the same event once more
   */
  record Kept(TimedLine line, boolean isTold) {}

  /** Adds the lines of an event with an id, unless it is known. */
  void add(List<TimedLine> event) {
    identified.putIfAbsent(event.get(0).eventId(), event);
  }

  void add(Run run) {
    for (int i = 0; i < runs.size(); i++) {
      Run known = runs.get(i);
      if (known.events().equals(run.events())) {
        runs.set(i, known.rank() <= run.rank() ? known : run);
        return;
      }
      if (run.isWithin(known.events())) {
        return;
      }
    }
    runs.removeIf(known -> known.isWithin(run.events()));
    runs.add(run);
  }

  /** How many events there are: of each content as many as the ids, or one file, have of it. */
  int events() {
    Map<List<TimingLine>, Integer> most = counts(identifiedContents());
    for (Run run : runs) {
      counts(run.events()).forEach((event, count) -> most.merge(event, count, Math::max));
    }
    return most.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many numbers the events without ids take. */
  int eventsOfFiles() {
    return runs.stream().mapToInt(run -> run.events().size()).sum();
  }

  private List<List<TimingLine>> identifiedContents() {
    return identified.values().stream().map(SameTime::content).toList();
  }

  static List<TimingLine> content(List<TimedLine> event) {
    return event.stream().map(TimedLine::line).toList();
  }

  private static Map<List<TimingLine>, Integer> counts(Iterable<List<TimingLine>> events) {
    Map<List<TimingLine>, Integer> counts = new HashMap<>();
    for (List<TimingLine> event : events) {
      counts.merge(event, 1, Integer::sum);
    }
    return counts;
  }

  /**
   * The lines to keep, those that are told first and in their order: as the files have it, and
   * where these lack an event, as its id says.
   *
   * @param place the first free one for events without ids
   */
  List<Kept> kept(long place) {
    List<List<TimingLine>> contents = identifiedContents();
    runs.removeIf(run -> run.isWithin(contents));
    Set<FileEvent> events = eventsOfRuns(place);
    List<FileEvent> once = once(events);
    int[] ids = ids(once, contents);
    List<List<TimedLine>> identifiedEvents = new ArrayList<>(identified.values());
    List<Kept> kept = new ArrayList<>();
    int given = 0;
    for (int i = 0; i < once.size(); i++) {
      for (; given <= ids[i]; given++) {
        add(identifiedEvents.get(given), true, kept);
      }
      if (ids[i] < 0) {
        add(once.get(i).lines(atMillis), true, kept);
        events.remove(once.get(i));
      }
    }
    for (; given < contents.size(); given++) {
      add(identifiedEvents.get(given), true, kept);
    }
    for (FileEvent event : events) {
      add(event.lines(atMillis), false, kept);
    }
    return kept;
  }

  private static void add(List<TimedLine> event, boolean isTold, List<Kept> kept) {
    for (TimedLine line : event) {
      kept.add(new Kept(line, isTold));
    }
  }

  private record FileEvent(EventId id, List<TimingLine> content) {
    List<TimedLine> lines(long atMillis) {
      List<TimedLine> lines = new ArrayList<>();
      for (TimingLine line : content) {
        lines.add(new TimedLine(atMillis, id, lines.size(), line));
      }
      return lines;
    }
  }

  private Set<FileEvent> eventsOfRuns(long place) {
    runs.sort(runs.size() > 1 ? RUNS : Comparator.comparingInt(Run::rank));
    Set<FileEvent> events = new LinkedHashSet<>();
    long next = place;
    for (int index = 0; index < runs.size(); index++) {
      Run run = runs.get(index);
      for (List<TimingLine> event : run.events()) {
        events.add(new FileEvent(FileOrder.id(run.rank(), index, next++), event));
      }
    }
    return events;
  }

  /** Of each content as many as one file has of it. */
  private static List<FileEvent> once(Iterable<FileEvent> events) {
    Map<List<TimingLine>, Integer> before = new HashMap<>();
    Map<List<TimingLine>, Integer> ofRun = new HashMap<>();
    List<FileEvent> once = new ArrayList<>();
    long file = -1;
    for (FileEvent event : events) {
      if (FileOrder.file(event.id()) != file) {
        file = FileOrder.file(event.id());
        ofRun.clear();
      }
      int count = ofRun.merge(event.content(), 1, Integer::sum);
      if (count > before.getOrDefault(event.content(), 0)) {
        before.put(event.content(), count);
        once.add(event);
      }
    }
    return once;
  }

  /**
   * Which id's each event is, or -1: as the ids follow one another where they all do so in the
   * files, else the n-th of equal events is the n-th.
   */
  private static int[] ids(List<FileEvent> events, List<List<TimingLine>> contents) {
    int[] ids = new int[events.size()];
    int found = 0;
    for (int i = 0; i < ids.length; i++) {
      boolean isNext =
          found < contents.size() && contents.get(found).equals(events.get(i).content());
      ids[i] = isNext ? found++ : -1;
    }
    if (found == contents.size()) {
      return ids;
    }
    Map<List<TimingLine>, Deque<Integer>> places = new HashMap<>();
    for (int i = 0; i < contents.size(); i++) {
      places.computeIfAbsent(contents.get(i), content -> new ArrayDeque<>()).add(i);
    }
    for (int i = 0; i < ids.length; i++) {
      Integer id = places.getOrDefault(events.get(i).content(), new ArrayDeque<>()).poll();
      ids[i] = id == null ? -1 : id;
    }
    return ids;
  }
}
