package dev.frostline.ingest;

import dev.frostline.ingest.line.LineReader;
import dev.frostline.timing.EventId;
import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of a file that names their stream per event or not at all: {@code aws logs} output,
 * exports, trace files. They are given on when the file has ended, because only then it is known
 * whether anything named their function; those of a known stream as they come.
 */
final class LooseEvents {
  /** A file whose known lines are fewer than one in so many is not of their form. */
  private static final int FEW = 10;

  /** Lines of one stream that are held at most where they can be given on before the file ends. */
  private static final int MOST_HELD = 50_000;

  static final String NO_FUNCTION = "no function name: say which with --function";

  static final String SEVERAL_AT_ONCE =
      "rows of environments that started at once: bring the names of their streams, too";

  private final EventReader events;
  private final Origin origin;
  private final Supplier<String> fallbackStream;
  private final TimingLineSink sink;
  private final long fileMillis;
  private @Nullable String fallback;
  private @Nullable EventId untimedId;
  private final LineTally tally = new LineTally();
  private final Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
  private final Map<StreamId, Long> kept = new HashMap<>();
  private final Likeness likeness = new Likeness();
  private boolean withoutLevels;
  private boolean padded;
  private long bars;
  private long ordinal;
  private long untimed;
  private long blank;
  private long strange;

  /**
   * Of one file.
   *
   * @param fallbackStream name of the stream of events that name none
   * @param fileMillis time of events that have none
   * @param sink is given the events
   */
  LooseEvents(
      EventReader events,
      Origin origin,
      Supplier<String> fallbackStream,
      long fileMillis,
      TimingLineSink sink) {
    this.events = events;
    this.origin = origin;
    this.sink = sink;
    this.fallbackStream = fallbackStream;
    this.fileMillis = fileMillis;
  }

  /** What an event says of where it is from; null for what it does not. */
  record Place(@Nullable String account, @Nullable String group, @Nullable String stream) {
    static final Place UNNAMED = new Place(null, null, null);

    static Place ofStream(@Nullable String stream) {
      return stream == null ? UNNAMED : new Place(null, null, stream);
    }
  }

  void reject(String reason) {
    tally.rejected(reason);
  }

  void notOurs() {
    tally.notOurs(1);
  }

  /** When the file was written. */
  long fileMillis() {
    return fileMillis;
  }

  /** Whether any event so far was about a cold start. */
  boolean hasKept() {
    return !kept.isEmpty();
  }

  /**
   * Adds a text without a time, of which nothing says that it is of a log: the file's time stands
   * for it, and its place for its id.
   */
  boolean addUntimed(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    EventId id = id(null, LogTime.NONE);
    if (!events.message(text, 0, text.length, tally)) {
      return true;
    }
    if (events.isEmpty()) {
      strange++;
      likeness.add(message);
    } else {
      lookForBlanks(text, 0, text.length);
      keep(Place.UNNAMED, id, LogTime.NONE);
    }
    return true;
  }

  /** Gives the text that was added last its time, which stood behind it. */
  void timeOfUntimed(long atMillis) {
    List<TimedLine> lines = streams.getOrDefault(stream(Place.UNNAMED), List.of());
    EventId first = untimedId;
    if (first == null || lines.isEmpty()) {
      return;
    }
    EventId last = new EventId(first.high(), first.middle(), untimed - 1);
    EventId id = EventId.ordinal(ordinal++);
    for (int i = lines.size() - 1; i >= 0 && lines.get(i).eventId().equals(last); i--) {
      lines.set(i, new TimedLine(atMillis, id, lines.get(i).part(), lines.get(i).line()));
    }
  }

  /** Counts a blank line. */
  void addBlank(boolean amongUntimed) {
    untimed += amongUntimed ? 1 : 0;
    blank++;
    notOurs();
  }

  /**
   * Counts what nothing said to be of a log: as not ours among enough else, but told where most of
   * the file is of that kind.
   *
   * @param others events of the file that were counted elsewhere
   */
  private void countStrange(long others) {
    long filled = strange + others + tally.received() - blank;
    long known = filled - strange;
    if (strange > known && known * FEW < filled) {
      tally.rejected(likeness.reason(), strange);
    } else {
      tally.notOurs(strange);
    }
  }

