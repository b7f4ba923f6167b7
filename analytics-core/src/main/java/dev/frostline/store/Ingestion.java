package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.InitKind;
import dev.frostline.coldstart.WarmRun;
import dev.frostline.timing.LineCounts;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.verdict.history.FunctionScope;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes a source, or several small ones, into the store in one transaction: events are merged with
 * what their streams gave before, and all rows of a touched stream are replaced. A crash leaves the
 * old rows or the new ones.
 */
public final class Ingestion implements AutoCloseable {
  private static final int LINES_HELD = 250_000;
  private static final int STREAMS_AT_ONCE = 100;
  private static final long IMPORTS_AT_ONCE = 200_000;

  private final Connection connection;
  private final String sourceKind;
  private String source;
  private final WarmRun.Sizes sizes;
  private final Map<StreamId, List<TimedLine>> held = new HashMap<>();
  private final List<String> landingKeys = new ArrayList<>();
  private final Map<String, Long> newByRuntime = new TreeMap<>();
  private final Set<FunctionScope> changedFunctions = new LinkedHashSet<>();
  private int linesHeld;
  private int filesHeld;
  private long newEvents;
  private long knownEvents;
  private long newColdStarts;
  private long importTimings;
  private boolean committed;

  Ingestion(Connection connection, String sourceKind, String source, WarmRun.Sizes sizes) {
    this.connection = connection;
    this.sizes = sizes;
    this.sourceKind = sourceKind;
    this.source = source;
    execute("BEGIN TRANSACTION");
  }

  /** What a source came to. */
  public record Summary(
      LineCounts lines, long newColdStarts, Map<String, Long> newColdStartsByRuntime) {}

  /** Adds lines of whole events; those without ids in the order of their file. */
  public void add(StreamId stream, List<TimedLine> lines) {
    boolean isOfFile = lines.stream().anyMatch(line -> line.eventId().isOrdinal());
    held.computeIfAbsent(stream, key -> new ArrayList<>())
        .addAll(isOfFile ? FileOrder.ofFile(lines, filesHeld++) : lines);
    linesHeld += lines.size();
    if (linesHeld >= LINES_HELD) {
      flush();
    }
  }

  /** Says that the lines of this landing object were added, so that it is never taken again. */
  public void landed(String key) {
    landingKeys.add(key);
  }

  /**
   * Stores the source and its ledger entry.
   *
   * @param received log events read
   * @param notOurs of these, events without a timing line
   * @param rejects of these, broken events by reason
   */
  public Summary commit(long received, long notOurs, Map<String, Long> rejects) {
    Summary summary = finish(received, notOurs, rejects);
    commit();
    return summary;
  }

  /**
   * Writes the ledger entry of the source, behind which {@link #next} begins another one in the
   * same transaction; parameters as for {@link #commit(long, long, Map)}.
   */
  public Summary finish(long received, long notOurs, Map<String, Long> rejects) {
    flush();
    LineCounts lines = new LineCounts(received, newEvents, knownEvents, notOurs, rejects);
    writeLedger(lines);
    return new Summary(lines, newColdStarts, new TreeMap<>(newByRuntime));
  }

  /** Goes on with another source. */
  public void next(String name) {
    source = name;
    newEvents = 0;
    knownEvents = 0;
    newColdStarts = 0;
    importTimings = 0;
    newByRuntime.clear();
    landingKeys.clear();
  }

  /** Stores all sources that were finished. */
  public void commit() {
    writeLivePeriods();
    execute("COMMIT");
    committed = true;
  }

  /** Forgets everything that was not committed. */
  @Override
  public void close() {
    if (!committed) {
      execute("ROLLBACK");
    }
  }

  /** Of the functions whose cold starts changed. */
  private void writeLivePeriods() {
    LivePeriods periods = new LivePeriods(connection);
    try {
      for (FunctionScope one : changedFunctions) {
        periods.rewrite(one);
      }
    } catch (SQLException e) {
      throw new StoreException("Cannot store " + source + ": " + Store.firstLine(e), e);
    }
  }

