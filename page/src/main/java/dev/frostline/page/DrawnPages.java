package dev.frostline.page;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one state of the store. Each is drawn once, however many ask for it at the same time,
 * and those asked for last are kept.
 */
final class DrawnPages {
  private final long mostBytes;
  private final Map<String, CompletableFuture<@Nullable Drawn>> drawing = new ConcurrentHashMap<>();
  private final Map<String, Drawn> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * None yet.
   *
   * @param mostBytes of the pages that are kept
   */
  DrawnPages(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The page of that key. Who comes while it is drawn waits for it. */
  Drawn of(String key, Drawing one) throws SQLException, IOException {
    Drawn known = kept(key);
    if (known != null) {
      return known;
    }
    CompletableFuture<@Nullable Drawn> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Drawn> others = drawing.putIfAbsent(key, mine);
    Drawn shared = others == null ? null : others.join();
    if (shared != null) {
      return shared;
    }
    try {
      Drawn drawn = one.draw();
      if (drawn.isSettled()) {
        keep(key, drawn);
      }
      mine.complete(drawn);
      return drawn;
    } finally {
      drawing.remove(key, mine);
      mine.complete(null); // after a failure each draws for itself, and hears what is wrong
    }
  }

  private synchronized @Nullable Drawn kept(String key) {
    return kept.get(key);
  }

  private synchronized void keep(String key, Drawn drawn) {
    Drawn before = kept.put(key, drawn);
    bytes += drawn.bytes() - (before == null ? 0 : before.bytes());
    Iterator<Drawn> oldest = kept.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** Draws a page. */
  interface Drawing {
    Drawn draw() throws SQLException, IOException;
  }
}
