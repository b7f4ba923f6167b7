package dev.frostline.benchmarks.fuzz;

import dev.frostline.page.sql.RefusedException;
import dev.frostline.page.sql.SqlGate;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A statement. What the gate lets through is bound, too: that opens no file and makes none. */
public final class SqlGateFuzz {
  private static final Path FILE = ScratchFile.named("s.duckdb");
  private static final Store STORE = open();
  private static final List<String> FILES = files();

  private SqlGateFuzz() {}

  /** One input; throws what must not be thrown. */
  public static void fuzzerTestOneInput(byte[] input) {
    String sql = new String(input, StandardCharsets.UTF_8);
    try {
      new SqlGate(STORE.connection()).check(sql);
    } catch (RefusedException | SQLException e) {
      return;
    }
    try {
      STORE.connection().prepareStatement(sql).close();
    } catch (SQLException e) {
      String why = String.valueOf(e.getMessage());
      if (why.startsWith("Permission Error") || why.startsWith("IO Error")) {
        throw new AssertionError("The gate let through what opens a file: " + sql, e);
      }
    }
    if (!FILES.equals(files())) {
      throw new AssertionError("The gate let through what writes: " + sql);
    }
  }

  private static Store open() {
    Store.open(FILE).close();
    Store store = Store.openReadOnly(FILE);
    store.seal();
    return store;
  }

  private static List<String> files() {
    try (Stream<Path> files = Files.list(Objects.requireNonNull(FILE.getParent()))) {
      return files.map(file -> file + " " + file.toFile().lastModified()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
