package dev.frostline.store;

import dev.frostline.coldstart.ColdStart;
import dev.frostline.coldstart.InitKind;
import dev.frostline.coldstart.StreamAssembly;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.LineCounts;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.timing.TimingLineCodec;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes one source into the store in one transaction: events are merged with what their streams
 * gave before, and all rows of a touched stream are replaced. A crash leaves the old rows or the
 * new ones.
 */
public final class Ingestion implements AutoCloseable {
  private static final int LINES_HELD = 1_000_000;
  private static final TimingLine.ImportTime PLACE =
      new TimingLine.ImportTime(ImportKind.PYTHON_MODULE, 0, 0, 0, "", false, null);

  private final Connection connection;
  private final String sourceKind;
  private final String source;
  private final Map<StreamId, List<TimedLine>> held = new HashMap<>();
  private final List<String> landingKeys = new ArrayList<>();
  private final Map<String, Long> newByRuntime = new TreeMap<>();
  private final Set<ChangedFunction> changedFunctions = new LinkedHashSet<>();
  private int linesHeld;
  private int filesHeld;
  private long newEvents;
  private long knownEvents;
  private long newColdStarts;
  private long importTimings;
  private boolean committed;

  Ingestion(Connection connection, String sourceKind, String source) {
    this.connection = connection;
    this.sourceKind = sourceKind;
    this.source = source;
    execute("BEGIN TRANSACTION");
  }

  private record ChangedFunction(String account, String region, String function) {}

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
    flush();
    writeLivePeriods();
    LineCounts lines = new LineCounts(received, newEvents, knownEvents, notOurs, rejects);
    writeLedger(lines);
    execute("COMMIT");
    committed = true;
    return new Summary(lines, newColdStarts, newByRuntime);
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
      for (ChangedFunction one : changedFunctions) {
        periods.rewrite(one.account(), one.region(), one.function());
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
    Map<Long, StreamId> streams = new HashMap<>();
    for (StreamId stream : held.keySet()) {
      streams.put(stream.id(), stream);
    }
    Map<Long, byte[]> stored = storedStreams(streams);
    Map<Long, StreamId> changed = changedStreams(streams, stored);
    Map<Long, List<TimingLine.ImportTime>> storedImports = storedImports(changed, stored);
    Map<StreamId, StreamMerge.Merged> replacements = new TreeMap<>();
    for (Map.Entry<Long, StreamId> entry : changed.entrySet()) {
      List<TimedLine> before = storedLines(entry.getKey(), stored, storedImports);
      StreamMerge.Merged merged = StreamMerge.merge(before, heldLines(entry.getValue()));
      newEvents += merged.newEvents();
      knownEvents += merged.knownEvents();
      if (merged.isChanged()) {
        replacements.put(entry.getValue(), merged);
      }
    }
    replace(replacements);
  }

  /** The streams that may have new events; those with known ones only are counted and done. */
  private Map<Long, StreamId> changedStreams(
      Map<Long, StreamId> streams, Map<Long, byte[]> stored) {
    Map<Long, StreamId> changed = new TreeMap<>();
    for (Map.Entry<Long, StreamId> entry : streams.entrySet()) {
      byte[] events = stored.get(entry.getKey());
      List<TimedLine> delivered = heldLines(entry.getValue());
      if (events != null) {
        List<TimedLine> places =
            TimingLineCodec.decode(
                events, Collections.nCopies(Integer.MAX_VALUE, PLACE).iterator());
        if (!StreamMerge.needsContent(places, delivered)) {
          StreamMerge.Merged merged = StreamMerge.merge(places, delivered);
          if (merged.newEvents() == 0) {
            knownEvents += merged.knownEvents();
            continue;
          }
        }
      }
      changed.put(entry.getKey(), entry.getValue());
    }
    return changed;
  }

  private List<TimedLine> heldLines(StreamId stream) {
    return held.getOrDefault(stream, List.of());
  }

  private static List<TimedLine> storedLines(
      long stream, Map<Long, byte[]> stored, Map<Long, List<TimingLine.ImportTime>> imports) {
    byte[] events = stored.get(stream);
    if (events == null) {
      return List.of();
    }
    Iterator<TimingLine.ImportTime> rows = imports.getOrDefault(stream, List.of()).iterator();
    return TimingLineCodec.decode(events, rows);
  }

  private void replace(Map<StreamId, StreamMerge.Merged> streams) throws SQLException {
    if (streams.isEmpty()) {
      return;
    }
    Object[] ids = streams.keySet().stream().map(StreamId::id).toArray();
    subtractStored(ids);
    for (String delete :
        List.of("store/delete_imports", "store/delete_cold_starts", "store/delete_streams")) {
      try (PreparedStatement statement = forStreams(delete, ids)) {
        statement.executeUpdate();
      }
    }
    try (RowWriter rows = new RowWriter(connection)) {
      for (Map.Entry<StreamId, StreamMerge.Merged> entry : streams.entrySet()) {
        StreamAssembly.Assembled assembled =
            StreamAssembly.assemble(entry.getKey(), entry.getValue().told());
        rows.stream(entry.getKey(), entry.getValue(), assembled);
        for (ColdStart coldStart : assembled.coldStarts()) {
          rows.coldStart(coldStart);
          changedFunctions.add(
              new ChangedFunction(
                  coldStart.stream().account(), coldStart.stream().region(), coldStart.function()));
          count(coldStart, 1);
        }
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

  private void subtractStored(Object[] ids) throws SQLException {
    try (PreparedStatement query = forStreams("store/stored_counts", ids);
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

  private Map<Long, byte[]> storedStreams(Map<Long, StreamId> streams) throws SQLException {
    Map<Long, byte[]> stored = new HashMap<>();
    try (PreparedStatement query = forStreams("store/stored_streams", streams.keySet().toArray());
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        Blob events = rows.getBlob(2);
        stored.put(rows.getLong(1), events.getBytes(1, (int) events.length()));
      }
    }
    return stored;
  }

  private Map<Long, List<TimingLine.ImportTime>> storedImports(
      Map<Long, StreamId> changed, Map<Long, byte[]> stored) throws SQLException {
    Object[] ids = changed.keySet().stream().filter(stored::containsKey).toArray();
    Map<Long, List<TimingLine.ImportTime>> imports = new HashMap<>();
    if (ids.length == 0) {
      return imports;
    }
    try (PreparedStatement query = forStreams("store/stored_imports", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        imports
            .computeIfAbsent(rows.getLong(1), key -> new ArrayList<>())
            .add(
                new TimingLine.ImportTime(
                    ImportKind.ofLabel(rows.getString(2)),
                    rows.getInt(3),
                    rows.getLong(4),
                    rows.getLong(5),
                    rows.getString(6),
                    rows.getBoolean(7),
                    null));
      }
    }
    return imports;
  }

  private PreparedStatement forStreams(String query, Object[] ids) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(Queries.text(query));
    statement.setArray(1, connection.createArrayOf("BIGINT", ids));
    return statement;
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
