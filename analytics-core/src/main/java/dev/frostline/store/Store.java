package dev.frostline.store;

import dev.frostline.coldstart.WarmRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One DuckDB file with everything Frostline knows; the schema is {@code queries/schema}. */
public final class Store implements AutoCloseable {
  private static final Pattern HOLDER =
      Pattern.compile("Conflicting lock is held in (.*?) ?\\(PID (\\d+)\\)");

  /** What DuckDB says of a file that a later DuckDB wrote. */
  private static final Pattern NEWER_FORMAT =
      Pattern.compile("database file with version number|newer DuckDB", Pattern.CASE_INSENSITIVE);

  private final Connection connection;

  private Store(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a store for writing; creates it where there is none and brings an older one up to date.
   * One of a newer Frostline, or a database of somebody else, is left as it is.
   *
   * @throws StoreException when another process holds the file, or it is no store that we know
   */
  public static Store open(Path file) {
    return open(file, Duration.ZERO);
  }

  /**
   * The same, when another process holds the file for a while.
   *
   * @param patience how long to wait for it
   */
  public static Store open(Path file, Duration patience) {
    Instant until = Instant.now().plus(patience);
    while (true) {
      try {
        return opened(file, false);
      } catch (StoreException e) {
        if (!isInUse(e.getCause()) || Instant.now().isAfter(until)) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  /**
   * Opens a store for reading. SQL on it can neither write nor reach any other file.
   *
   * @throws StoreException when there is no store at that path, or another process writes to it
   */
  public static Store openReadOnly(Path file) {
    if (!Files.exists(file)) {
      throw new StoreException(
          "There is no store at "
              + file
              + ". Take logs in first: frostline ingest PATH --db "
              + file,
          new java.nio.file.NoSuchFileException(file.toString()));
    }
    return opened(file, true);
  }

  private static Store opened(Path file, boolean readOnly) {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    if (readOnly) {
      settings.setProperty("duckdb.read_only", "true");
      settings.setProperty("enable_external_access", "false");
    }
    if (!readOnly && isFilled(file)) {
      checkOurs(file);
    }
    Connection connection = connect(file, settings);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
      }
      if (!readOnly) {
        migrate(connection);
      }
      if (readOnly) {
        checkVersion(connection, file);
      }
      return new Store(connection);
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection, e);
      throw e instanceof StoreException known
          ? known
          : new StoreException("Cannot use " + file + ": " + firstLine(e), e);
    }
  }

  private static boolean isFilled(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      return false; // DuckDB says what is wrong with it
    }
  }

  /** Before a file is opened for writing, which may write to it at once. */
  private static void checkOurs(Path file) {
    Properties settings = new Properties();
    settings.setProperty("duckdb.read_only", "true");
    settings.setProperty("enable_external_access", "false");
    try (Connection connection = connect(file, settings);
        Statement statement = connection.createStatement()) {
      boolean isEmpty = true;
      boolean isStore = false;
      try (ResultSet tables = statement.executeQuery("SELECT table_name FROM duckdb_tables()")) {
        while (tables.next()) {
          isEmpty = false;
          isStore |= tables.getString(1).equals("schema_step");
        }
      }
      if (isStore) {
        checkNotNewer(appliedSteps(statement), file);
      } else if (!isEmpty) {
        throw new StoreException(
            file + " is a database of something else than Frostline. Name another with --db.",
            new SQLException("no schema steps"));
      }
    } catch (SQLException e) {
      throw new StoreException("Cannot use " + file + ": " + firstLine(e), e);
    }
  }

  private static void checkNotNewer(Set<String> applied, Path file) {
    for (String step : applied) {
      if (!Queries.SCHEMA.contains(step)) {
        throw newer(file, new SQLException("schema step " + step));
      }
    }
  }

  private static StoreException newer(Path file, SQLException cause) {
    return new StoreException(
        "The store "
            + file
            + " is of a newer Frostline, and is left as it is. Use that version or a later one.",
        cause);
  }

  private static Connection connect(Path file, Properties settings) {
    try {
      return DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    } catch (SQLException e) {
      Matcher holder = HOLDER.matcher(String.valueOf(e.getMessage()));
      if (holder.find()) {
        throw new StoreException(
            "The store "
                + file
                + " is in use by process "
                + holder.group(2)
                + ". Wait until it ends, or name another with --db.",
            e);
      }
      if (NEWER_FORMAT.matcher(String.valueOf(e.getMessage())).find()) {
        throw newer(file, e);
      }
      throw new StoreException("Cannot open " + file + ": " + firstLine(e), e);
    }
  }

  private static boolean isInUse(@Nullable Throwable cause) {
    return cause != null && HOLDER.matcher(String.valueOf(cause.getMessage())).find();
  }

