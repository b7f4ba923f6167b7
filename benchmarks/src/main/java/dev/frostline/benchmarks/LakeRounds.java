package dev.frostline.benchmarks;

import dev.frostline.ingest.DirectoryLanding;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Rounds on a lake that has no store behind it: half of the log streams are in it, the others are
 * landed. Then two syncs, a {@code prune}, a {@code compact} of somebody's store and three readers
 * run at once, and some of them are killed. Syncs write whole days, so that nothing is left to be
 * compacted: the {@code compact} has to be refused and to leave no trace. Each reader must see the
 * lake before or after the syncs; asked again, lake and tables must hold what an undisturbed sync
 * and prune leave.
 */
final class LakeRounds {
  private static final String STATE =
      "SELECT count(*) AS starts,"
          + " sum(hash(cold_start_id, init_ms, import_count + imports_pruned))::VARCHAR AS rows,"
          + " sum(import_count) = (SELECT count(*) FROM imports) AS whole FROM cold_starts";
  private static final String ROWS =
      "SELECT (SELECT sum(hash(s))::VARCHAR FROM cold_starts s) AS starts,"
          + " (SELECT sum(hash(i))::VARCHAR FROM imports i) AS imports";
  private static final int READERS = 3;
  private static final int REFUSED = 4;

  /** Ends a process without a word to it. */
  interface Killer {
    void kill(Process victim) throws InterruptedException;
  }

  private final CommandLineProcess commands;
  private final Path landing;
  private final Path store;
  private final Path before;
  private final List<String> states;
  private final String rows;
  private final String tables;
  private final long millis;

  LakeRounds(Path work, List<String> batches, Path store, CommandLineProcess commands)
      throws Exception {
    this.commands = commands;
    this.store = Files.copy(store, work.resolve("store-of-somebody.duckdb"));
    landing = Files.createDirectory(work.resolve("landing-of-lake"));
    before = Files.createDirectory(work.resolve("lake-before"));
    Path after = work.resolve("lake-after");
    land(batches, 0);
    commands.mustSucceed(sync(before));
    String old = said(work, STATE, before);
    land(batches, 1);
    copy(before, after);
    long begun = System.nanoTime();
    commands.mustSucceed(sync(after));
    millis = (System.nanoTime() - begun) / 1_000_000;
    states = List.of(old, said(work, STATE, after));
    commands.mustSucceed(prune(after));
    rows = said(work, ROWS, after);
    tables = tables(after);
    if (states.get(0).equals(states.get(1)) || !states.get(1).contains("true")) {
      throw new IllegalStateException("the states tell nothing apart: " + states);
    }
  }

  /** The log streams of one half. */
  private void land(List<String> batches, int half) throws IOException {
    List<String> some = new ArrayList<>();
    for (String batch : batches) {
      String stream = batch.replaceFirst("(?s).*?\"logStream\":\"([^\"]*)\".*", "$1");
      if ((stream.hashCode() & 1) == half) {
        some.add(batch);
      }
    }
    LambdaEvents.land(new DirectoryLanding(landing), some);
  }

  /**
   * One round.
   *
   * @param said what commands print
   * @param killer counts what it kills
   * @return what was wrong, or nothing
   */
  String round(Random random, Path said, Path folder, Killer killer) throws Exception {
    Path lake = folder.resolve("lake");
    copy(before, lake);
    List<Process> writers = new ArrayList<>();
    for (String[] command : List.of(sync(lake), sync(lake), prune(lake))) {
      writers.add(commands.start(ProcessBuilder.Redirect.appendTo(said.toFile()), command));
    }
    Process compaction =
        commands.start(ProcessBuilder.Redirect.appendTo(said.toFile()), compact(lake));
    List<Path> seen = new ArrayList<>();
    List<Process> readers = new ArrayList<>();
    Collections.shuffle(writers, random);
    int killed = random.nextInt(writers.size() + 1);
    StringBuilder wrong = new StringBuilder();
    boolean isCompactionKilled = random.nextInt(READERS) == 0;
    for (int i = 0; i < READERS; i++) {
      Thread.sleep(random.nextInt((int) millis / 2));
      seen.add(folder.resolve("seen-" + i));
      readers.add(read(STATE, lake, seen.get(i)));
      if (i < killed) {
        killer.kill(writers.remove(0));
      }
    }
    if (isCompactionKilled) {
      killer.kill(compaction);
    } else {
      int exit = compaction.waitFor();
      wrong.append(exit == REFUSED ? "" : "the compaction ended with " + exit + "; ");
    }
    if (random.nextBoolean()) {
      killer.kill(readers.remove(0));
      seen.remove(0);
    }
    for (Process writer : writers) {
      int exit = writer.waitFor();
      wrong.append(exit == 0 || exit == 4 ? "" : "exit " + exit + "; ");
    }
    for (int i = 0; i < readers.size(); i++) {
      int exit = readers.get(i).waitFor();
      String state = Files.readString(seen.get(i));
      wrong.append(exit == 0 && states.contains(state) ? "" : "a reader saw " + state + "; ");
    }
    commands.mustSucceed(sync(lake));
    commands.mustSucceed(prune(lake));
    String left = said(folder, ROWS, lake);
    wrong.append(left.equals(rows) ? "" : "the lake holds " + left + ", not " + rows + "; ");
    String shown = tables(lake);
    return wrong + (shown.equals(tables) ? "" : "tables hold " + shown + ", not " + tables + "; ");
  }

  private String[] sync(Path lake) {
    return new String[] {"sync", landing.toString(), "--db", lake.toString(), "-o", "off"};
  }

  private static String[] prune(Path lake) {
    return new String[] {
      "prune", "--raw-days", "7", "--daily-starts", "5", "--db", lake.toString(), "-o", "off"
    };
  }

  private String[] compact(Path lake) {
    return new String[] {
      "compact", "--lake", lake.toString(), "--db", store.toString(), "-o", "off"
    };
  }

  /** Each reader has a cache of its own. */
  private Process read(String query, Path lake, Path seen) throws IOException {
    CommandLineProcess reader = commands.cachingIn(Path.of(seen + "-cache"));
    return reader.start(
        ProcessBuilder.Redirect.to(seen.toFile()),
        "sql",
        query,
        "--db",
        lake.toString(),
        "-o",
        "json");
  }

  private String said(Path folder, String query, Path lake)
      throws IOException, InterruptedException {
    Path seen = folder.resolve("said-" + lake.getFileName());
    int exit = read(query, lake, seen).waitFor();
    String said = Files.readString(seen);
    if (exit != 0) {
      throw new IOException("frostline sql exited with " + exit + ": " + said);
    }
    return said;
  }

  /** What engines read. */
  private static String tables(Path lake) throws SQLException {
    StringBuilder said = new StringBuilder();
    try (Store store = Store.open(Path.of(":memory:"));
        Statement sql = store.connection().createStatement()) {
      for (String table : List.of("cold_start", "import_timing", "log_stream")) {
        String files = lake.resolve(table) + "/*/data.parquet";
        try (ResultSet row =
            sql.executeQuery(
                "SELECT count(*) || ' ' || sum(hash(t)) FROM read_parquet('" + files + "') t")) {
          row.next();
          said.append(row.getString(1)).append(' ');
        }
      }
    }
    return said.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
