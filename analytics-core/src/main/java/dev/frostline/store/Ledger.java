package dev.frostline.store;

import dev.frostline.timing.LineCounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Writes down what came of each source, in the transaction that stores it. */
final class Ledger {
  private final Connection connection;

  Ledger(Connection connection) {
    this.connection = connection;
  }

  /** Writes an entry for each source, in their order. */
  void write(String sourceKind, List<Source> sources) throws SQLException {
    List<Ingestion.Summary> summaries = sources.stream().map(Source::summary).toList();
    List<Long> ids = writeEntries(sourceKind, sources, summaries);
    writeRejects(ids, summaries);
    writeLanded(ids, sources);
  }

  private List<Long> writeEntries(
      String sourceKind, List<Source> sources, List<Ingestion.Summary> summaries)
      throws SQLException {
    List<ToLongFunction<LineCounts>> counts =
        List.of(
            LineCounts::received,
            LineCounts::stored,
            LineCounts::alreadyStored,
            LineCounts::notOurs,
            LineCounts::rejected);
    try (PreparedStatement entries = prepare("store/add_ledger_entries")) {
      entries.setString(1, sourceKind);
      strings(entries, 2, sources.stream().map(Source::name).toList());
      for (int i = 0; i < counts.size(); i++) {
        ToLongFunction<LineCounts> count = counts.get(i);
        longs(entries, 3 + i, summaries.stream().map(s -> count.applyAsLong(s.lines())).toList());
      }
      longs(entries, 8, summaries.stream().map(Ingestion.Summary::newColdStarts).toList());
      longs(entries, 9, sources.stream().map(Source::importTimings).toList());
      List<Long> ids = new ArrayList<>();
      try (ResultSet rows = entries.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      return ids;
    }
  }

  private void writeRejects(List<Long> ids, List<Ingestion.Summary> summaries) throws SQLException {
    List<Long> ofEntry = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.get(i);
      new TreeMap<>(summaries.get(i).lines().rejects())
          .forEach(
              (reason, count) -> {
                ofEntry.add(id);
                reasons.add(reason);
                lines.add(count);
              });
    }
    if (!reasons.isEmpty()) {
      try (PreparedStatement rows = prepare("store/add_rejects")) {
        longs(rows, 1, ofEntry);
        strings(rows, 2, reasons);
        longs(rows, 3, lines);
        rows.executeUpdate();
      }
    }
  }

  private void writeLanded(List<Long> ids, List<Source> sources) throws SQLException {
    for (int i = 0; i < ids.size(); i++) {
      if (!sources.get(i).landingKeys().isEmpty()) {
        try (PreparedStatement rows = prepare("store/add_landed")) {
          rows.setLong(1, ids.get(i));
          strings(rows, 2, sources.get(i).landingKeys());
          rows.executeUpdate();
        }
      }
    }
  }

  private PreparedStatement prepare(String query) throws SQLException {
    return connection.prepareStatement(Queries.text(query));
  }

  private void strings(PreparedStatement statement, int position, List<String> values)
      throws SQLException {
    statement.setArray(position, connection.createArrayOf("VARCHAR", values.toArray()));
  }

  private void longs(PreparedStatement statement, int position, List<Long> values)
      throws SQLException {
    statement.setArray(position, connection.createArrayOf("BIGINT", values.toArray()));
  }
}
