package dev.frostline.store;

import dev.frostline.timing.Sha256;
import dev.frostline.timing.StreamId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A store by the day, as Parquet files from which it can be put together again, events and ledger
 * among them: what a lake keeps that has no store behind it.
 */
public final class LakeParts {
  private final Connection connection;

  public LakeParts(Store store) {
    this.connection = store.connection();
  }

  /** What is kept of a day apart. */
  public enum Kind {
    /** Cold starts, and the log streams that began on that day with what they gave. */
    ROWS,
    /** Landing objects that were taken in, by the day in their keys. */
    LANDED,
    /** What was taken in on that day. */
    LEDGER,
    /** What the judge made of the days: no matter of any day. */
    JUDGED;

    /** One file each, in the order in which they are taken. */
    public List<String> tables() {
      return switch (this) {
        case ROWS ->
            List.of(
                "cold_start",
                "import_timing",
                "log_stream",
                "stream_events",
                "warm_run",
                "module_usage");
        case LANDED -> List.of("landed_object");
        case LEDGER -> List.of("ingest_ledger", "ingest_reject");
        case JUDGED -> List.of("finding", "live_period");
      };
    }

    /** Whether engines have tables of it, and not syncs alone. */
    public boolean isOfEngines() {
      return this == ROWS || this == JUDGED;
    }

    /** The word for it in keys. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One kind of one day (UTC). */
  public record Part(Kind kind, LocalDate day) {
    /** What was judged. */
    public static final Part JUDGED = new Part(Kind.JUDGED, LocalDate.EPOCH);

    /** {@code rows/dt=2026-09-19}. */
    public String key() {
      return kind.word() + "/dt=" + day;
    }

    /** The part of a key. */
    public static Part of(String key) {
      int end = key.indexOf("/dt=");
      return new Part(
          Kind.valueOf(key.substring(0, end).toUpperCase(Locale.ROOT)),
          LocalDate.parse(key.substring(end + 4)));
    }
  }

  /**
   * What was judged of a lake by its latest days.
   *
   * @param functions as account/region/name
   * @param since the first day (UTC) that was read
   * @param decided from this day on, what a deployment brought has enough before it to be told
   */
  public record Looked(Set<String> functions, LocalDate since, LocalDate decided) {
    public Looked {
      functions = Set.copyOf(functions);
    }
  }

  /**
   * A finding that is open, and older than the days that were read.
   *
   * @param function as account/region/name
   * @param since the day (UTC) of the deployment that brought it
   */
  public record Older(String function, LocalDate since) {}

  /** A slowdown that is open. */
  public record Open(String account, String region, String function, String after) {}

  /** Lets the ledger number from there on, so that no two stores give the same number. */
  public void numberLedgerFrom(long base) {
    try (PreparedStatement set = connection.prepareStatement("SET VARIABLE ledger_base = ?")) {
      set.setLong(1, base);
      set.execute();
    } catch (SQLException e) {
      throw failure("number the ledger", e);
    }
  }

  /** Works within so much memory outside of Java's, on one core, and spills the rest to disk. */
  public void limit(int megabytes) {
    try (Statement set = connection.createStatement()) {
      set.execute("SET memory_limit = '" + megabytes + "MB'");
      set.execute("SET threads = 1");
    } catch (SQLException e) {
      throw failure("limit the memory", e);
    }
  }

  /**
   * Of the log streams, takes some alone from here on, with all that is of them.
   *
   * @param shards as {@link #shard} tells them
   */
  public void takeOnly(Collection<Integer> shards, int count) {
    try (PreparedStatement set =
        connection.prepareStatement("SET VARIABLE shards = ?::INTEGER[]")) {
      set.setArray(1, connection.createArrayOf("INTEGER", shards.toArray()));
      set.execute();
      set.execute("SET VARIABLE shard_count = " + count);
    } catch (SQLException e) {
      throw failure("take some log streams", e);
    }
  }

  /**
   * Which of so many shards a log stream is of: by its name alone, since its account and Region may
   * be told later.
   */
  public static int shard(StreamId stream, int count) {
    byte[] hash = Sha256.of(stream.logStream().getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getInt() >>> 4) % count; // as lake/take_cold_start has it
  }

