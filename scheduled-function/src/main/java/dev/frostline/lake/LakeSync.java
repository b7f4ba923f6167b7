package dev.frostline.lake;

import dev.frostline.ingest.LandingObject;
import dev.frostline.policy.Acknowledgement;
import dev.frostline.policy.Acknowledgements;
import dev.frostline.policy.Promise;
import dev.frostline.policy.Promises;
import dev.frostline.store.Ingestion;
import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Kind;
import dev.frostline.store.LakeParts.Looked;
import dev.frostline.store.LakeParts.Older;
import dev.frostline.store.LakeParts.Open;
import dev.frostline.store.LakeParts.Part;
import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what was landed into a lake that has no store behind it, each object exactly once: the days
 * that the delivered log streams were seen on are fetched, brought up to date, and written as new
 * files, which one commit makes the lake's. What it costs hangs on what was delivered, not on how
 * old the lake is. Two at once cannot lose anything: whoever commits second begins anew on what the
 * first one made.
 */
public final class LakeSync {
  /** As often may somebody else be first. */
  private static final int TRIES = 6;

  /** Events are landed within minutes; what comes later is found once a day. */
  private static final Duration LATE = Duration.ofHours(3);

  private static final Duration ALL_EVERY = Duration.ofDays(1);

  private final Place landing;
  private final CommittedLake lake;

  public LakeSync(Place landing, Place lake) {
    this.landing = landing;
    this.lake = new CommittedLake(lake);
  }

  /**
   * What a run did.
   *
   * @param left objects left for lack of time
   * @param daysWritten days with cold starts that were written anew
   * @param isAll whether the whole landing was looked through
   */
  public record Summary(int left, int daysWritten, boolean isAll) {}

  /** Reads what was judged while it is at hand. */
  public interface Reader {
    /** Nobody reads it. */
    Reader NONE = (judged, looked, open) -> {};

    /**
     * Called where older findings were judged again, before {@link #read}.
     *
     * @param judged holds what became of these findings
     */
    default void readOlder(Store judged, Set<Older> open) {}

    /**
     * Called before what was judged is the lake's, and again where somebody else was first.
     *
     * @param judged holds the functions that changed, by the lake's last days
     * @param open slowdowns that are open in all of the lake
     */
    void read(Store judged, Looked looked, List<Open> open);
  }

  /**
   * Runs once.
   *
   * @param until when no more objects are begun
   * @param all whether to look through the whole landing, and not through its last hours alone
   * @throws IOException when a place cannot be read or written; the lake is as it was, or holds all
   *     of it
   */
  public Summary run(Instant until, boolean all, Sync.Listener listener, Reader reader)
      throws IOException {
    for (int tries = 1; tries <= TRIES; tries++) {
      try (ScratchFolder folder = new ScratchFolder()) {
        Told told = new Told();
        Summary summary = once(folder.path(), until, all, told, reader);
        if (summary != null) {
          told.tell(listener);
          return summary;
        }
      }
    }
    throw new IOException(
        "other syncs were faster " + TRIES + " times; the next one takes what was landed");
  }

