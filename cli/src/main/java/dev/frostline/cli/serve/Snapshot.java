package dev.frostline.cli.serve;

import dev.frostline.cli.serve.sql.Answer;
import dev.frostline.store.Queries;
import dev.frostline.store.Store;
import dev.frostline.verdict.Comparison;
import dev.frostline.verdict.Query;
import dev.frostline.verdict.Regressions;
import dev.frostline.verdict.Thresholds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The store as it was at one moment, in a copy of its own; gone with its last reader. */
final class Snapshot implements AutoCloseable {
  private static final int MOST_ROWS = 100_000;
  private static final long MOST_CHARACTERS = 50_000_000;
  private final Path file;
  private final Instant asOf;
  private final Store store;
  private final AtomicInteger users = new AtomicInteger(1);
  private @Nullable List<Comparison> comparisons;

  Snapshot(Path file, Instant asOf) {
    this.file = file;
    this.asOf = asOf;
    this.store = Store.openReadOnly(file);
  }

  Path file() {
    return file;
  }

  /** When the store was last written to. */
  Instant asOf() {
    return asOf;
  }

  /** One more reader; each closes it once. */
  Snapshot shared() {
    users.incrementAndGet();
    return this;
  }

  /** The answer of {@code queries/NAME.sql}. */
  Answer ask(String name, Map<String, String> parameters) throws SQLException {
    try (Store opened = Store.openReadOnly(file)) {
      for (Map.Entry<String, String> parameter : parameters.entrySet()) {
        try (PreparedStatement set =
            opened.connection().prepareStatement("SET VARIABLE " + parameter.getKey() + " = ?")) {
          set.setString(1, parameter.getValue());
          set.execute();
        }
      }
      try (Statement query = opened.connection().createStatement();
          ResultSet rows = query.executeQuery(Queries.text(name))) {
        return Answer.of(rows, MOST_ROWS, MOST_CHARACTERS);
      }
    }
  }

  /** Every deployment against the one before it; worked out once. */
  synchronized List<Comparison> comparisons() throws SQLException {
    List<Comparison> known = comparisons;
    if (known == null) {
      known = new Regressions(Thresholds.DEFAULT).compare(store.connection(), Query.ALL);
      comparisons = known;
    }
    return known;
  }

  /** A connection for what is not a query of the page's own. */
  <T> T with(Work<T> work) throws SQLException {
    try (Store opened = Store.openReadOnly(file)) {
      return work.on(opened.connection());
    }
  }

  @Override
  public void close() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    store.close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads from a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }
}