  /** Adds a text of no known form if it is about a cold start all the same; false if not. */
  boolean offer(long atMillis, byte[] text, int from, int to) {
    if (!events.message(text, from, to, tally)) {
      return true;
    }
    if (events.isEmpty()) {
      return false;
    }
    lookForBlanks(text, from, to);
    keep(Place.UNNAMED, id(null, atMillis), atMillis);
    return true;
  }

  /**
   * Adds an event whose id is its place in the file where none is given.
   *
   * @param atMillis its time, or {@link LogTime#NONE}
   */
  void add(Place place, @Nullable EventId id, long atMillis, byte[] text, int from, int to) {
    EventId eventId = id(id, atMillis);
    if (!events.message(text, from, to, tally)) {
      return;
    }
    if (events.isEmpty()) {
      tally.notOurs(1);
      return;
    }
    lookForBlanks(text, from, to);
    keep(place, eventId, atMillis);
  }

  /** An interpreter pads its figures: where no row of several is, blanks were lost on the way. */
  private void lookForBlanks(byte[] text, int from, int to) {
    int rows = 0;
    for (int i = from + 1; i < to && !padded; i++) {
      padded = text[i] == ' ' && text[i - 1] == ' ';
      rows += text[i] == '|' ? 1 : 0;
    }
    bars += rows;
  }

  private void keep(Place place, EventId id, long atMillis) {
    StreamId stream = stream(place);
    List<TimedLine> lines = streams.computeIfAbsent(stream, key -> new ArrayList<>());
    events.finish(atMillis == LogTime.NONE ? fileMillis : atMillis, id, lines, new LineTally());
    kept.merge(stream, 1L, Long::sum);
    if (lines.size() >= MOST_HELD && canGiveEarly(stream, lines)) {
      giveEarlier(stream, lines);
    }
  }

  /** Where neither the rest of the file can name its function nor its place turns or tells time. */
  private boolean canGiveEarly(StreamId stream, List<TimedLine> lines) {
    return !isMadeUp(stream)
        && isOfFunction(stream)
        && untimedId == null
        && lines.get(0).atMillis() < lines.get(lines.size() - 1).atMillis();
  }

  /** All but the events of the last time, of which there may be more. */
  private void giveEarlier(StreamId stream, List<TimedLine> lines) {
    long last = lines.get(lines.size() - 1).atMillis();
    int end = lines.size();
    while (lines.get(end - 1).atMillis() == last) {
      end--;
    }
    List<TimedLine> earlier = lines.subList(0, end);
    sink.accept(stream, List.copyOf(earlier));
    earlier.clear();
  }

  private EventId id(@Nullable EventId given, long atMillis) {
    if (given != null) {
      return given;
    }
    if (atMillis != LogTime.NONE) {
      return EventId.ordinal(ordinal++);
    }
    EventId first = untimedId;
    if (first == null) {
      first = new EventId(Long.MIN_VALUE, Sha256.id(fallback()), 0);
      untimedId = first;
    }
    return new EventId(first.high(), first.middle(), untimed++);
  }

  private StreamId stream(Place place) {
    String stream = place.stream();
    return origin.stream(place, stream == null ? fallback() : stream);
  }

  private String fallback() {
    String name = fallback;
    if (name == null) {
      name = fallbackStream.get();
      fallback = name;
    }
    return name;
  }

  /**
   * Gives the events on, and returns the counts.
   *
   * @param others events of the file that were counted elsewhere
   */
  LineTally finish(long others) {
    for (Map.Entry<StreamId, List<TimedLine>> entry : streams.entrySet()) {
      long count = kept.getOrDefault(entry.getKey(), 0L);
      if (hasFunction(entry.getKey(), entry.getValue())) {
        long inDoubt = give(entry.getKey(), inOrder(entry.getValue()));
        tally.rejected(SEVERAL_AT_ONCE, inDoubt);
        for (long i = inDoubt; i < count; i++) {
          tally.kept();
        }
      } else {
        tally.rejected(NO_FUNCTION, count);
      }
    }
    countStrange(others);
    return tally;
  }

