package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.frostline.coldstart.Stream;
import dev.frostline.timing.EventId;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import dev.frostline.timing.TimingLine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of one transaction: each counted as if it were stored alone. */
@Tag("long")
final class GroupedSourcesTest {
  private static final String LEDGER =
      """
      SELECT string_agg(concat_ws(' ', source, received, stored, already_stored, not_ours, rejected,
        cold_starts_new, import_timings), ', ' ORDER BY ledger_id) FROM ingest_ledger\
      """;

  @TempDir Path folder = Path.of("");

  private record Part(StreamId stream, List<TimedLine> lines) {}

  @Test
  void sourcesOfOneTransaction_giveTheRowsAndTheLedgerOfSourcesStoredAlone() throws SQLException {
    for (int seed = 0; seed < 6; seed++) {
      List<Part> parts = parts(new Random(seed));
      Path alone = folder.resolve(seed + "-alone.duckdb");
      Path grouped = folder.resolve(seed + "-grouped.duckdb");
      try (Store store = Store.open(alone)) {
        for (int i = 0; i < parts.size(); i++) {
          try (Ingestion ingestion = store.ingest("file", "part " + i)) {
            ingestion.add(parts.get(i).stream(), parts.get(i).lines());
            ingestion.commit(events(parts.get(i)) + 1, 1, Map.of());
          }
        }
      }
      List<Ingestion.Summary> told = new ArrayList<>();
      try (Store store = Store.open(grouped);
          Ingestion ingestion = store.ingest("file", told::add)) {
        for (int i = 0; i < parts.size(); i++) {
          take(ingestion, "part " + i, parts.get(i));
          if (i % 7 == seed) {
            ingestion.flush();
          }
        }
        ingestion.commit();
      }
      assertEquals(StoreContractTest.export(alone), StoreContractTest.export(grouped));
      assertEquals(one(alone, LEDGER), one(grouped, LEDGER));
      assertEquals(parts.size(), told.size());
    }
  }

  @Test
  void abandonedSource_costsItselfOnly() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file);
        Ingestion ingestion = store.ingest("file", summary -> {})) {
      Part first = new Part(stream(1), StoreWriter.stream(stream(1), 1).lines());
      Part second = new Part(stream(2), StoreWriter.stream(stream(2), 1).lines());
      take(ingestion, "first", first);
      ingestion.begin("bad");
      ingestion.add(first.stream(), second.lines());
      ingestion.add(second.stream(), second.lines());
      ingestion.abandon();
      take(ingestion, "second", second);
      ingestion.begin("bad again");
      ingestion.add(stream(3), second.lines());
      ingestion.abandon();
      ingestion.commit();
    }
    assertEquals("first, second", one(file, "SELECT string_agg(source, ', ') FROM ingest_ledger"));
    assertEquals("2", one(file, "SELECT count(*) FROM log_stream"));
  }

  @Test
  void largeSource_abandonedWhenPartOfItIsStored_leavesThoseBefore() throws SQLException {
    Path file = folder.resolve("s.duckdb");
    try (Store store = Store.open(file);
        Ingestion ingestion = store.ingest("file", summary -> {})) {
      take(ingestion, "small", new Part(stream(1), StoreWriter.stream(stream(1), 1).lines()));
      ingestion.begin("large and bad");
      List<TimedLine> large = new ArrayList<>();
      for (int i = 0; i < 250_000; i++) {
        TimingLine line = new TimingLine.Start("r" + i, "4");
        large.add(new TimedLine(1_790_000_000_000L + i, new EventId(7, 7, i), 0, line));
      }
      ingestion.add(stream(2), large);
      ingestion.abandon();
      take(ingestion, "after", new Part(stream(3), StoreWriter.stream(stream(3), 1).lines()));
      ingestion.commit();
    }
    assertEquals("small, after", one(file, "SELECT string_agg(source, ', ') FROM ingest_ledger"));
    assertEquals("2", one(file, "SELECT count(*) FROM log_stream"));
  }

  private static void take(Ingestion ingestion, String name, Part part) {
    ingestion.begin(name);
    ingestion.add(part.stream(), part.lines());
    ingestion.finish(events(part) + 1, 1, Map.of());
  }

  private static long events(Part part) {
    return part.lines().stream().filter(line -> line.part() == 0).count();
  }

  /** Parts of three streams in any order, some twice, some of files without ids. */
  private static List<Part> parts(Random random) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      StreamId stream = stream(1 + random.nextInt(3));
      List<TimedLine> lines = StoreWriter.stream(stream, 1).lines();
      int from = random.nextInt(lines.size());
      List<TimedLine> some = lines.subList(from, from + 1 + random.nextInt(lines.size() - from));
      parts.add(new Part(stream, random.nextInt(4) == 0 ? withoutIds(some) : some));
    }
    return parts;
  }

  private static List<TimedLine> withoutIds(List<TimedLine> part) {
    List<TimedLine> file = new ArrayList<>();
    long number = -1;
    for (TimedLine line : part) {
      number += line.part() == 0 || number < 0 ? 1 : 0;
      file.add(new TimedLine(line.atMillis(), EventId.ordinal(number), line.part(), line.line()));
    }
    return file;
  }

  private static StreamId stream(int number) {
    StreamId known = Stream.VERSION_4;
    return new StreamId(
        known.account(), known.region(), known.logGroup(), known.logStream() + number);
  }

  private static String one(Path file, String sql) throws SQLException {
    try (Store store = Store.openReadOnly(file);
        Statement statement = store.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