  /** Every part that the store holds rows of, with a fingerprint of them. */
  public Map<Part, String> fingerprints() {
    Map<Part, String> fingerprints = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("lake/part_fingerprints"))) {
      while (row.next()) {
        fingerprints.put(
            new Part(
                Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                row.getObject(2, LocalDate.class)),
            row.getString(3));
      }
      return fingerprints;
    } catch (SQLException e) {
      throw failure("read the days", e);
    }
  }

  /** Writes a part into a folder: {@code TABLE.parquet}, one a table. */
  public void export(Part part, Path folder) {
    for (String table : part.kind().tables()) {
      String file = folder.resolve(table + ".parquet").toString();
      if (part.kind() == Kind.JUDGED) {
        run("write " + table, "lake/" + table, file);
      } else {
        run("write " + table + " of " + part.day(), "lake/" + table, part.day(), file);
      }
    }
  }

  /** Takes a part from a folder, in the transaction that is open where there is one. */
  public void take(Part part, Path folder) {
    for (String table : part.kind().tables()) {
      run(
          "take " + table + " of " + part.day(),
          "lake/take_" + table,
          folder.resolve(table + ".parquet").toString());
    }
  }

  /** Takes the log streams alone from the folder of a part. */
  public void takeStreams(Path folder) {
    run(
        "take log streams",
        "lake/take_log_stream",
        folder.resolve("log_stream.parquet").toString());
  }

  /** The first and the last day of each of these streams that the store knows. */
  public List<LocalDate[]> spans(Collection<StreamId> streams) {
    List<LocalDate[]> spans = new ArrayList<>();
    List<Long> ids = streams.stream().map(StreamId::id).toList();
    try (PreparedStatement query =
            new StoredStreams(connection).forStreams("lake/spans_of_streams", ids);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        spans.add(
            new LocalDate[] {row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class)});
      }
      return spans;
    } catch (SQLException e) {
      throw failure("read log streams", e);
    }
  }

  /**
   * The functions that this store wrote the state of, as account/region/name: of one that takes
   * parts, those that have changed since.
   */
  public Set<String> changedFunctions() {
    Set<String> functions = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(Queries.text("store/function_states"))) {
      while (row.next()) {
        functions.add(row.getString(1) + "/" + row.getString(2) + "/" + row.getString(3));
      }
      return functions;
    } catch (SQLException e) {
      throw failure("read which functions changed", e);
    }
  }

  /** Takes the cold starts and imports of some functions from the folder of a part. */
  public void takeFunctions(Path folder, Set<String> functions) {
    takeFunctions(
        folder.resolve("cold_start.parquet").toString(),
        folder.resolve("import_timing.parquet").toString(),
        functions);
  }

  /** The same from files of both tables, which may be patterns. */
  public void takeFunctions(String starts, String imports, Set<String> functions) {
    run("take cold_start", "lake/take_starts_of_functions", starts, functions);
    run("take import_timing", "lake/take_imports_of_functions", imports, functions);
  }

  /** Writes what is live of all functions, when everything was taken. */
  public void writeLivePeriods() {
    try {
      new LivePeriods(connection).write();
    } catch (SQLException e) {
      throw failure("write live periods", e);
    }
  }

  /**
   * Writes what was judged of a lake, brought up to what this store judged of some functions.
   *
   * @param known folder with the lake's files
   * @param looked what was judged
   * @param folder gets the files
   */
  public void mergeJudged(Path known, Looked looked, Path folder) {
    run(
        "write findings",
        "lake/merged_finding",
        known.resolve("finding.parquet").toString(),
        looked.functions(),
        looked.decided(),
        folder.resolve("finding.parquet").toString());
    run(
        "write live periods",
        "lake/merged_live_period",
        known.resolve("live_period.parquet").toString(),
        looked.functions(),
        looked.since(),
        folder.resolve("live_period.parquet").toString());
  }

  /**
   * The findings that are open and older, of functions that started on the days that were read.
   *
   * @param judged folder with the files of what was judged
   */
  public List<Older> older(Path judged, LocalDate since, LocalDate decided) {
    List<Older> older = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("lake/older_findings"))) {
      query.setString(1, judged.resolve("finding.parquet").toString());
      query.setString(2, judged.resolve("live_period.parquet").toString());
      query.setObject(3, since);
      query.setObject(4, decided);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          older.add(new Older(row.getString(1), row.getObject(2, LocalDate.class)));
        }
      }
      return older;
    } catch (SQLException e) {
      throw failure("read findings", e);
    }
  }

  /**
   * Writes the findings of a lake, older ones brought up to what this store judged of them.
   *
   * @param known folder with the lake's file
   * @param folder gets the file
   */
  public void mergeOlder(Path known, LocalDate decided, Path folder) {
    run(
        "write findings",
        "lake/rechecked_finding",
        known.resolve("finding.parquet").toString(),
        decided,
        folder.resolve("finding.parquet").toString());
  }

  /**
   * The slowdowns that are open on main tracks.
   *
   * @param judged folder with the files of what was judged
   */
  public List<Open> open(Path judged) {
    List<Open> open = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(Queries.text("lake/open_findings"))) {
      query.setString(1, judged.resolve("finding.parquet").toString());
      query.setString(2, judged.resolve("live_period.parquet").toString());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          open.add(
              new Open(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        }
      }
      return open;
    } catch (SQLException e) {
      throw failure("read findings", e);
    }
  }

  private void run(String what, String query, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(Queries.text(query))) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof Collection<?> names) {
          statement.setArray(i + 1, connection.createArrayOf("VARCHAR", names.toArray()));
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      statement.execute();
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  private static StoreException failure(String what, SQLException e) {
    return new StoreException("Cannot " + what + ": " + Store.firstLine(e), e);
  }
}
