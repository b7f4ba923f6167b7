package dev.frostline.page;

import dev.frostline.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of a store that no process is writing to. A DuckDB file has either one writer or
 * readers, so the page reads a copy: an ingest is never kept from the store, and while one runs the
 * page shows what was there before.
 */
final class Snapshots implements AutoCloseable {
  private final Source source;
  private final Path store;
  private final Path folder;
  private final ReentrantLock writing = new ReentrantLock();
  private final BackgroundJudge judge = new BackgroundJudge();
  private int taken;
  private @Nullable Snapshot newest;
  private @Nullable State copied;

  /**
   * Takes the first copy.
   *
   * @throws dev.frostline.store.StoreException when there is no store, or a process writes to it
   */
  Snapshots(Source source, Path folder) throws IOException {
    this.source = source;
    this.store = source.file();
    this.folder = folder;
    if (!Files.exists(store) || !refresh()) {
      Store.openReadOnly(store).close();
      refresh();
    }
  }

  /** The newest state; the caller closes it. */
  synchronized Snapshot newest() throws IOException {
    refresh();
    Snapshot snapshot = newest;
    if (snapshot == null) {
      throw new IOException("The store " + store + " is being written to. Try again in a moment.");
    }
    return snapshot.shared();
  }

  /**
   * Changes the store from within this process, where DuckDB's lock says nothing. Readers see what
   * was there before, and from its end on what is there now.
   */
  void write(Change change) throws IOException {
    writing.lock();
    try {
      change.on(source);
      refresh();
    } finally {
      writing.unlock();
    }
  }

  /** Changes what the page shows. */
  interface Change {
    void on(Source source) throws IOException;
  }

  @Override
  public synchronized void close() {
    judge.close();
    if (newest != null) {
      newest.close();
      newest = null;
    }
  }

  /** Copies the store if it has changed and nobody writes to it now; false when it cannot. */
  private synchronized boolean refresh() throws IOException {
    if (!writing.tryLock()) {
      return newest != null;
    }
    try {
      return copy();
    } finally {
      writing.unlock();
    }
  }

  private boolean copy() throws IOException {
    if (!Files.exists(store)) {
      return newest != null;
    }
    State now = State.of(store);
    if (now.equals(copied)) {
      return true;
    }
    if (isHeld()) {
      return false;
    }
    Path copy = folder.resolve("store-" + ++taken + ".duckdb");
    Files.copy(store, copy);
    Path log = beside(store);
    if (Files.exists(log)) {
      Files.copy(log, beside(copy));
    }
    if (isHeld() || !State.of(store).equals(now)) {
      Files.delete(copy);
      Files.deleteIfExists(beside(copy));
      return false;
    }
    Store.open(copy).close(); // a store of an older Frostline is brought up to date, in the copy
    Snapshot before = newest;
    newest = new Snapshot(copy, judge);
    copied = now;
    if (before != null) {
      before.close();
    }
    CompletableFuture<?> unused = newest.judging(); // before anybody asks
    return true;
  }

  /** Whether a writer holds DuckDB's lock; asked for a moment only, so that none finds it taken. */
  private boolean isHeld() throws IOException {
    try (FileChannel channel = FileChannel.open(store, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".wal");
  }

  /** By what a change of the file is seen. */
  private record State(Instant changed, long size) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.lastModifiedTime().toInstant(), attributes.size());
    }
  }
}
