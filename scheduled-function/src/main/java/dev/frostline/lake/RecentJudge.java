package dev.frostline.lake;

import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Kind;
import dev.frostline.store.LakeParts.Looked;
import dev.frostline.store.LakeParts.Older;
import dev.frostline.store.LakeParts.Part;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the functions that a sync changed by their last days, and older findings by these and the
 * days on which they began: what it costs is not the lake's age.
 */
final class RecentJudge {
  /**
   * Deployments of the last days are judged, or of all days that were written where they are older.
   */
  private static final int DECIDED_DAYS = 5;

  /** Days that were written before these are left to the weekly report. */
  private static final int MOST_DAYS = 31;

  /** Days before the first deployment that is judged, which tell what it is compared with. */
  private static final int DAYS_BEFORE = 5;

  /** So many functions are judged in half a minute; of more, and of more days, others each time. */
  private static final int MOST_FUNCTIONS = 1000;

  private final CommittedLake lake;
  private final Commit before;
  private final Map<Part, String> generations;
  private final Path folder;

  /**
   * @param before the lake as it is
   * @param generations the files it will have
   * @param folder for what is fetched
   */
  RecentJudge(CommittedLake lake, Commit before, Map<Part, String> generations, Path folder) {
    this.lake = lake;
    this.before = before;
    this.generations = Map.copyOf(generations);
    this.folder = folder;
  }

  /**
   * Judges, and brings what was judged of the lake up to that.
   *
   * @param functions that changed, as account/region/name
   * @param files the folder of each part that was written
   * @param older whether older findings are judged again, too
   * @return folder with the files of {@link Part#JUDGED}; null where nothing was judged
   */
  @Nullable Path judge(
      Set<String> functions, Map<Part, Path> files, boolean older, LakeSync.Reader reader)
      throws IOException {
    NavigableSet<LocalDate> days = Commit.days(generations.keySet());
    if (days.isEmpty()) {
      return null;
    }
    LocalDate decided = decided(days.last(), Commit.days(files.keySet()));
    LocalDate since = decided.minusDays(DAYS_BEFORE);
    Path known = known();
    if (functions.isEmpty()) {
      return older && known != null ? again(known, since, decided, files, reader) : null;
    }
    try (Store store = Store.open(folder.resolve("judged.duckdb"))) {
      LakeParts parts = new LakeParts(store);
      judge(store, days.tailSet(since), some(functions), files);
      Looked looked = new Looked(parts.changedFunctions(), since, decided);
      Path judged = Files.createDirectories(folder.resolve("judged"));
      if (known == null) {
        parts.export(Part.JUDGED, judged);
      } else {
        parts.mergeJudged(known, looked, judged);
      }
      Path again = older ? again(judged, since, decided, files, reader) : null;
      Path all = again == null ? judged : again;
      reader.read(store, looked, parts.open(all));
      return all;
    }
  }

  /**
   * Judges findings again that are open and older than that, by the days around each and the last
   * ones: their functions and the code before them, and nothing of the time between.
   */
  private @Nullable Path again(
      Path known, LocalDate since, LocalDate decided, Map<Part, Path> files, LakeSync.Reader reader)
      throws IOException {
    try (Store store = Store.open(folder.resolve("older.duckdb"))) {
      LakeParts parts = new LakeParts(store);
      NavigableSet<LocalDate> all = Commit.days(generations.keySet());
      TreeSet<LocalDate> days = new TreeSet<>();
      Set<Older> read = new HashSet<>();
      List<Older> open = new ArrayList<>(parts.older(known, since, decided));
      Collections.shuffle(open);
      for (Older one : open) {
        TreeSet<LocalDate> more = new TreeSet<>(days);
        more.addAll(
            all.subSet(
                one.since().minusDays(DAYS_BEFORE), true,
                one.since().plusDays(DECIDED_DAYS - 1), true));
        if (more.size() <= MOST_DAYS && read.size() < MOST_FUNCTIONS) {
          days = more;
          read.add(one);
        }
      }
      if (read.isEmpty()) {
        return null;
      }
      days.addAll(all.tailSet(since));
      judge(store, days, read.stream().map(Older::function).collect(Collectors.toSet()), files);
      Path judged = Files.createDirectories(folder.resolve("judged-again"));
      parts.mergeOlder(known, decided, judged);
      Files.copy(known.resolve("live_period.parquet"), judged.resolve("live_period.parquet"));
      reader.readOlder(store, read);
      return judged;
    }
  }

  private void judge(Store store, Set<LocalDate> days, Set<String> functions, Map<Part, Path> files)
      throws IOException {
    LakeParts parts = new LakeParts(store);
    for (LocalDate day : days) {
      Part part = new Part(Kind.ROWS, day);
      Path own = files.get(part);
      parts.takeFunctions(own == null ? fetched(part) : own, functions);
    }
    parts.writeLivePeriods();
    store.judge();
  }

  private @Nullable Path known() throws IOException {
    return before.generations().containsKey(Part.JUDGED)
        ? lake.fetchJudged(before, fetched(Part.JUDGED))
        : null;
  }

  private static LocalDate decided(LocalDate last, NavigableSet<LocalDate> written) {
    LocalDate late = last.minusDays(DECIDED_DAYS - 1);
    LocalDate early = last.minusDays(MOST_DAYS - 1);
    LocalDate first = written.isEmpty() || written.first().isAfter(late) ? late : written.first();
    return first.isBefore(early) ? early : first;
  }

  private static Set<String> some(Set<String> functions) {
    List<String> shuffled = new ArrayList<>(functions);
    Collections.shuffle(shuffled);
    return Set.copyOf(shuffled.subList(0, Math.min(shuffled.size(), MOST_FUNCTIONS)));
  }

  private Path fetched(Part part) throws IOException {
    Path own = folder.resolve("read-" + part.kind().word() + "-" + part.day());
    if (!Files.exists(own)) {
      lake.fetch(part, String.valueOf(generations.get(part)), own);
    }
    return own;
  }
}
