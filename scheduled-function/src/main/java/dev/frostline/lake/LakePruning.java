package dev.frostline.lake;

import dev.frostline.policy.Retention;
import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Kind;
import dev.frostline.store.LakeParts.Part;
import dev.frostline.store.Pruning;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Thins out the old days of a lake that has no store behind it, as {@link Pruning} does those of a
 * store: some days a commit. Whatever stops it, the lake is what one of these commits says. A day
 * that has nothing left to lose says so in the name of its files, {@code …-p30}, and is not read
 * again until a sync writes it anew.
 */
public final class LakePruning {
  private static final int DAYS_AT_ONCE = 10;
  private static final int TRIES = 6;

  /** Every day is before this one. */
  private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

  private static final Pattern PRUNED = Pattern.compile(".*-p(\\d+)");

  private final CommittedLake lake;
  private final LocalDate before;
  private final int dailyStarts;

  /**
   * @param before the first day (UTC) that stays as it is
   */
  public LakePruning(Place lake, LocalDate before, Retention retention) {
    this.lake = new CommittedLake(lake);
    this.before = before;
    this.dailyStarts = retention.dailyStarts();
  }

  /** One day, thinned out in a folder. */
  private record Day(Pruning.Summary lost, boolean isWhole, Path files) {}

  /**
   * What would go.
   *
   * @throws IOException when the lake cannot be read
   */
  public Pruning.Summary plan() throws IOException {
    Commit base = lake.required();
    Pruning.Summary sum = Pruning.Summary.NOTHING;
    for (Part part : days(base, Set.of(), Integer.MAX_VALUE)) {
      try (ScratchFolder folder = new ScratchFolder()) {
        sum = sum.plus(thinned(base, part, folder.path()).lost());
      }
    }
    return sum;
  }

  /**
   * Takes it away.
   *
   * @param until when no more days are begun
   * @throws IOException when the lake cannot be read or written; some of its days are done then
   */
  public Pruning.Summary prune(Instant until) throws IOException {
    Pruning.Summary sum = Pruning.Summary.NOTHING;
    Set<Part> done = new HashSet<>();
    int tries = 0;
    while (true) {
      Commit base = lake.required();
      Set<Part> some = days(base, done, DAYS_AT_ONCE);
      if (some.isEmpty() || Instant.now().isAfter(until)) {
        return sum;
      }
      try (ScratchFolder folder = new ScratchFolder()) {
        Map<Part, Day> days = new HashMap<>();
        for (Part part : some) {
          days.put(part, thinned(base, part, folder.path()));
        }
        if (commit(base, days, folder.path())) {
          done.addAll(some);
          sum = days.values().stream().map(Day::lost).reduce(sum, Pruning.Summary::plus);
          tries = 0;
        } else if (++tries == TRIES) {
          throw new IOException("syncs were faster " + TRIES + " times; the next run goes on");
        }
      }
    }
  }

  private Set<Part> days(Commit base, Set<Part> done, int most) {
    Set<Part> days = new HashSet<>();
    Iterator<LocalDate> old = base.days().headSet(before).iterator();
    while (old.hasNext() && days.size() < most) {
      Part part = new Part(Kind.ROWS, old.next());
      if (!done.contains(part) && !isPruned(generation(base, part))) {
        days.add(part);
      }
    }
    return days;
  }

  private static String generation(Commit base, Part part) {
    return base.generations().getOrDefault(part, "");
  }

  private boolean isPruned(String generation) {
    Matcher pruned = PRUNED.matcher(generation);
    return pruned.matches() && Integer.parseInt(pruned.group(1)) <= dailyStarts;
  }

  /** Streams of the day before are looked at, too: their cold starts may be of this one. */
  private Day thinned(Commit base, Part part, Path folder) throws IOException {
    Path whole = folder.resolve("whole-" + part.day());
    Path thin = Files.createDirectories(folder.resolve("thin-" + part.day()));
    lake.fetch(part, generation(base, part), whole);
    try (Store store = Store.open(folder.resolve(part.day() + ".duckdb"))) {
      LakeParts parts = new LakeParts(store);
      parts.take(part, whole);
      Part yesterday = new Part(Kind.ROWS, part.day().minusDays(1));
      if (base.generations().containsKey(yesterday)) {
        Path streams = folder.resolve("streams-" + part.day());
        lake.fetch(yesterday, generation(base, yesterday), "log_stream", streams);
        parts.takeStreams(streams);
      }
      Pruning pruning = new Pruning(store);
      Pruning.Summary lost = pruning.prune(before, dailyStarts);
      boolean isWhole = pruning.plan(NEVER, dailyStarts).isEmpty();
      parts.export(part, thin);
      return new Day(lost.freeing(bytes(whole) - bytes(thin)), isWhole, thin);
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private boolean commit(Commit base, Map<Part, Day> days, Path folder) throws IOException {
    Map<Part, String> generations = new HashMap<>(base.generations());
    Map<Part, Path> files = new HashMap<>();
    for (Map.Entry<Part, Day> one : days.entrySet()) {
      Day day = one.getValue();
      if (day.isWhole() || !day.lost().isEmpty()) {
        String generation =
            CommittedLake.newGeneration(Instant.now()) + (day.isWhole() ? "-p" + dailyStarts : "");
        lake.put(one.getKey(), generation, day.files());
        generations.put(one.getKey(), generation);
        files.put(one.getKey(), day.files());
      }
    }
    if (files.isEmpty()) {
      return true;
    }
    Commit next =
        new Commit(
            base.number() + 1,
            generations,
            lake.changed(base, files.keySet()),
            base.listedAt(),
            base.allListedAt());
    if (!lake.commit(next)) {
      return false;
    }
    lake.writeTables(next, files, folder);
    return true;
  }
}
