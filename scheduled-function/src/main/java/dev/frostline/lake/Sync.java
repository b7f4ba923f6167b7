package dev.frostline.lake;

import dev.frostline.ingest.DeliveredLogs;
import dev.frostline.ingest.LandingObject;
import dev.frostline.store.Ingestion;
import dev.frostline.store.Store;
import dev.frostline.store.StreamSupply;
import dev.frostline.timing.StreamId;
import dev.frostline.timing.TimedLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes what the ingest function landed, and what log groups of class DELIVERY left in the bucket
 * without it, into the store, each object exactly once: a group of them, their rows and their keys
 * are one transaction. Whatever ends it half-way, the next run goes on behind the last group.
 */
public final class Sync {
  /** The folder of landing objects. */
  static final String LANDING = "landing";

  private static final int PAGE = 10_000;
  private static final int GROUP = 500;

  private final Place landing;
  private final Store store;
  private final StreamSupply supply;

  /** From that place into that store. */
  public Sync(Place landing, Store store) {
    this(landing, store, StreamSupply.NONE);
  }

  /** The same, where somebody else holds what is known of the streams. */
  Sync(Place landing, Store store, StreamSupply supply) {
    this.landing = landing;
    this.store = store;
    this.supply = supply;
  }

  /** Learns what happens. */
  public interface Listener {
    /** So many objects were found; some of them may have been taken before. */
    default void found(int objects) {}

    /** So many more of them are done with. */
    default void done(int objects) {}

    /** One group was stored. */
    default void stored(Ingestion.Summary group) {}

    /** One object could not be read; nothing of it was stored, and the next run tries it again. */
    void failed(String key, String reason);
  }

  /**
   * Takes what is new, until then at the latest; returns how many objects were left for lack of
   * time.
   *
   * @throws IOException when the landing cannot be listed
   */
  public int run(Instant until, Listener listener) throws IOException {
    return run(keys(landing), until, listener);
  }

  /** Everything that a landing holds. */
  static List<String> keys(Place landing) throws IOException {
    List<String> keys = new ArrayList<>(landing.keys(LANDING));
    keys.addAll(DeliveredKeys.all(landing));
    return keys;
  }

  /** The same of these objects alone. */
  int run(List<String> keys, Instant until, Listener listener) throws IOException {
    listener.found(keys.size());
    for (int page = 0; page < keys.size(); page += PAGE) {
      List<String> some = keys.subList(page, Math.min(keys.size(), page + PAGE));
      Set<String> known = store.landed(some);
      List<String> fresh = some.stream().filter(key -> !known.contains(key)).toList();
      listener.done(some.size() - fresh.size());
      for (int from = 0; from < fresh.size(); from += GROUP) {
        if (Instant.now().isAfter(until)) {
          return keys.size() - page - (some.size() - fresh.size()) - from;
        }
        List<String> group = fresh.subList(from, Math.min(fresh.size(), from + GROUP));
        take(group, listener);
        listener.done(group.size());
      }
    }
    return 0;
  }

  private void take(List<String> keys, Listener listener) throws IOException {
    try (ReadAhead<String, LandingObject> objects =
        new ReadAhead<>(keys, key -> read(landing, key))) {
      take(keys, key -> objects.next(), listener);
    }
  }

  /** Stores objects in one transaction, each of which is read once, in their order. */
  void take(List<String> keys, ReadAhead.Reader<String, LandingObject> objects, Listener listener)
      throws IOException {
    Map<String, Long> rejects = new TreeMap<>();
    long received = 0;
    long notOurs = 0;
    try (Ingestion ingestion = store.ingest(LANDING, landing.toString(), supply)) {
      for (String key : keys) {
        LandingObject object;
        try {
          object = objects.read(key);
        } catch (IOException e) {
          listener.failed(key, String.valueOf(e.getMessage()));
          continue;
        }
        received += add(object, ingestion);
        notOurs += object.notOurs();
        object.rejects().forEach((reason, lines) -> rejects.merge(reason, lines, Long::sum));
        ingestion.landed(key);
      }
      listener.stored(ingestion.commit(received, notOurs, rejects));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads an object of a landing, whoever left it there. */
  static LandingObject read(Place landing, String key) throws IOException {
    try (InputStream content = landing.open(key)) {
      return DeliveredLogs.isKey(key)
          ? DeliveredLogs.read(key, content)
          : LandingObject.decode(content.readAllBytes());
    }
  }

  /** Adds an object's lines and returns how many events it stands for. */
  private static long add(LandingObject object, Ingestion ingestion) {
    long events = object.notOurs();
    for (long lines : object.rejects().values()) {
      events += lines;
    }
    for (Map.Entry<StreamId, List<TimedLine>> entry : object.streams().entrySet()) {
      ingestion.add(entry.getKey(), entry.getValue());
      for (TimedLine line : entry.getValue()) {
        events += line.part() == 0 ? 1 : 0;
      }
    }
    return events;
  }
}
