package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.ImportTiming;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.coldstart.WarmRun;
import dev.frostline.store.StoredStreams.StoredRun;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.timing.TimingLineCodec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log stream on its way into the store: what it gave before, what is delivered, and what
 * becomes of both. Runs of warm requests stay closed unless an event of their time is delivered, or
 * what they stand behind has changed; most deliveries are warm requests at a stream's end, and
 * leave its cold starts as they are.
 */
final class StreamUpdate {
  private final StreamId stream;
  private final List<Delivery> deliveries;
  private final List<TimedLine> delivered;
  private final byte @Nullable [] events;
  private final StoredStreams stored;
  private final WarmRun.Sizes sizes;
  private final List<StoredRun> closed;
  private final List<Integer> opened = new ArrayList<>();
  private final List<TimedLine> openedLines = new ArrayList<>();
  private final int nextNumber;
  private final List<StreamMerge.Merged> steps = new ArrayList<>();
  private final List<StartCounts> starts = new ArrayList<>();
  private StreamMerge.Merged merged = StreamMerge.merge(List.of(), List.of());
  private StreamAssembly.@Nullable Assembled assembled;
  private boolean leavesColdStarts;

  /**
   * A stream with what is delivered of it, in the order of the sources.
   *
   * @param events what the store holds of it; null when it is new
   */
  StreamUpdate(
      StreamId stream,
      List<Delivery> deliveries,
      byte @Nullable [] events,
      List<StoredRun> runs,
      StoredStreams stored,
      WarmRun.Sizes sizes) {
    this.stream = stream;
    this.deliveries = deliveries;
    this.delivered = deliveries.stream().flatMap(delivery -> delivery.lines().stream()).toList();
    this.events = events;
    this.closed = new ArrayList<>(runs);
    this.stored = stored;
    this.sizes = sizes;
    this.nextNumber = 1 + runs.stream().mapToInt(StoredRun::number).max().orElse(0);
  }

  /** What one source brings of the stream. */
  record Delivery(Source source, List<TimedLine> lines) {
    /** Counts its events as rejected. */
    void refuse(String reason) {
      source.refused(reason, lines.stream().filter(line -> line.part() == 0).count());
    }
  }

  StreamId stream() {
    return stream;
  }

  boolean isNew() {
    return events == null;
  }

  boolean isChanged() {
    return steps.stream().anyMatch(StreamMerge.Merged::isChanged);
  }

  /** Tells each source which of its events were new. */
  void countEvents() {
    for (int i = 0; i < steps.size(); i++) {
      StreamMerge.Merged step = steps.get(i);
      deliveries.get(i).source().events(step.newEvents(), step.knownEvents());
    }
  }

  /** Tells each source which cold starts it made of those before. */
  void countStarts(StartCounts stored) {
    StartCounts before = stored;
    for (int i = 0; i < starts.size(); i++) {
      deliveries.get(i).source().starts(before, starts.get(i));
      before = starts.get(i);
    }
  }

  /** Whether the rows of its cold starts are right as they are stored. */
  boolean leavesColdStarts() {
    return leavesColdStarts;
  }

  List<ColdStart> coldStarts() {
    return assembled().coldStarts();
  }

  /**
   * Settles what can be settled without the stored import timings; false when they are needed: then
   * {@link #settle} follows.
   */
  boolean settleWithoutImports() throws SQLException {
    openWhereDelivered();
    byte[] before = events;
    if (before == null) {
      settle(List.of());
      return true;
    }
    List<TimedLine> places = withOpened(TimingLineCodec.decodePlaces(before));
    boolean hasPlaces = places.stream().anyMatch(line -> TimingLineCodec.isPlace(line.line()));
    if (hasPlaces && StreamMerge.needsContent(places, delivered)) {
      return false;
    }
    merge(places);
    if (!isChanged()) {
      return true;
    }
    if (!isTail(places)) {
      return false;
    }
    int openedBefore = opened.size();
    List<ColdStart> coldStarts = assemble(StreamMerge.merge(places, List.of()).told()).coldStarts();
    StreamAssembly.Assembled after = assemble(merged.told());
    if (openedBefore != opened.size() || !coldStarts.equals(after.coldStarts())) {
      return false;
    }
    assembled = after;
    leavesColdStarts = true;
    return true;
  }

  /** Settles it with the stored import timings in their order. */
  void settle(List<TimingLine.ImportTime> imports) throws SQLException {
    List<TimedLine> before =
        events == null ? List.of() : TimingLineCodec.decode(events, imports.iterator());
    int openedBefore;
    do {
      openedBefore = opened.size();
      merge(withOpened(before));
      assembled = assemble(merged.told());
      countSteps(assembled);
    } while (openedBefore != opened.size());
  }

  /** Adds one delivery after the other. */
  private void merge(List<TimedLine> before) {
    steps.clear();
    List<TimedLine> lines = before;
    for (Delivery delivery : deliveries) {
      merged = StreamMerge.merge(lines, delivery.lines());
      lines = merged.lines();
      steps.add(merged);
    }
  }