  private @Nullable Summary once(
      Path folder, Instant until, boolean all, Sync.Listener told, Reader reader)
      throws IOException {
    Commit before = lake.writable();
    Instant now = Instant.now();
    boolean isAll =
        all || before.allListedAt() == null || before.allListedAt().isBefore(now.minus(ALL_EVERY));
    List<String> keys = isAll ? Sync.keys(landing) : lately(before, now);
    Map<Part, Path> files = new HashMap<>();
    try (Store store = Store.open(folder.resolve("sync.duckdb"))) {
      LakeParts parts = new LakeParts(store);
      parts.numberLedgerFrom(ChronoUnit.MICROS.between(Instant.EPOCH, now));
      HeldParts held = new HeldParts(lake, before, parts, folder);
      held.bringLanded(keys);
      int left = new Sync(landing, store, held).run(keys, until, told);
      held.bringLedger();
      Set<Part> changed = held.changed();
      if (changed.isEmpty() && !isAll && lake.isWritten(before)) {
        return new Summary(left, 0, false);
      }
      Map<Part, String> generations = new HashMap<>(before.generations());
      generations.putAll(held.export(changed, files, now));
      int days = (int) changed.stream().filter(part -> part.kind() == Kind.ROWS).count();
      Path judged =
          new RecentJudge(lake, before, generations, folder)
              .judge(parts.changedFunctions(), files, isAll, reader);
      if (judged != null) {
        changed.add(Part.JUDGED);
        files.put(Part.JUDGED, judged);
        generations.put(Part.JUDGED, put(Part.JUDGED, judged));
      }
      Commit next =
          new Commit(
              before.number() + 1,
              generations,
              lake.changed(before, changed),
              left == 0 ? now : before.listedAt(),
              left == 0 && isAll ? now : before.allListedAt());
      if (!lake.commit(next)) {
        return null;
      }
      lake.writeTables(next, files, folder);
      if (isAll) {
        lake.sweep(next);
      }
      return new Summary(left, days, isAll);
    }
  }

  /** Keys name the hour of their first event. */
  private List<String> lately(Commit before, Instant now) throws IOException {
    Instant last = before.listedAt() == null ? now.minus(ALL_EVERY) : before.listedAt();
    List<String> keys = new ArrayList<>();
    for (Instant hour = last.minus(LATE).truncatedTo(ChronoUnit.HOURS);
        hour.isBefore(now.plus(1, ChronoUnit.HOURS));
        hour = hour.plus(1, ChronoUnit.HOURS)) {
      keys.addAll(landing.keys(LandingObject.folder(hour)));
    }
    keys.addAll(DeliveredKeys.since(landing, last.minus(LATE)));
    return keys;
  }

  private String put(Part part, Path own) throws IOException {
    String generation = CommittedLake.newGeneration(Instant.now());
    lake.put(part, generation, own);
    return generation;
  }

  /** Whether nothing was committed yet. */
  public boolean isNew() throws IOException {
    return lake.latest().isNone();
  }

  /**
   * Makes a lake of a store that was kept as one object, with all it knows; nothing where the lake
   * is there already.
   *
   * @param beside where what was accepted and promised is kept from now on
   * @return whether it was made
   */
  public boolean moveIn(Path file, Place beside) throws IOException {
    if (!isNew()) {
      return false;
    }
    try (ScratchFolder folder = new ScratchFolder();
        Store store = Store.open(file)) {
      LakeParts parts = new LakeParts(store);
      Map<Part, String> generations = new HashMap<>();
      store.judge();
      Set<Part> all = new HashSet<>(parts.fingerprints().keySet());
      all.add(Part.JUDGED);
      for (Part part : all) {
        parts.export(part, folder.path());
        generations.put(part, put(part, folder.path()));
      }
      AcceptedBeside accepted = new AcceptedBeside(beside);
      for (Acknowledgement one : new Acknowledgements(store.connection()).all()) {
        accepted.add(one);
      }
      PromisesBeside promises = new PromisesBeside(beside);
      for (Promise one : new Promises(store.connection()).all()) {
        promises.create(one);
      }
      return lake.commit(new Commit(1, generations, lake.changed(Commit.NONE, all), null, null));
    } catch (SQLException e) {
      throw new IOException("Cannot read what was accepted or promised: " + e.getMessage(), e);
    }
  }

  /** What is told when it is committed, and not before. */
  private static final class Told implements Sync.Listener {
    private final List<Ingestion.Summary> stored = new ArrayList<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private int found;

    @Override
    public void found(int objects) {
      found = objects;
    }

    @Override
    public void stored(Ingestion.Summary group) {
      stored.add(group);
    }

    @Override
    public void failed(String key, String reason) {
      failed.put(key, reason);
    }

    void tell(Sync.Listener listener) {
      listener.found(found);
      listener.done(found);
      stored.forEach(listener::stored);
      failed.forEach(listener::failed);
    }
  }
}