  /**
   * A stream is one environment; a file without names may hold several at once. Returns how many
   * events could be of one or another.
   */
  private long give(StreamId stream, List<TimedLine> lines) {
    if (!isMadeUp(stream)) {
      sink.accept(stream, lines);
      return 0;
    }
    List<TimedLine> ordered = new ArrayList<>(lines);
    Collections.sort(ordered);
    Set<EventId> inDoubt = new HashSet<>();
    List<List<TimedLine>> lanes = Lanes.of(ordered, line -> inDoubt.add(line.eventId()));
    for (int lane = 0; lane < lanes.size(); lane++) {
      String name = stream.logStream() + (lane == 0 ? "" : "_" + lane);
      sink.accept(
          new StreamId(stream.account(), stream.region(), stream.logGroup(), name),
          lanes.get(lane));
    }
    return inDoubt.size();
  }

  private List<TimedLine> inOrder(List<TimedLine> lines) {
    boolean lost = withoutLevels || (!padded && bars > 2);
    List<TimedLine> levelled = lost ? restored(lines) : lines;
    boolean mixed = hasSome(levelled, true) && hasSome(levelled, false);
    return newestLast(mixed ? timed(levelled) : levelled);
  }

  /** Says that rows lost the blanks before their names. */
  void restoreLevels() {
    withoutLevels = true;
  }

  private static List<TimedLine> restored(List<TimedLine> lines) {
    List<TimingLine> levelled = LineReader.withLevels(lines.stream().map(TimedLine::line).toList());
    List<TimedLine> restored = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      TimedLine line = lines.get(i);
      restored.add(new TimedLine(line.atMillis(), line.eventId(), line.part(), levelled.get(i)));
    }
    return restored;
  }

  private boolean isUntimed(TimedLine line) {
    EventId first = untimedId;
    EventId id = line.eventId();
    return first != null && id.high() == first.high() && id.middle() == first.middle();
  }

  private boolean hasSome(List<TimedLine> lines, boolean ofUntimed) {
    for (TimedLine line : lines) {
      if (isUntimed(line) == ofUntimed) {
        return true;
      }
    }
    return false;
  }

  /**
   * Events without a time among others: it is that of the one before, or of the first that has one,
   * and all are numbered as they stand.
   */
  private List<TimedLine> timed(List<TimedLine> lines) {
    List<TimedLine> timed = new ArrayList<>(lines.size());
    long at = firstTime(lines);
    long number = -1;
    for (TimedLine line : lines) {
      at = isUntimed(line) ? at : line.atMillis();
      number += line.part() == 0 ? 1 : 0;
      boolean numbered = isUntimed(line) || line.eventId().isOrdinal();
      EventId id = numbered ? EventId.ordinal(number) : line.eventId();
      timed.add(new TimedLine(at, id, line.part(), line.line()));
    }
    return timed;
  }

  private long firstTime(List<TimedLine> lines) {
    for (TimedLine line : lines) {
      if (!isUntimed(line)) {
        return line.atMillis();
      }
    }
    return fileMillis;
  }

  /** Logs Insights answers with the newest first; then the places in the file count backwards. */
  private List<TimedLine> newestLast(List<TimedLine> lines) {
    TimedLine before = lines.get(0);
    if (before.atMillis() <= lines.get(lines.size() - 1).atMillis()) {
      return lines;
    }
    List<TimedLine> turned = new ArrayList<>(lines.size());
    for (TimedLine line : lines) {
      if (!line.eventId().isOrdinal() || line.atMillis() > before.atMillis()) {
        return lines;
      }
      before = line;
      EventId id = EventId.ordinal(ordinal + untimed - 1 - line.eventId().low());
      turned.add(new TimedLine(line.atMillis(), id, line.part(), line.line()));
    }
    return turned;
  }

  /** Whether its name is that of a file, which may hold several environments. */
  private static boolean isMadeUp(StreamId stream) {
    return stream.isTrace() || stream.logStream().startsWith(DeliveredLogs.STREAM);
  }

  private static boolean isOfFunction(StreamId stream) {
    return stream.function() != null || !stream.logGroup().isEmpty();
  }

  private static boolean hasFunction(StreamId stream, List<TimedLine> lines) {
    if (isOfFunction(stream)) {
      return true;
    }
    for (TimedLine line : lines) {
      if (line.line() instanceof TimingLine.InitStart start && start.functionName() != null) {
        return true;
      }
    }
    return false;
  }
}
