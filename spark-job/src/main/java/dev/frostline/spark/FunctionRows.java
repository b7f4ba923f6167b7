package dev.frostline.spark;

import dev.frostline.timing.Sha256;
import dev.frostline.verdict.Histories;
import dev.frostline.verdict.Judge;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.history.ImportTimings;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * One function as rows of a lake. Of its imports those are held that a question may ask for, so
 * that memory does not grow with the years it has served.
 */
final class FunctionRows implements Histories {
  private final FunctionHistory history;
  private final Map<Long, ImportTimings> traces = new HashMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  /**
   * @param starts its countable cold starts, at least one; columns as in {@link LakeTables#starts}
   * @param packs its import timings, each row a {@link TimingPack} behind the function's key
   */
  FunctionRows(List<Row> starts, Iterator<Row> packs, Judge judge) {
    Row first = starts.get(0);
    List<StartRecord> records = new ArrayList<>();
    starts.forEach(row -> records.add(start(row)));
    history =
        new FunctionHistory(
            first.getAs("account"), first.getAs("region"), first.getAs("function"), records);
    for (StartRecord start : judge.wanted(history)) {
      traces.put(start.id(), new ImportTimings(start.importCount()));
    }
    while (packs.hasNext()) {
      TimingPack.read(packs.next().getAs(1), this::add);
    }
  }

  @Override
  public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
    return List.of(history);
  }

  /** Nothing is known of earlier judgements, so none has to be told from another. */
  @Override
  public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
    return Map.of();
  }

  @Override
  public TraceBatch traces(List<StartRecord> starts) {
    return new TraceBatch(traces, key -> names.getOrDefault(key, "?"));
  }

  private void add(
      long coldStart, int seq, int parent, String name, long selfMicros, boolean invoke) {
    ImportTimings own = traces.get(coldStart);
    if (own == null) {
      return;
    }
    Long key = keys.get(name);
    if (key == null) {
      key = Sha256.id(name);
      keys.put(name, key);
      names.put(key, name);
    }
    own.add(seq, parent, key, selfMicros, invoke);
  }

  private static StartRecord start(Row row) {
    Double init = row.getAs("init_ms");
    return new StartRecord(
        row.<Long>getAs("cold_start_id"),
        row.getAs("version"),
        row.getAs("deployment"),
        row.<Long>getAs("started_us"),
        init == null ? Double.NaN : init,
        new Configuration(
            row.getAs("runtime"),
            row.getAs("runtime_version"),
            row.getAs("architecture"),
            row.getAs("memory_mb"),
            row.getAs("layers"),
            row.getAs("init_kind")),
        host(row),
        row.<Integer>getAs("import_count"),
        row.<Boolean>getAs("cut"));
  }

  private static @Nullable HostLoad host(Row row) {
    Integer faults = row.getAs("major_faults");
    Integer switches = row.getAs("involuntary_switches");
    Number blocks = row.getAs("blocks_read");
    return faults == null || switches == null
        ? null
        : new HostLoad(faults, switches, blocks == null ? 0 : blocks.longValue());
  }
}
