package dev.frostline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.frostline.coldstart.LongStreams;
import dev.frostline.coldstart.Stream;
import dev.frostline.coldstart.WarmRun;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of warm requests change no row, however the events of a stream are split and ordered. */
final class WarmRunTest {
  private static final WarmRun.Sizes NEVER =
      new WarmRun.Sizes(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
  private static final WarmRun.Sizes OFTEN = new WarmRun.Sizes(1, 2, 5, 0);
  private static final WarmRun.Sizes BEHIND_SOME = new WarmRun.Sizes(2, 3, 8, 4);

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void runs_changeNoRow(int seed) throws SQLException {
    Random random = new Random(seed);
    boolean named = seed % 3 != 0;
    List<TimedLine> lines = LongStreams.lines(random, 50, named);
    String expected;
    try (Store store = Store.open(folder.resolve("plain.duckdb"))) {
      take(store, lines, NEVER);
      expected = rows(store);
    }
    for (WarmRun.Sizes sizes : List.of(OFTEN, BEHIND_SOME)) {
      try (Store store = Store.open(folder.resolve(sizes.kept() + ".duckdb"))) {
        boolean inOrder = random.nextBoolean();
        for (List<TimedLine> part : parts(lines, random, named, inOrder)) {
          take(store, part, sizes);
        }
        assertEquals(0, take(store, lines, sizes).lines().stored());
        assertEquals(expected, rows(store), sizes + " in order: " + inOrder);
        assertTrue(inOrder || number(store, "SELECT count(*) FROM log_stream") == 1);
      }
    }
  }

  @Test
  void longLivedStream_keepsItsRowSmall_andServesOn() throws SQLException {
    Stream stream = new Stream(Stream.VERSION_4).initStart().row(0, 5, 5, "app").at(300);
    stream.start("first").report("first", 290);
    for (int i = 0; i < 20_000; i++) {
      stream.start("r" + i).report("r" + i, null);
    }
    List<TimedLine> lines = stream.lines();
    try (Store store = Store.open(folder.resolve("long.duckdb"))) {
      for (int from = 0; from < lines.size(); from += 3_000) {
        take(
            store,
            lines.subList(from, Math.min(lines.size(), from + 3_000)),
            WarmRun.Sizes.DEFAULT);
      }
      assertEquals(20_001, number(store, "SELECT invocations FROM log_stream"));
      assertTrue(number(store, "SELECT octet_length(events) FROM log_stream") < 50_000);
      assertTrue(number(store, "SELECT max(lines) FROM warm_run") <= 4_097);
      assertTrue(number(store, "SELECT sum(lines) FROM warm_run") > 37_000);
    }
  }

  /** Events without ids keep their order: what they are is told by their number only. */
  private static List<List<TimedLine>> parts(
      List<TimedLine> lines, Random random, boolean named, boolean inOrder) {
    List<List<TimedLine>> parts = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = Math.min(lines.size(), from + 1 + random.nextInt(inOrder ? 20 : 40));
      while (!named
          && to < lines.size()
          && lines.get(to).atMillis() == lines.get(to - 1).atMillis()) {
        to++;
      }
      parts.add(lines.subList(named ? Math.max(0, from - random.nextInt(4)) : from, to));
      from = to;
    }
    if (!inOrder) {
      Collections.shuffle(parts, random);
    }
    return parts;
  }

  private static Ingestion.Summary take(Store store, List<TimedLine> lines, WarmRun.Sizes sizes) {
    StreamId id = Stream.VERSION_4;
    try (Ingestion ingestion = store.ingest("file", "test", sizes)) {
      ingestion.add(id, lines);
      return ingestion.commit(lines.size(), 0, Map.of());
    }
  }

  private static String rows(Store store) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (String query :
        List.of(
            "SELECT cold_start::VARCHAR FROM cold_start ORDER BY ordinal",
            "SELECT import_timing::VARCHAR FROM import_timing ORDER BY ALL",
            "SELECT concat_ws(' ', first_event_at, last_event_at, invocations) FROM log_stream")) {
      try (Statement statement = store.connection().createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          text.append(rows.getString(1)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static long number(Store store, String query) throws SQLException {
    try (Statement statement = store.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
