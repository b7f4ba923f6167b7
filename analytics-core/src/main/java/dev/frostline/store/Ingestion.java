package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.WarmRun;
import dev.frostline.timing.LineCounts;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.verdict.history.FunctionScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Takes sources into the store, many small ones in one transaction: events are merged with what
 * their streams gave before, and all rows of a touched stream are replaced. A crash leaves the old
 * rows or the new ones, and of each source all or nothing.
 */
public final class Ingestion implements AutoCloseable {
  private static final int LINES_HELD = 250_000;
  private static final int SOURCES_AT_ONCE = 2_000;
  private static final int STREAMS_AT_ONCE = 100;
  private static final long IMPORTS_AT_ONCE = 200_000;

  /** Which of a stream's events were stored is not known any more. */
  static final String PRUNED = "of a log stream that retention has thinned out";

  private final Connection connection;
  private final String sourceKind;
  private final WarmRun.Sizes sizes;
  private final Consumer<Summary> committed;
  private final StreamSupply supply;
  private final Map<StreamId, List<TimedLine>> ofSource = new HashMap<>();
  private final Map<StreamId, List<StreamUpdate.Delivery>> held = new HashMap<>();
  private final List<Source> finished = new ArrayList<>();
  private final Set<FunctionScope> changedFunctions = new LinkedHashSet<>();
  private Source source = new Source("");
  private int linesOfSource;
  private int linesHeld;
  private int filesHeld;
  private boolean isPartlyStored;

  /**
   * Into a store.
   *
   * @param supply holds what the store does not
   * @param committed hears of each source when it is stored for good
   */
  Ingestion(
      Connection connection,
      String sourceKind,
      WarmRun.Sizes sizes,
      StreamSupply supply,
      Consumer<Summary> committed) {
    this.connection = connection;
    this.supply = supply;
    this.sizes = sizes;
    this.sourceKind = sourceKind;
    this.committed = committed;
    execute("BEGIN TRANSACTION");
  }

  /** What a source came to. */
  public record Summary(
      LineCounts lines, long newColdStarts, Map<String, Long> newColdStartsByRuntime) {}

  /** Goes on with another source, when the one before is finished or abandoned. */
  public void begin(String name) {
    source = new Source(name);
  }

  /** Adds lines of whole events; those without ids in the order of their file. */
  public void add(StreamId stream, List<TimedLine> lines) {
    boolean isOfFile = lines.stream().anyMatch(line -> line.eventId().isOrdinal());
    ofSource
        .computeIfAbsent(stream, key -> new ArrayList<>())
        .addAll(isOfFile ? FileOrder.ofFile(lines, filesHeld++) : lines);
    linesOfSource += lines.size();
    if (linesOfSource >= LINES_HELD) {
      commitFinished();
      hold();
      flush();
      isPartlyStored = true;
    }
  }

  /** Says that the lines of this landing object were added, so that it is never taken again. */
  public void landed(String key) {
    source.landed(key);
  }

  /**
   * Ends the source, which is stored at once or with those that follow.
   *
   * @param received log events read
   * @param notOurs of these, events without a timing line
   * @param rejects of these, broken events by reason
   */
  public void finish(long received, long notOurs, Map<String, Long> rejects) {
    source.read(received, notOurs, rejects);
    hold();
    finished.add(source);
    if (isPartlyStored || linesHeld >= LINES_HELD || finished.size() >= SOURCES_AT_ONCE) {
      commitFinished();
    }
  }

  /** Forgets what was added of the source; those that are finished stay. */
  public void abandon() {
    ofSource.clear();
    linesOfSource = 0;
    if (isPartlyStored) {
      execute("ROLLBACK");
      begin();
    }
  }

