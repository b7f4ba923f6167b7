package dev.frostline.lake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads a list of things in order, some of them ahead at once, since each read mostly waits. */
final class ReadAhead<K, V> implements AutoCloseable {
  private static final int AT_ONCE = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final ArrayDeque<Future<V>> ahead = new ArrayDeque<>();
  private final Iterator<K> keys;
  private final Reader<K, V> reader;

  ReadAhead(List<K> keys, Reader<K, V> reader) {
    this.keys = keys.iterator();
    this.reader = reader;
  }

  /** Reads one thing. */
  interface Reader<K, V> {
    V read(K key) throws IOException;
  }

  /** The next thing, or why it could not be read; the one behind it comes all the same. */
  V next() throws IOException {
    while (ahead.size() < AT_ONCE && keys.hasNext()) {
      K key = keys.next();
      ahead.add(threads.submit(() -> reader.read(key)));
    }
    try {
      return ahead.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IOException(
          "it cannot be read: " + Objects.requireNonNull(e.getCause()).getClass().getSimpleName(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while reading");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
