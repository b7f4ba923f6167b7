package dev.frostline.store;

import dev.frostline.coldstart.WarmRun;
import dev.frostline.timing.ImportKind;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import dev.frostline.timing.TimingLineCodec;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and removes what the store holds of some log streams. */
final class StoredStreams {
  private final Connection connection;

  StoredStreams(Connection connection) {
    this.connection = connection;
  }

  /** A run of warm requests and its number in its stream. */
  record StoredRun(int number, WarmRun run) {}

  /** The lines of each known stream but those of its runs, encoded. */
  Map<Long, byte[]> events(Collection<Long> ids) throws SQLException {
    Map<Long, byte[]> events = new HashMap<>();
    try (PreparedStatement query = forStreams("store/stored_streams", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        events.put(rows.getLong(1), bytes(rows.getBlob(2)));
      }
    }
    return events;
  }

  /** The runs of each stream that has any, in their order. */
  Map<Long, List<StoredRun>> runs(Collection<Long> ids) throws SQLException {
    Map<Long, List<StoredRun>> runs = new HashMap<>();
    try (PreparedStatement query = forStreams("store/warm_runs", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        WarmRun run =
            new WarmRun(
                rows.getLong(3) / 1000,
                rows.getLong(4) / 1000,
                rows.getInt(5),
                rows.getInt(6),
                rows.getString(7));
        runs.computeIfAbsent(rows.getLong(1), key -> new ArrayList<>())
            .add(new StoredRun(rows.getInt(2), run));
      }
    }
    return runs;
  }

  /** The lines of runs of a stream. */
  List<TimedLine> linesOf(long stream, List<Integer> numbers) throws SQLException {
    List<TimedLine> lines = new ArrayList<>();
    try (PreparedStatement query = forRuns("store/warm_run_lines", stream, numbers);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        lines.addAll(TimingLineCodec.decode(bytes(rows.getBlob(1))));
      }
    }
    return lines;
  }

  void deleteRuns(long stream, List<Integer> numbers) throws SQLException {
    if (!numbers.isEmpty()) {
      try (PreparedStatement delete = forRuns("store/delete_warm_runs", stream, numbers)) {
        delete.executeUpdate();
      }
    }
  }

  /** How many import timings each stream has, where it has any. */
  Map<Long, Long> importCounts(Collection<Long> ids) throws SQLException {
    Map<Long, Long> counts = new HashMap<>();
    try (PreparedStatement query = forStreams("store/stored_import_counts", ids);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return counts;
  }

  /** The import timings of each stream that has any, in the order of its lines. */
  Map<Long, List<TimingLine.ImportTime>> imports(Collection<Long> ids) throws SQLException {
    Map<Long, List<TimingLine.ImportTime>> imports = new HashMap<>();
    if (ids.isEmpty()) {
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

  /** Runs one of the statements that take the ids of streams. */
  PreparedStatement forStreams(String query, Collection<Long> ids) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(Queries.text(query));
    statement.setArray(1, connection.createArrayOf("BIGINT", ids.toArray()));
    return statement;
  }

  private PreparedStatement forRuns(String query, long stream, List<Integer> numbers)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(Queries.text(query));
    statement.setLong(1, stream);
    statement.setArray(2, connection.createArrayOf("INTEGER", numbers.toArray()));
    return statement;
  }

  private static byte[] bytes(Blob blob) throws SQLException {
    return blob.getBytes(1, (int) blob.length());
  }
}
