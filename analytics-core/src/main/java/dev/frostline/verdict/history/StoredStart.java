package dev.frostline.verdict.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One cold start while its rows are read; rows may come in any order. */
public final class StoredStart {
  public final long id;
  final String account;
  final String region;
  final String function;
  final String version;
  final String deployment;
  public final long startedAtMicros;
  final double initMs;
  public final Configuration configuration;
  final boolean cut;
  final @Nullable HostLoad host;

  public final int expected;

  /** Changes when anything about the start does; 0 until it is read. */
  public long fingerprint;

  private int rows;
  private int[] seq = {};
  private int[] parentSeq = {};
  private long[] nameKey = {};
  private long[] selfMicros = {};
  private boolean[] invoke = {};

  private StoredStart(ResultSet row) throws SQLException {
    id = row.getLong("cold_start_id");
    account = row.getString("account");
    region = row.getString("region");
    function = row.getString("function");
    version = row.getString("version");
    deployment = row.getString("deployment");
    startedAtMicros = row.getLong("started_us");
    double init = row.getDouble("init_ms");
    initMs = row.wasNull() ? Double.NaN : init;
    configuration = configuration(row);
    expected = row.getInt("import_count");
    cut = row.getBoolean("cut");
    int faults = row.getInt("major_faults");
    boolean unseen = row.wasNull();
    int switches = row.getInt("involuntary_switches");
    host = unseen || row.wasNull() ? null : new HostLoad(faults, switches);
  }

  static StoredStart read(ResultSet row) throws SQLException {
    return new StoredStart(row);
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

  /** Whether both belong to the same function. */
  boolean sameFunction(StoredStart other) {
    return function.equals(other.function)
        && region.equals(other.region)
        && account.equals(other.account);
  }

  void add(int seqOfRow, int parent, long name, long self, boolean afterInit) {
    if (rows == seq.length) {
      grow(rows == 0 ? Math.max(16, expected) : rows * 2);
    }
    seq[rows] = seqOfRow;
    parentSeq[rows] = parent;
    nameKey[rows] = name;
    selfMicros[rows] = self;
    invoke[rows++] = afterInit;
  }

  /** The cold start where it only matters whether it has imports. */
  TimedStart counted() {
    Trace trace = cut || expected == 0 ? Trace.NONE : Trace.UNREAD;
    return new TimedStart(id, startedAtMicros, initMs, configuration, host, trace);
  }

  /** The finished cold start; frees what was read. */
  TimedStart timed(StoredStarts store, ImportNames names) {
    int[] order = order();
    int[] rowOfSeq = rowOfSeq(order);
    int[] name = new int[rows];
    long[] self = new long[rows];
    int[] parent = new int[rows];
    boolean[] phase = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      int from = order[row];
      name[row] = names.id(nameKey[from], store);
      self[row] = selfMicros[from];
      parent[row] =
          parentSeq[from] < 0 || parentSeq[from] >= rowOfSeq.length
              ? -1
              : rowOfSeq[parentSeq[from]];
      phase[row] = invoke[from];
    }
    rows = 0;
    grow(0);
    return new TimedStart(
        id, startedAtMicros, initMs, configuration, host, new Trace(name, self, parent, phase));
  }

  private void grow(int size) {
    seq = Arrays.copyOf(seq, size);
    parentSeq = Arrays.copyOf(parentSeq, size);
    nameKey = Arrays.copyOf(nameKey, size);
    selfMicros = Arrays.copyOf(selfMicros, size);
    invoke = Arrays.copyOf(invoke, size);
  }

  private int[] order() {
    long[] keys = new long[rows];
    for (int row = 0; row < rows; row++) {
      keys[row] = ((long) seq[row] << 32) | row;
    }
    Arrays.sort(keys);
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[row] = (int) keys[row];
    }
    return order;
  }

  private int[] rowOfSeq(int[] order) {
    int last = rows == 0 ? -1 : seq[order[rows - 1]];
    int[] rowOf = new int[last + 1];
    Arrays.fill(rowOf, -1);
    for (int row = 0; row < rows; row++) {
      rowOf[seq[order[row]]] = row;
    }
    return rowOf;
  }
}
