package dev.frostline.lake;

import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lake that has no store behind it. Below {@code _parts} lie the files of each part, which never
 * change and of which a {@link Commit} says which ones count; the tables that engines read, {@code
 * cold_start/dt=…/data.parquet} and its like, are written from them behind each commit. Names with
 * a low line in front are hidden from engines.
 */
final class CommittedLake {
  /** What engines read of a day. */
  private static final List<String> TABLES = List.of("cold_start", "import_timing", "log_stream");

  private static final String PARTS = "_parts";
  private static final String COMMITS = "_commits";
  private static final Pattern COMMIT = Pattern.compile(COMMITS + "/(\\d{10})\\.json");

  /** Commits that are kept: whoever works on one is done long before so many others. */
  private static final int KEPT = 200;

  /** So many are read by somebody. */
  private static final int READ = 50;

  /** Files that no commit names may be those of a commit to come. */
  private static final Duration GRACE = Duration.ofDays(1);

  private final Place place;

  CommittedLake(Place place) {
    this.place = place;
  }

  /** The state that counts; {@link Commit#NONE} where there is none. */
  Commit latest() throws IOException {
    List<String> keys = place.keys(COMMITS);
    for (int i = keys.size() - 1; i >= 0; i--) {
      if (COMMIT.matcher(keys.get(i)).matches()) {
        try (InputStream content = place.open(keys.get(i))) {
          return Commit.parse(content.readAllBytes());
        }
      }
    }
    return Commit.NONE;
  }

  /**
   * The same of a lake that is there.
   *
   * @throws IOException when it is none, or has a store behind it
   */
  Commit required() throws IOException {
    Commit latest = latest();
    if (!latest.isNone()) {
      return latest;
    }
    throw new IOException(
        hasTablesAlone()
            ? place + " was written by frostline compact: prune the store that it was written from"
            : "There is no lake at " + place);
  }

  /**
   * The state that the next one is made from.
   *
   * @throws IOException when a store feeds the lake
   */
  Commit writable() throws IOException {
    Commit latest = latest();
    if (latest.isNone() && hasTablesAlone()) {
      throw new IOException(
          place
              + " was written from a store by frostline compact, which goes on writing it. Name"
              + " another place for a lake without a store.");
    }
    return latest;
  }

  /** Makes a state the one that counts; false when somebody else was first. */
  boolean commit(Commit next) throws IOException {
    if (!place.create(key(next.number(), ".json"), next.json())) {
      return false;
    }
    forgetOld(next.number());
    // whoever slept so long that the number was free again has committed nothing
    return latest().number() < next.number() + KEPT / 2;
  }

  private void forgetOld(long newest) throws IOException {
    for (String key : place.keys(COMMITS)) {
      Matcher parts = COMMIT.matcher(key.replace(".written", ".json"));
      if (parts.matches() && Long.parseLong(parts.group(1)) <= newest - KEPT) {
        place.delete(key);
      }
    }
  }

  private static String key(long number, String suffix) {
    return COMMITS + "/" + String.format("%010d", number) + suffix;
  }