  private void flush() {
    if (held.isEmpty()) {
      return;
    }
    try {
      store();
    } catch (SQLException e) {
      throw new StoreException("Cannot store " + source + ": " + Store.firstLine(e), e);
    }
    held.clear();
    linesHeld = 0;
    filesHeld = 0;
  }

  private void store() throws SQLException {
    List<StreamId> streams = new ArrayList<>(new TreeSet<>(held.keySet()));
    for (int from = 0; from < streams.size(); from += STREAMS_AT_ONCE) {
      store(streams.subList(from, Math.min(streams.size(), from + STREAMS_AT_ONCE)));
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
      StreamUpdate update =
          new StreamUpdate(
              stream,
              held.getOrDefault(stream, List.of()),
              events.get(id),
              runs.getOrDefault(id, List.of()),
              stored,
              sizes);
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
      newEvents += update.newEvents();
      knownEvents += update.knownEvents();
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
    subtractStored(replaced);
    delete("store/delete_imports", replaced);
    delete("store/delete_cold_starts", replaced);
    delete("store/delete_streams", known);
    try (RowWriter rows = new RowWriter(connection)) {
      for (StreamUpdate update : changed) {
        update.write(rows);
        if (!update.leavesColdStarts()) {
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
      count(coldStart, 1);
    }
  }

  private void delete(String query, List<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      try (PreparedStatement statement = new StoredStreams(connection).forStreams(query, ids)) {
        statement.executeUpdate();
      }
    }
  }

  private void count(ColdStart coldStart, int sign) {
    importTimings += (long) sign * coldStart.imports().size();
    if (coldStart.initKind() != InitKind.SNAPSHOT) {
      newColdStarts += sign;
      String runtime = coldStart.runtime() == null ? "unknown" : coldStart.runtime();
      newByRuntime.merge(runtime, (long) sign, Long::sum);
    }
  }

  private void subtractStored(List<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement query =
            new StoredStreams(connection).forStreams("store/stored_counts", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        long coldStarts = rows.getLong(2);
        newColdStarts -= coldStarts;
        importTimings -= rows.getLong(3);
        if (coldStarts > 0) {
          newByRuntime.merge(rows.getString(1), -coldStarts, Long::sum);
        }
      }
    }
  }

  private void writeLedger(LineCounts lines) {
    try (PreparedStatement entry =
        connection.prepareStatement(Queries.text("store/add_ledger_entry"))) {
      entry.setString(1, sourceKind);
      entry.setString(2, source);
      long[] numbers = {
        lines.received(),
        lines.stored(),
        lines.alreadyStored(),
        lines.notOurs(),
        lines.rejected(),
        newColdStarts,
        importTimings
      };
      for (int i = 0; i < numbers.length; i++) {
        entry.setLong(i + 3, numbers[i]);
      }
      try (ResultSet row = entry.executeQuery()) {
        row.next();
        writeRejects(row.getLong(1), lines.rejects());
        writeLanded(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new StoreException(
          "Cannot write the ingest ledger for " + source + ": " + Store.firstLine(e), e);
    }
  }

  private void writeRejects(long ledgerId, Map<String, Long> rejects) throws SQLException {
    for (Map.Entry<String, Long> reject : new TreeMap<>(rejects).entrySet()) {
      try (PreparedStatement row = connection.prepareStatement(Queries.text("store/add_reject"))) {
        row.setLong(1, ledgerId);
        row.setString(2, reject.getKey());
        row.setLong(3, reject.getValue());
        row.executeUpdate();
      }
    }
  }

  private void writeLanded(long ledgerId) throws SQLException {
    try (PreparedStatement rows = connection.prepareStatement(Queries.text("store/add_landed"))) {
      rows.setLong(1, ledgerId);
      rows.setArray(2, connection.createArrayOf("VARCHAR", landingKeys.toArray()));
      rows.executeUpdate();
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new StoreException("Cannot store " + source + ": " + Store.firstLine(e), e);
    }
  }
}