  /** Makes the lines of finished sources readable for this store's connection. */
  public void flush() {
    try {
      supply.bring(spans());
      place();
      List<StreamId> streams = new ArrayList<>(new TreeSet<>(held.keySet()));
      for (int from = 0; from < streams.size(); from += STREAMS_AT_ONCE) {
        store(streams.subList(from, Math.min(streams.size(), from + STREAMS_AT_ONCE)));
      }
    } catch (SQLException e) {
      throw cannotStore(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    held.clear();
    linesHeld = 0;
  }

  private Map<StreamId, StreamSupply.Span> spans() {
    Map<StreamId, StreamSupply.Span> spans = new HashMap<>();
    held.forEach(
        (stream, deliveries) -> {
          LongSummaryStatistics times =
              deliveries.stream()
                  .flatMap(delivery -> delivery.lines().stream())
                  .mapToLong(TimedLine::atMillis)
                  .summaryStatistics();
          if (times.getCount() > 0) {
            spans.put(stream, new StreamSupply.Span(times.getMin(), times.getMax()));
          }
        });
    return spans;
  }

  /**
   * Ends the source and stores it for good, and those before it; parameters as for {@link #finish}.
   */
  public Summary commit(long received, long notOurs, Map<String, Long> rejects) {
    Source last = source;
    finish(received, notOurs, rejects);
    commit();
    return last.summary();
  }

  /** Stores all sources that were finished. */
  public void commit() {
    if (!finished.isEmpty()) {
      commitFinished();
    }
  }

  /** Forgets everything that was not committed. */
  @Override
  public void close() {
    execute("ROLLBACK");
  }

  private void begin() {
    execute("BEGIN TRANSACTION");
    isPartlyStored = false;
    filesHeld = 0;
    changedFunctions.clear();
  }

  private void commitFinished() {
    if (finished.isEmpty()) {
      return;
    }
    flush();
    try {
      new Ledger(connection).write(sourceKind, finished);
      new LivePeriods(connection).rewrite(changedFunctions);
    } catch (SQLException e) {
      throw cannotStore(e);
    }
    execute("COMMIT");
    finished.forEach(one -> committed.accept(one.summary()));
    finished.clear();
    begin();
  }

  private StoreException cannotStore(SQLException e) {
    return new StoreException("Cannot store " + named() + ": " + Store.firstLine(e), e);
  }

  private String named() {
    int others = finished.size() - 1;
    return finished.isEmpty()
        ? source.name()
        : finished.get(0).name() + (others > 0 ? " and " + others + " more" : "");
  }

  /** Puts what was added of the source among what is held of others. */
  private void hold() {
    ofSource.forEach(
        (stream, lines) ->
            held.computeIfAbsent(stream, key -> new ArrayList<>())
                .add(new StreamUpdate.Delivery(source, lines)));
    ofSource.clear();
    linesHeld += linesOfSource;
    linesOfSource = 0;
  }

  /** Puts what is held under the streams as the store knows them. */
  private void place() throws SQLException {
    StreamPlaces places = new StreamPlaces(connection);
    places.learn(held.keySet());
    changedFunctions.addAll(places.changed());
    for (StreamId stream : List.copyOf(held.keySet())) {
      StreamId place = places.placeOf(stream);
      if (stream.equals(place)) {
        continue;
      }
      List<StreamUpdate.Delivery> deliveries = held.getOrDefault(stream, List.of());
      held.remove(stream);
      if (place != null) {
        held.computeIfAbsent(place, key -> new ArrayList<>()).addAll(deliveries);
      } else {
        deliveries.forEach(delivery -> delivery.refuse(places.contradiction(stream)));
      }
    }
  }

  private void store(List<StreamId> streams) throws SQLException {
    StoredStreams stored = new StoredStreams(connection);
    Map<Long, byte[]> events = stored.events(streams.stream().map(StreamId::id).toList());
    Map<Long, List<StoredStreams.StoredRun>> runs =
        events.isEmpty() ? Map.of() : stored.runs(events.keySet());
    List<StreamUpdate> settled = new ArrayList<>();
    Map<Long, StreamUpdate> left = new TreeMap<>();
    for (StreamId stream : streams) {
      long id = stream.id();
      List<StreamUpdate.Delivery> deliveries = held.getOrDefault(stream, List.of());
      byte[] before = events.get(id);
      if (before != null && before.length == 0) {
        deliveries.forEach(delivery -> delivery.refuse(PRUNED));
        continue;
      }
      StreamUpdate update =
          new StreamUpdate(
              stream, deliveries, before, runs.getOrDefault(id, List.of()), stored, sizes);
      if (update.settleWithoutImports()) {
        settled.add(update);
      } else {
        left.put(id, update);
      }
    }
    write(settled);
    settleLeft(left, stored);
  }

  /** With the import timings that the store holds of them, so many at once as fit into memory. */
  private void settleLeft(Map<Long, StreamUpdate> left, StoredStreams stored) throws SQLException {
    if (left.isEmpty()) {
      return;
    }
    Map<Long, Long> counts = stored.importCounts(left.keySet());
    Map<Long, StreamUpdate> group = new TreeMap<>();
    long imports = 0;
    for (Map.Entry<Long, StreamUpdate> entry : left.entrySet()) {
      long own = counts.getOrDefault(entry.getKey(), 0L);
      if (imports + own > IMPORTS_AT_ONCE && !group.isEmpty()) {
        settleGroup(group, stored);
        group.clear();
        imports = 0;
      }
      group.put(entry.getKey(), entry.getValue());
      imports += own;
    }
    settleGroup(group, stored);
  }

  private void settleGroup(Map<Long, StreamUpdate> group, StoredStreams stored)
      throws SQLException {
    Map<Long, List<TimingLine.ImportTime>> imports = stored.imports(group.keySet());
    for (Map.Entry<Long, StreamUpdate> entry : group.entrySet()) {
      entry.getValue().settle(imports.getOrDefault(entry.getKey(), List.of()));
    }
    write(group.values());
  }

  private void write(Collection<StreamUpdate> updates) throws SQLException {
    List<StreamUpdate> changed = new ArrayList<>();
    List<Long> known = new ArrayList<>();
    List<Long> replaced = new ArrayList<>();
    for (StreamUpdate update : updates) {
      update.countEvents();
      if (update.isChanged()) {
        changed.add(update);
        update.deleteOpened();
        if (!update.isNew()) {
          known.add(update.stream().id());
          if (!update.leavesColdStarts()) {
            replaced.add(update.stream().id());
          }
        }
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    Map<Long, StartCounts> before = storedCounts(replaced);
    addFunctions(replaced);
    delete("store/delete_imports", replaced);
    delete("store/delete_module_usage", replaced);
    delete("store/delete_cold_starts", replaced);
    delete("store/delete_streams", known);
    try (RowWriter rows = new RowWriter(connection)) {
      for (StreamUpdate update : changed) {
        update.write(rows);
        if (!update.leavesColdStarts()) {
          update.countStarts(before.getOrDefault(update.stream().id(), StartCounts.NONE));
          writeColdStarts(update.coldStarts(), rows);
        }
      }
    }
  }

  private void writeColdStarts(List<ColdStart> coldStarts, RowWriter rows) throws SQLException {
    for (ColdStart coldStart : coldStarts) {
      rows.coldStart(coldStart);
      changedFunctions.add(
          new FunctionScope(
              coldStart.stream().account(),
              coldStart.stream().region(),
              coldStart.function(),
              null));
    }
  }

  /** A start may be another function's from here on: then the one that loses it changes, too. */
  private void addFunctions(List<Long> streams) throws SQLException {
    if (streams.isEmpty()) {
      return;
    }
    try (PreparedStatement query =
            new StoredStreams(connection).forStreams("store/functions_of_streams", streams);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        changedFunctions.add(
            new FunctionScope(row.getString(1), row.getString(2), row.getString(3), null));
      }
    }
  }

  private void delete(String query, List<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      try (PreparedStatement statement = new StoredStreams(connection).forStreams(query, ids)) {
        statement.executeUpdate();
      }
    }
  }

  private Map<Long, StartCounts> storedCounts(List<Long> ids) throws SQLException {
    Map<Long, StartCounts> counts = new HashMap<>();
    if (ids.isEmpty()) {
      return counts;
    }
    try (PreparedStatement query =
            new StoredStreams(connection).forStreams("store/stored_counts", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        Map<String, Long> ofRuntime = Map.of(rows.getString(2), rows.getLong(3));
        counts.merge(
            rows.getLong(1), new StartCounts(ofRuntime, rows.getLong(4)), StartCounts::plus);
      }
    }
    return counts;
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw cannotStore(e);
    }
  }
}
