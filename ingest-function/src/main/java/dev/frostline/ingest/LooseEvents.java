package dev.frostline.ingest;

import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events of a file that names their stream per event or not at all: {@code aws logs} output,
 * exports, trace files. They are given on when the file has ended, because only then it is known
 * whether anything named their function.
 */
final class LooseEvents {
  static final String NO_FUNCTION = "no function name: say which with --function";
  private final EventReader events;
  private final Origin origin;
  private final Supplier<String> fallbackStream;
  private @Nullable String fallback;
  private final LineTally tally = new LineTally();
  private final Map<StreamId, List<TimedLine>> streams = new TreeMap<>();
  private final Map<StreamId, Long> kept = new HashMap<>();
  private long ordinal;

  LooseEvents(EventReader events, Origin origin, Supplier<String> fallbackStream) {
    this.events = events;
    this.origin = origin;
    this.fallbackStream = fallbackStream;
  }

  void reject(String reason) {
    tally.rejected(reason);
  }

  void notOurs() {
    tally.notOurs(1);
  }

  /** Adds an event whose id is its place in the file where none is given. */
  void add(
      @Nullable String stream, @Nullable EventId id, long atMillis, byte[] text, int from, int to) {
    EventId eventId = id != null ? id : EventId.ordinal(ordinal++);
    if (!events.message(text, from, to, tally)) {
      return;
    }
    if (events.isEmpty()) {
      tally.notOurs(1);
      return;
    }
    StreamId streamId = origin.stream(stream, stream == null ? fallback() : stream);
    events.finish(
        atMillis,
        eventId,
        streams.computeIfAbsent(streamId, key -> new ArrayList<>()),
        new LineTally());
    kept.merge(streamId, 1L, Long::sum);
  }

  private String fallback() {
    String name = fallback;
    if (name == null) {
      name = fallbackStream.get();
      fallback = name;
    }
    return name;
  }

  /** Gives the events on, and returns the counts. */
  LineTally finish(TimingLineSink sink) {
    for (Map.Entry<StreamId, List<TimedLine>> entry : streams.entrySet()) {
      long count = kept.getOrDefault(entry.getKey(), 0L);
      if (hasFunction(entry.getKey(), entry.getValue())) {
        sink.accept(entry.getKey(), entry.getValue());
        for (long i = 0; i < count; i++) {
          tally.kept();
        }
      } else {
        tally.rejected(NO_FUNCTION, count);
      }
    }
    return tally;
  }

  private static boolean hasFunction(StreamId stream, List<TimedLine> lines) {
    if (stream.function() != null || !stream.logGroup().isEmpty()) {
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
