package dev.frostline.store;

import dev.frostline.verdict.Histories;
import dev.frostline.verdict.JudgedFunction;
import dev.frostline.verdict.history.Configuration;
import dev.frostline.verdict.history.FunctionHistory;
import dev.frostline.verdict.history.FunctionScope;
import dev.frostline.verdict.history.HostLoad;
import dev.frostline.verdict.history.ImportTimings;
import dev.frostline.verdict.history.StartRecord;
import dev.frostline.verdict.history.TraceBatch;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The histories that a store holds. Cold starts are read at once, the imports of those that are
 * asked for a few functions at a time, so that memory stays bounded.
 */
public final class StoredHistories implements Histories {
  private final Connection connection;
  private final Map<Long, String> nameOfKey = new HashMap<>();

  /**
   * @param connection of an open store; used by one thread at a time, and left open
   */
  public StoredHistories(Connection connection) {
    this.connection = connection;
  }

  @Override
  public List<JudgedFunction> judged(FunctionScope scope) {
    return read("judgements", () -> readJudgements(scope));
  }

  @Override
  public List<FunctionHistory> functions(FunctionScope scope, Set<FunctionScope> without) {
    return read("cold starts", () -> readFunctions(scope, without));
  }

  @Override
  public Map<Long, Long> fingerprints(FunctionScope scope, Set<FunctionScope> without) {
    return read("cold starts", () -> readFingerprints(scope, without));
  }

  @Override
  public TraceBatch traces(List<StartRecord> starts) {
    return read("import timings", () -> readTraces(starts));
  }

  private interface Reading<T> {
    T run() throws SQLException;
  }

  private static <T> T read(String what, Reading<T> reading) {
    try {
      return reading.run();
    } catch (SQLException e) {
      throw new StoreException("Cannot read " + what + ": " + Store.firstLine(e), e);
    }
  }

  private List<JudgedFunction> readJudgements(FunctionScope scope) throws SQLException {
    set(scope, Set.of());
    set("rules", JudgeVersion.CURRENT);
    RecordCodec codec = new RecordCodec();
    List<JudgedFunction> judged = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("verdict/judgements"))) {
      while (row.next()) {
        JudgedFunction one = codec.record(JudgedFunction.class, row.getBytes("judged"));
        if (one != null) {
          judged.add(row.getBoolean("current") ? one : one.outdated());
        }
      }
    }
    return judged;
  }

  private List<FunctionHistory> readFunctions(FunctionScope scope, Set<FunctionScope> without)
      throws SQLException {
    set(scope, without);
    List<FunctionHistory> functions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("verdict/starts"))) {
      List<String> place = List.of();
      List<StartRecord> starts = new ArrayList<>();
      while (row.next()) {
        List<String> next =
            List.of(row.getString("account"), row.getString("region"), row.getString("function"));
        if (!next.equals(place)) {
          addFunction(functions, place, starts);
          starts = new ArrayList<>();
          place = next;
        }
        starts.add(start(row));
      }
      addFunction(functions, place, starts);
    }
    return functions;
  }

  private static void addFunction(
      List<FunctionHistory> functions, List<String> place, List<StartRecord> starts) {
    if (!starts.isEmpty()) {
      functions.add(new FunctionHistory(place.get(0), place.get(1), place.get(2), starts));
    }
  }

  private Map<Long, Long> readFingerprints(FunctionScope scope, Set<FunctionScope> without)
      throws SQLException {
    set(scope, without);
    Map<Long, Long> fingerprints = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("verdict/fingerprints"))) {
      while (row.next()) {
        fingerprints.put(row.getLong("cold_start_id"), row.getLong("fingerprint"));
      }
    }
    return fingerprints;
  }

  private TraceBatch readTraces(List<StartRecord> starts) throws SQLException {
    if (nameOfKey.isEmpty()) {
      readNames();
    }
    Map<Long, ImportTimings> byStart = new HashMap<>(2 * starts.size());
    starts.forEach(start -> byStart.put(start.id(), new ImportTimings(start.importCount())));
    Object[] ids = starts.stream().map(start -> (Object) start.id()).toArray();
    Array array = connection.createArrayOf("BIGINT", ids);
    set("cold_starts", array);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("verdict/timings"))) {
      long id = 0;
      @Nullable ImportTimings timings = null;
      while (row.next()) {
        if (timings == null || row.getLong(1) != id) {
          id = row.getLong(1);
          timings = byStart.get(id);
        }
        if (timings != null) {
          timings.add(
              row.getInt(2), row.getInt(3), row.getLong(4), row.getLong(5), row.getBoolean(6));
        }
      }
    }
    return new TraceBatch(byStart, key -> nameOfKey.getOrDefault(key, "?"));
  }

  private void readNames() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(Queries.text("verdict/name_keys"));
      try (ResultSet row = statement.executeQuery(Queries.text("verdict/names"))) {
        while (row.next()) {
          nameOfKey.put(row.getLong("name_key"), row.getString("name"));
        }
      }
    }
  }

  private static StartRecord start(ResultSet row) throws SQLException {
    double init = row.getDouble("init_ms");
    boolean withoutInit = row.wasNull();
    return new StartRecord(
        row.getLong("cold_start_id"),
        row.getString("version"),
        row.getString("deployment"),
        row.getLong("started_us"),
        withoutInit ? Double.NaN : init,
        configuration(row),
        host(row),
        row.getInt("import_count"),
        row.getBoolean("cut"));
  }

  private static @Nullable HostLoad host(ResultSet row) throws SQLException {
    int faults = row.getInt("major_faults");
    boolean unseen = row.wasNull();
    int switches = row.getInt("involuntary_switches");
    unseen |= row.wasNull();
    return unseen ? null : new HostLoad(faults, switches, row.getLong("blocks_read"));
  }

  private static Configuration configuration(ResultSet row) throws SQLException {
    int memory = row.getInt("memory_mb");
    boolean unknown = row.wasNull();
    return new Configuration(
        row.getString("runtime"),
        row.getString("runtime_version"),
        row.getString("architecture"),
        unknown ? null : memory,
        row.getString("layers"),
        row.getString("init_kind"));
  }

  /** Takes the parameters of its queries back: the next query has its own. */
  void forget() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String variable : List.of("account", "region", "function", "until_us", "without")) {
        statement.execute("RESET VARIABLE " + variable);
      }
    }
  }

  private void set(FunctionScope scope, Set<FunctionScope> without) throws SQLException {
    Object[] names =
        without.stream()
            .map(one -> one.account() + "/" + one.region() + "/" + one.function())
            .toArray();
    set("without", connection.createArrayOf("VARCHAR", names));
    set("account", scope.account());
    set("region", scope.region());
    set("function", scope.function());
    set("until_us", micros(scope.until()));
  }

  private void set(String variable, @Nullable Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setObject(1, value);
      statement.execute();
    }
  }

  /** Times are bound as numbers: a driver would read them in the time zone of this machine. */
  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null
        ? null
        : TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
  }
}