  /** A name for new files of parts; names sort by their time. */
  static String newGeneration(Instant now) {
    return String.format(
        "%012x-%s", now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
  }

  /** Writes the files of a part, of which nobody knows before they are committed. */
  void put(Part part, String generation, Path folder) throws IOException {
    for (String table : part.kind().tables()) {
      place.write(file(part, generation, table), folder.resolve(table + ".parquet"));
    }
  }

  /**
   * Fetches the files of a part into a folder.
   *
   * @throws NoSuchFileException when a later commit has replaced them for long
   */
  void fetch(Part part, String generation, Path folder) throws IOException {
    for (String table : part.kind().tables()) {
      fetch(part, generation, table, folder);
    }
  }

  /** Fetches one of them. */
  void fetch(Part part, String generation, String table, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream content = place.open(file(part, generation, table))) {
      Files.copy(content, folder.resolve(table + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Fetches the findings of the table over those of the part, which a job may have replaced.
   *
   * @param folder with the files of the part
   */
  Path fetchJudged(Commit commit, Path folder) throws IOException {
    if (isWritten(commit)) {
      try (InputStream content = place.open("finding/data.parquet")) {
        Files.copy(content, folder.resolve("finding.parquet"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  /** The key of each table's file of a part. */
  static Map<String, String> keys(Part part, String generation) {
    Map<String, String> keys = new HashMap<>();
    part.kind().tables().forEach(table -> keys.put(table, file(part, generation, table)));
    return keys;
  }

  private static String file(Part part, String generation, String table) {
    return folder(part) + "/" + generation + "/" + table + ".parquet";
  }

  private static String folder(Part part) {
    return PARTS + "/" + part.key();
  }

  /** Whether the tables of a commit were written behind it. */
  boolean isWritten(Commit commit) throws IOException {
    return commit.isNone() || place.keys(COMMITS).contains(key(commit.number(), ".written"));
  }

  /**
   * Writes what engines read of the parts that a commit changed.
   *
   * @param files the folder of each part's files where they are at hand
   */
  void writeTables(Commit commit, Map<Part, Path> files, Path folder) throws IOException {
    for (Part part : commit.changed()) {
      writeTables(commit, part, files.get(part), folder);
    }
    noteWritten(commit);
  }

  /**
   * Writes what engines read of one part. Whoever is overtaken by a later commit writes what that
   * one says, so that the last to write never writes the older.
   *
   * @param atHand folder of the part's files; null where they have to be fetched
   */
  void writeTables(Commit commit, Part part, @Nullable Path atHand, Path folder)
      throws IOException {
    String written = "";
    String wanted = generation(commit, part);
    while (!wanted.equals(written)) {
      Path own = wanted.equals(generation(commit, part)) ? atHand : null;
      if (own == null) {
        own = folder.resolve("tables-" + wanted);
        fetch(part, wanted, own);
      }
      writeTables(part, own);
      written = wanted;
      wanted = generation(latest(), part);
    }
  }

  /** Notes that all tables of a commit are written. */
  void noteWritten(Commit commit) throws IOException {
    place.create(key(commit.number(), ".written"), new byte[0]);
  }

  private static String generation(Commit commit, Part part) {
    return commit.generations().getOrDefault(part, "");
  }

  private void writeTables(Part part, Path own) throws IOException {
    boolean isDay = part.kind() == LakeParts.Kind.ROWS;
    for (String table : isDay ? TABLES : part.kind().tables()) {
      place.write(
          table + (isDay ? "/dt=" + part.day() : "") + "/data.parquet",
          own.resolve(table + ".parquet"));
    }
  }

  /**
   * Deletes files of parts that none of the last commits names, and that are not of one to come.
   */
  void sweep(Commit latest) throws IOException {
    Set<String> named = new HashSet<>();
    for (String key : place.keys(COMMITS)) {
      Matcher number = COMMIT.matcher(key);
      if (number.matches() && Long.parseLong(number.group(1)) > latest.number() - READ) {
        try (InputStream content = place.open(key)) {
          Commit.parse(content.readAllBytes())
              .generations()
              .forEach((part, generation) -> named.add(folder(part) + "/" + generation));
        }
      }
    }
    String young = newGeneration(Instant.now().minus(GRACE));
    for (String key : place.keys(PARTS)) {
      String folder = key.substring(0, key.lastIndexOf('/'));
      String generation = folder.substring(folder.lastIndexOf('/') + 1);
      if (!named.contains(folder) && generation.compareTo(young) < 0) {
        place.delete(key);
      }
    }
  }

  /** Whether somebody wrote tables without any commit. */
  boolean hasTablesAlone() throws IOException {
    return latest().isNone() && !place.keys("cold_start").isEmpty();
  }

  /** The parts whose tables a next commit has to write: its own, and those left behind. */
  Set<Part> changed(Commit before, Set<Part> parts) throws IOException {
    Set<Part> changed = new HashSet<>();
    if (!isWritten(before)) {
      changed.addAll(before.changed());
    }
    parts.stream().filter(part -> part.kind().isOfEngines()).forEach(changed::add);
    return changed;
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