  private static void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS schema_step (name VARCHAR NOT NULL)");
      Set<String> applied = appliedSteps(statement);
      boolean isOlder = !applied.isEmpty();
      for (String step : Queries.SCHEMA) {
        if (!applied.contains(step)) {
          statement.execute("BEGIN TRANSACTION");
          statement.execute(Queries.text("schema/" + step));
          if (isOlder && step.equals(Queries.SCHEMA.get(Queries.SCHEMA.size() - 1))) {
            statement.execute("DELETE FROM live_period; DELETE FROM function_state");
            new LivePeriods(connection).write();
          }
          statement.execute("INSERT INTO schema_step VALUES ('" + step + "')");
          statement.execute("COMMIT");
        }
      }
    }
  }

  private static void checkVersion(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Set<String> applied = appliedSteps(statement);
      checkNotNewer(applied, file);
      if (!applied.containsAll(Queries.SCHEMA)) {
        throw new StoreException(
            "The store "
                + file
                + " is of an older Frostline. Bring it up to date: frostline ingest --db "
                + file,
            new SQLException("schema steps are missing"));
      }
    }
  }

  private static Set<String> appliedSteps(Statement statement) throws SQLException {
    Set<String> applied = new HashSet<>();
    try (ResultSet rows = statement.executeQuery("SELECT name FROM schema_step")) {
      while (rows.next()) {
        applied.add(rows.getString(1));
      }
    }
    return applied;
  }

  /**
   * Begins to take in one source: nothing of it is seen before {@link Ingestion#commit}.
   *
   * @param sourceKind file or landing
   */
  public Ingestion ingest(String sourceKind, String source) {
    return ingest(sourceKind, source, WarmRun.Sizes.DEFAULT);
  }

  /** The same, where somebody else holds what is known of the streams. */
  public Ingestion ingest(String sourceKind, String source, StreamSupply supply) {
    Ingestion ingestion =
        new Ingestion(connection, sourceKind, WarmRun.Sizes.DEFAULT, supply, summary -> {});
    ingestion.begin(source);
    return ingestion;
  }

  /** The same, with runs of warm requests of other sizes. */
  Ingestion ingest(String sourceKind, String source, WarmRun.Sizes sizes) {
    Ingestion ingestion =
        new Ingestion(connection, sourceKind, sizes, StreamSupply.NONE, summary -> {});
    ingestion.begin(source);
    return ingestion;
  }

  /**
   * Begins to take in sources, of which the small ones are stored together.
   *
   * @param sourceKind file or landing
   * @param committed hears of each source when it is stored for good
   */
  public Ingestion ingest(String sourceKind, Consumer<Ingestion.Summary> committed) {
    return new Ingestion(
        connection, sourceKind, WarmRun.Sizes.DEFAULT, StreamSupply.NONE, committed);
  }

  /**
   * Judges the functions that have changed, and keeps the answer: whoever asks next has it at once.
   */
  public void judge() {
    boolean isJudged = judge(Integer.MAX_VALUE);
    assert isJudged : "no more functions than that";
  }

  /**
   * The same where time is short.
   *
   * @param most functions that are judged; where more have changed none is, and whoever asks judges
   * @return whether all is judged now
   */
  public boolean judge(int most) {
    try {
      // whole milliseconds, which every engine over a lake can tell
      return new Judgements(connection).update(Instant.now().truncatedTo(ChronoUnit.MILLIS), most);
    } catch (SQLException e) {
      throw new StoreException("Cannot keep what was judged: " + firstLine(e), e);
    }
  }

  /** Which of these landing keys were taken in before. */
  public Set<String> landed(List<String> keys) {
    try (PreparedStatement query = connection.prepareStatement(Queries.text("store/landed"))) {
      query.setArray(1, connection.createArrayOf("VARCHAR", keys.toArray()));
      Set<String> known = new HashSet<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1));
        }
      }
      return known;
    } catch (SQLException e) {
      throw new StoreException("Cannot read the ingest ledger: " + firstLine(e), e);
    }
  }

  /**
   * To be called before SQL of somebody else runs. DuckDB counts the store's file, its log and its
   * spill folder among the paths that may be written, even where it opened them for reading; from
   * here on it opens no file at all by any name, and takes no setting. It keeps what it has open.
   */
  public void seal() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET disabled_filesystems = 'LocalFileSystem'");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException e) {
      throw new StoreException("Cannot protect the store: " + firstLine(e), e);
    }
  }

  /** The connection, for queries. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("Cannot close the store: " + firstLine(e), e);
    }
  }

  static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static void closeQuietly(Connection connection, Exception reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