  /** Counts the cold starts behind each delivery. */
  private void countSteps(StreamAssembly.Assembled last) throws SQLException {
    starts.clear();
    for (StreamMerge.Merged step : steps.subList(0, steps.size() - 1)) {
      starts.add(StartCounts.of(assemble(step.told()).coldStarts()));
    }
    starts.add(StartCounts.of(last.coldStarts()));
  }

  /** Deletes the runs that were opened. */
  void deleteOpened() throws SQLException {
    stored.deleteRuns(stream.id(), opened);
  }

  /** Writes what became of it; rows that it replaces were deleted. */
  void write(RowWriter rows) throws SQLException {
    List<TimedLine> left = new ArrayList<>();
    List<@Nullable ImportTiming> rowsLeft = new ArrayList<>();
    Iterator<@Nullable ImportTiming> rowsTold = assembled().rowsOfLines().iterator();
    Iterator<StreamAssembly.Warm> warm = assembled().warm().iterator();
    WarmRun run = warm.hasNext() ? warm.next().run() : null;
    List<TimedLine> ofRun = new ArrayList<>();
    int number = nextNumber;
    for (int i = 0; i < merged.lines().size(); i++) {
      TimedLine line = merged.lines().get(i);
      if (run != null && line.atMillis() > run.lastMillis()) {
        rows.warmRun(stream, number++, run, ofRun);
        run = warm.hasNext() ? warm.next().run() : null;
        ofRun = new ArrayList<>();
      }
      boolean isImport = line.line() instanceof TimingLine.ImportTime;
      ImportTiming row = isImport && !merged.untold().get(i) ? rowsTold.next() : null;
      if (run != null && line.atMillis() >= run.firstMillis()) {
        ofRun.add(line);
      } else {
        left.add(line);
        if (isImport) {
          rowsLeft.add(row);
        }
      }
    }
    if (run != null) {
      rows.warmRun(stream, number, run, ofRun);
    }
    writeRow(rows, merged.lines(), encoded(left, rowsLeft));
  }

  private void writeRow(RowWriter rows, List<TimedLine> lines, byte[] encoded) throws SQLException {
    long first = lines.isEmpty() ? Long.MAX_VALUE : lines.get(0).atMillis();
    long last = lines.isEmpty() ? Long.MIN_VALUE : lines.get(lines.size() - 1).atMillis();
    for (StoredRun run : closed) {
      first = Math.min(first, run.run().firstMillis());
      last = Math.max(last, run.run().lastMillis());
    }
    rows.stream(stream, first, last, assembled().invocations(), encoded);
  }

  private byte[] encoded(List<TimedLine> left, List<@Nullable ImportTiming> rowsLeft) {
    if (leavesColdStarts) {
      return TimingLineCodec.encodePlaces(left);
    }
    List<TimingLine.@Nullable ImportTime> rows = new ArrayList<>();
    for (ImportTiming row : rowsLeft) {
      rows.add(row == null ? null : row.line());
    }
    return TimingLineCodec.encodeWithoutImports(left, rows.iterator());
  }

  private StreamAssembly.Assembled assembled() {
    if (assembled == null) {
      throw new IllegalStateException("not settled: " + stream.id());
    }
    return assembled;
  }

  /** Opens runs that do not stand behind what they stood behind; their lines are then missing. */
  private StreamAssembly.Assembled assemble(List<TimedLine> lines) throws SQLException {
    List<WarmRun> runs = closed.stream().map(StoredRun::run).toList();
    StreamAssembly.Assembled result = StreamAssembly.assemble(stream, lines, runs, sizes);
    List<StoredRun> unfit =
        closed.stream().filter(run -> result.unfit().contains(run.run())).toList();
    open(unfit);
    return result;
  }

  private void openWhereDelivered() throws SQLException {
    long[] times = delivered.stream().mapToLong(TimedLine::atMillis).sorted().toArray();
    List<StoredRun> reached = new ArrayList<>();
    for (StoredRun run : closed) {
      int found = Arrays.binarySearch(times, run.run().firstMillis());
      int next = found < 0 ? -found - 1 : found;
      if (next < times.length && times[next] <= run.run().lastMillis()) {
        reached.add(run);
      }
    }
    open(reached);
  }

  private void open(List<StoredRun> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    List<Integer> numbers = runs.stream().map(StoredRun::number).toList();
    openedLines.addAll(stored.linesOf(stream.id(), numbers));
    opened.addAll(numbers);
    closed.removeAll(runs);
  }

  private List<TimedLine> withOpened(List<TimedLine> lines) {
    if (openedLines.isEmpty()) {
      return lines;
    }
    List<TimedLine> all = new ArrayList<>(lines);
    all.addAll(openedLines);
    Collections.sort(all);
    return all;
  }

  /** Nothing is delivered but requests and faults behind all that may be of an init. */
  private boolean isTail(List<TimedLine> before) {
    if (!delivered.stream().allMatch(StreamUpdate::isOfRequest)) {
      return false;
    }
    long first = Collections.min(delivered).atMillis();
    for (int i = before.size() - 1; i >= 0 && before.get(i).atMillis() >= first; i--) {
      if (!isOfRequest(before.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfRequest(TimedLine line) {
    return line.line() instanceof TimingLine.Start
        || line.line() instanceof TimingLine.Report
        || line.line() instanceof TimingLine.Fault;
  }
}
