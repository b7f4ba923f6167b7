package dev.frostline.lake;

import dev.frostline.ingest.LandingObject;
import dev.frostline.store.LakeParts;
import dev.frostline.store.LakeParts.Kind;
import dev.frostline.store.LakeParts.Part;
import dev.frostline.store.Store;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LakeSync} does, in steps that many machines can take at once. Log streams are shared
 * out: each shard takes what was landed of its streams, each part of the lake is put together from
 * what the shards made of it, and one commit makes all of that the lake's. A step that is repeated
 * writes other files, and those that no commit names count for nothing.
 *
 * @param landing s3://BUCKET/PREFIX or a folder, as {@link Place#at} takes it
 * @param lake the same
 * @param shards into how many the log streams are shared out
 * @param before the commit that it begins from, as JSON
 * @param begun when it began, in microseconds since 1970 UTC
 */
public record ShardedSync(String landing, String lake, int shards, String before, long begun)
    implements Serializable {
  /** Objects that are stored in one transaction. */
  private static final int GROUP = 500;

  /** What a step may take of memory that is not Java's. */
  private static final int MEGABYTES = 1000;

  /** No shard writes so many lines into the ledger. */
  private static final long LEDGER_OF_SHARD = 10_000;

  /**
   * What one shard has of a landing object.
   *
   * @param content a landing object of its own; null where the object cannot be read
   * @param failure why it cannot; empty where it can
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Piece(int shard, String key, byte @Nullable [] content, String failure)
      implements Serializable {}

  /**
   * New files of a part of the lake.
   *
   * @param shard whose files they are; 0 where they are those of all
   * @param part its key
   * @param generation its files
   */
  public record Made(int shard, String part, String generation) implements Serializable {}

  /**
   * Begins from the lake as it is now.
   *
   * @throws IOException when it cannot be read, or a store feeds it
   */
  public static ShardedSync begin(String landing, String lake, int shards) throws IOException {
    try (Place place = Place.at(lake, null)) {
      Commit before = new CommittedLake(place).writable();
      return new ShardedSync(
          landing,
          lake,
          shards,
          new String(before.json(), StandardCharsets.UTF_8),
          ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }
  }

  /** Whether nothing of an earlier sync is left to be written. */
  public boolean isWritten() throws IOException {
    try (Place place = Place.at(lake, null)) {
      return new CommittedLake(place).isWritten(parsed(before));
    }
  }

  /** The keys of everything in the landing that the lake has not taken yet. */
  public List<String> keys() throws IOException {
    try (Place landed = Place.at(landing, null);
        Place place = Place.at(lake, null);
        ScratchFolder folder = new ScratchFolder();
        Store store = Store.open(Path.of(":memory:"))) {
      List<String> keys = new ArrayList<>(Sync.keys(landed));
      held(place, store, folder).bringLanded(keys);
      Set<String> known = store.landed(keys);
      return keys.stream().filter(key -> !known.contains(key)).toList();
    }
  }

  /** Reads objects of the landing, and shares their log streams out. */
  public List<Piece> split(List<String> keys) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    try (Place landed = Place.at(landing, null);
        ReadAhead<String, LandingObject> objects =
            new ReadAhead<>(keys, key -> Sync.read(landed, key))) {
      for (String key : keys) {
        try {
          objects
              .next()
              .split(stream -> LakeParts.shard(stream, shards))
              .forEach((shard, content) -> pieces.add(new Piece(shard, key, content, "")));
        } catch (IOException e) {
          pieces.add(new Piece(0, key, null, String.valueOf(e.getMessage())));
        }
      }
    }
    return pieces;
  }

  /**
   * Takes what was landed of the log streams of one shard.
   *
   * @param pieces all that there are of it, in any order
   * @return what it made of each part of the lake that it changed
   */
  public List<Made> take(int shard, Iterator<Piece> pieces, Sync.Listener listener)
      throws IOException {
    try (Place place = Place.at(lake, null);
        Place landed = Place.at(landing, null);
        ScratchFolder folder = new ScratchFolder();
        Store store = Store.open(folder.path().resolve("shard.duckdb"))) {
      LakeParts parts = new LakeParts(store);
      parts.limit(MEGABYTES);
      parts.numberLedgerFrom(begun + shard * LEDGER_OF_SHARD);
      parts.takeOnly(List.of(shard), shards);
      HeldParts held = held(place, store, folder);
      Sync sync = new Sync(landed, store, held);
      while (pieces.hasNext()) {
        Map<String, Piece> group = new LinkedHashMap<>();
        while (pieces.hasNext() && group.size() < GROUP) {
          Piece piece = pieces.next();
          group.put(piece.key(), piece);
        }
        sync.take(List.copyOf(group.keySet()), key -> decoded(group.get(key)), listener);
      }
      List<Made> made = new ArrayList<>();
      held.export(held.changed(), new HashMap<>(), Instant.now())
          .forEach((part, generation) -> made.add(new Made(shard, part.key(), generation)));
      return made;
    }
  }

  private static LandingObject decoded(@Nullable Piece piece) throws IOException {
    if (piece == null || piece.content() == null) {
      throw new IOException(piece == null ? "no such object" : piece.failure());
    }
    return LandingObject.decode(piece.content());
  }

  /**
   * Puts a part of the lake together.
   *
   * @param made of that part, by all shards that changed it
   * @return its files, which no commit names yet
   */
  public Made merge(String key, Iterable<Made> made) throws IOException {
    try (Place place = Place.at(lake, null);
        ScratchFolder folder = new ScratchFolder();
        Store store = Store.open(folder.path().resolve("part.duckdb"))) {
      Part part = Part.of(key);
      CommittedLake committed = new CommittedLake(place);
      LakeParts parts = new LakeParts(store);
      parts.limit(MEGABYTES);
      Set<Integer> untouched = new HashSet<>(IntStream.range(0, shards).boxed().toList());
      made.forEach(one -> untouched.remove(one.shard()));
      String known = parsed(before).generations().get(part);
      Path own = folder.path().resolve("files");
      if (known != null) {
        parts.takeOnly(untouched, shards);
        committed.fetch(part, known, own);
        parts.take(part, own);
      }
      parts.takeOnly(IntStream.range(0, shards).boxed().toList(), shards);
      for (Made one : made) {
        committed.fetch(part, one.generation(), own);
        parts.take(part, own);
      }
      Files.createDirectories(own);
      parts.export(part, own);
      String generation = CommittedLake.newGeneration(Instant.now());
      committed.put(part, generation, own);
      return new Made(0, key, generation);
    }
  }

  /** The file of a table of every day as the lake will be: keys below its place. */
  public List<String> files(String table, List<Made> merged) throws IOException {
    List<String> files = new ArrayList<>();
    generations(merged)
        .forEach(
            (part, generation) -> {
              if (part.kind() == Kind.ROWS) {
                files.add(Objects.requireNonNull(CommittedLake.keys(part, generation).get(table)));
              }
            });
    return files;
  }

  /** Files of what was judged, which are still to be written; their keys by table. */
  public static Map<String, String> files(Made judged) {
    return CommittedLake.keys(Part.JUDGED, judged.generation());
  }

  /** New files of what was judged. */
  public static Made judged() {
    return new Made(0, Part.JUDGED.key(), CommittedLake.newGeneration(Instant.now()));
  }

  /**
   * Makes it the lake's.
   *
   * @param made every part that changed, what was judged among them
   * @return the commit, as JSON
   * @throws IOException when another sync was first: nothing of this one is taken then
   */
  public String commit(List<Made> made) throws IOException {
    try (Place place = Place.at(lake, null)) {
      CommittedLake committed = new CommittedLake(place);
      Set<Part> changed = new HashSet<>();
      made.forEach(one -> changed.add(Part.of(one.part())));
      Instant listed = Instant.EPOCH.plus(begun, ChronoUnit.MICROS);
      Commit from = parsed(before);
      Commit next =
          new Commit(
              from.number() + 1,
              generations(made),
              committed.changed(from, changed),
              listed,
              listed);
      if (!committed.commit(next)) {
        throw new IOException(
            "another sync into " + lake + " was faster; run this one again, nothing is lost");
      }
      return new String(next.json(), StandardCharsets.UTF_8);
    }
  }

  /** The parts whose tables a commit has still to be followed by. */
  public static List<String> changed(String commit) throws IOException {
    return parsed(commit).changed().stream().map(Part::key).sorted().toList();
  }

  /** Writes what engines read of one of them. */
  public void writeTables(String commit, String part) throws IOException {
    try (Place place = Place.at(lake, null);
        ScratchFolder folder = new ScratchFolder()) {
      new CommittedLake(place).writeTables(parsed(commit), Part.of(part), null, folder.path());
    }
  }

  /** Notes that all of them are written, and deletes files that count for nothing any more. */
  public void end(String commit) throws IOException {
    try (Place place = Place.at(lake, null)) {
      CommittedLake committed = new CommittedLake(place);
      committed.noteWritten(parsed(commit));
      committed.sweep(parsed(commit));
    }
  }

  private Map<Part, String> generations(List<Made> made) throws IOException {
    Map<Part, String> generations = new HashMap<>(parsed(before).generations());
    made.forEach(one -> generations.put(Part.of(one.part()), one.generation()));
    return generations;
  }

  private HeldParts held(Place place, Store store, ScratchFolder folder) throws IOException {
    return new HeldParts(
        new CommittedLake(place), parsed(before), new LakeParts(store), folder.path());
  }

  private static Commit parsed(String json) throws IOException {
    return Commit.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
