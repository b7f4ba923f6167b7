package dev.frostline.lake;

import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.store.Store;
import dev.frostline.store.StoreException;
import dev.frostline.store.TakenDays;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lake as a store: a copy on this machine, of which only days that changed are fetched. The lake
 * is the truth; the copy may be deleted at any time.
 */
public final class LakeCopy {
  private static final Pattern FILE = Pattern.compile("(\\w+)/dt=([0-9-]+)/[^/]+\\.parquet");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** As often may somebody write days while they are fetched. */
  private static final int ROUNDS = 5;

  private final Place lake;
  private final Path file;

  /**
   * @param file the copy; it need not be there yet
   */
  public LakeCopy(Place lake, Path file) {
    this.lake = lake;
    this.file = file;
  }

  /** Hears how far it is. */
  public interface Listener {
    /** Nobody wants to know. */
    Listener NONE =
        new Listener() {
          @Override
          public void found(int days) {
            // Nobody hears of it.
          }

          @Override
          public void done() {
            // Nobody hears of it.
          }
        };

    /** Before the first of so many days is fetched. */
    void found(int days);

    /** One more day is in the copy. */
    void done();
  }

  /** One day of the lake: the key of each table's file, and what tells that it is another one. */
  private record Day(Map<String, String> keys, String tag) {
    Day and(Day other) {
      Map<String, String> all = new HashMap<>(keys);
      all.putAll(other.keys);
      return new Day(all, Stream.of(tag, other.tag).sorted().collect(Collectors.joining(" ")));
    }
  }

  /**
   * Brings the copy to what the lake holds. The days that it writes meanwhile are fetched again,
   * until all are of one moment.
   *
   * @throws IOException when the lake cannot be read, or there is none
   */
  public void update(Listener listener) throws IOException {
    SortedMap<LocalDate, Day> days = days();
    for (int round = 0; round < ROUNDS && !isUpToDate(days); round++) {
      try {
        fetch(days, listener);
      } catch (NoSuchFileException e) {
        if (round == ROUNDS - 1) {
          throw e;
        }
      }
      days = days();
    }
  }

  /**
   * Brings what people wrote down beside the lake to the copy, so that whoever reads the lake
   * honours it: what was accepted, then what was promised.
   *
   * @throws IOException when it cannot be read; the copy has what it had of it
   */
  public void updateBeside(Place beside) throws IOException {
    try {
      updateAccepted(new AcceptedBeside(beside).all());
      updatePromises(new PromisesBeside(beside).all());
    } catch (SQLException e) {
      throw new IOException("the copy of the lake: " + e.getMessage(), e);
    }
  }

  private void updateAccepted(List<Acknowledgement> wanted) throws SQLException {
    try (Store copy = Store.openReadOnly(file)) {
      if (Set.copyOf(new Acknowledgements(copy.connection()).all()).equals(Set.copyOf(wanted))) {
        return;
      }
    }
    try (Store copy = Store.open(file, PATIENCE)) {
      new Acknowledgements(copy.connection()).replace(wanted);
    }
  }

  private void updatePromises(List<Promise> wanted) throws SQLException {
    try (Store copy = Store.openReadOnly(file)) {
      if (new Promises(copy.connection()).all().equals(wanted)) {
        return;
      }
    }
    try (Store copy = Store.open(file, PATIENCE)) {
      new Promises(copy.connection()).replace(wanted);
    }
  }

  private boolean isUpToDate(SortedMap<LocalDate, Day> days) {
    if (!Files.exists(file)) {
      return false;
    }
    try (Store copy = Store.openReadOnly(file)) {
      return new TakenDays(copy, lake.toString()).tags().equals(tags(days));
    } catch (StoreException e) {
      return false; // of an older version, or somebody is writing it: opened for writing, it is
      // told
    }
  }

  private void fetch(SortedMap<LocalDate, Day> days, Listener listener) throws IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    try (Store copy = Store.open(file, PATIENCE)) {
      TakenDays taken = new TakenDays(copy, lake.toString());
      SortedMap<LocalDate, String> wanted = tags(days);
      SortedMap<LocalDate, String> known = taken.tags();
      TreeSet<LocalDate> changed = new TreeSet<>(wanted.keySet());
      changed.addAll(known.keySet());
      changed.removeIf(day -> wanted.getOrDefault(day, "").equals(known.getOrDefault(day, "")));
      listener.found(changed.size());
      for (LocalDate day : changed) {
        Day one = days.get(day);
        take(taken, day, one == null ? new Day(Map.of(), "") : one);
        listener.done();
      }
      copy.judge();
    }
  }

  private void take(TakenDays taken, LocalDate day, Day one) throws IOException {
    Map<String, Path> files = new HashMap<>();
    Path folder = Files.createTempDirectory("frostline-");
    try {
      for (Map.Entry<String, String> key : one.keys().entrySet()) {
        Path part = folder.resolve(key.getKey() + ".parquet");
        try (InputStream content = lake.open(key.getValue())) {
          Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        }
        files.put(key.getKey(), part);
      }
      taken.take(day, one.tag().isEmpty() ? null : one.tag(), files);
    } finally {
      for (Path part : files.values()) {
        Files.deleteIfExists(part);
      }
      Files.deleteIfExists(folder);
    }
  }

  /** Those of the commit that counts; of a lake without commits, the files that are there. */
  private SortedMap<LocalDate, Day> days() throws IOException {
    Commit commit = new CommittedLake(lake).latest();
    return commit.isNone() ? daysOfTables() : daysOf(commit);
  }

  private static SortedMap<LocalDate, Day> daysOf(Commit commit) {
    SortedMap<LocalDate, Day> days = new TreeMap<>();
    commit
        .generations()
        .forEach(
            (part, generation) -> {
              Map<String, String> keys = CommittedLake.keys(part, generation);
              keys.keySet().retainAll(TakenDays.TABLES);
              if (!keys.isEmpty()) {
                days.merge(part.day(), new Day(keys, generation), Day::and);
              }
            });
    return days;
  }

  private SortedMap<LocalDate, Day> daysOfTables() throws IOException {
    SortedMap<LocalDate, Map<String, String>> keys = new TreeMap<>();
    SortedMap<LocalDate, StringBuilder> tags = new TreeMap<>();
    for (String table : TakenDays.TABLES) {
      for (Place.Entry entry : lake.entries(table)) {
        Matcher parts = FILE.matcher(entry.key());
        if (parts.matches()) {
          LocalDate day = date(parts.group(2));
          keys.computeIfAbsent(day, any -> new HashMap<>()).put(table, entry.key());
          tags.computeIfAbsent(day, any -> new StringBuilder())
              .append(table)
              .append(' ')
              .append(entry.tag())
              .append(' ');
        }
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(
          "There is no lake at " + lake + ". Write one: frostline compact --lake");
    }
    SortedMap<LocalDate, Day> days = new TreeMap<>();
    keys.forEach((day, own) -> days.put(day, new Day(own, String.valueOf(tags.get(day)))));
    return days;
  }

  private LocalDate date(String text) throws IOException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException("No day of a lake: dt=" + text + " of " + lake, e);
    }
  }

  private static SortedMap<LocalDate, String> tags(SortedMap<LocalDate, Day> days) {
    SortedMap<LocalDate, String> tags = new TreeMap<>();
    days.forEach((day, one) -> tags.put(day, one.tag()));
    return tags;
  }
}
